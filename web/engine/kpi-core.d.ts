/** The Emscripten glue of wasm/, found by the bundler under this name. */
declare module 'kpi-core' {
  export interface KpiCore {
    version(): string;
    call(method: string, requestJson: string): string;
    reserve(file: number, count: number): Uint8Array;
    commit(file: number, count: number): string;
  }
  const createKpi: (options: {
    locateFile?: (path: string) => string;
    wasmBinary?: Uint8Array;
    instantiateWasm?: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => object;
  }) => Promise<KpiCore>;
  export default createKpi;
}
