// Makes the worker from the texts inside the page: module inflated and compiled once, worker from a Blob URL.

/** @typedef {{createScriptURL(url: string): string}} Policy */
const trustedTypes = /** @type {{trustedTypes?: {createPolicy(name: string, rules: Policy): Policy}}} */ (/** @type {unknown} */ (globalThis)).trustedTypes;

const policy = trustedTypes?.createPolicy('kpi', {
  createScriptURL(url) {
    if (!url.startsWith('blob:')) throw new TypeError('only blob: scripts');
    return url;
  },
});

/**
 * @param {string} id of a script element that holds deflate-raw + base64
 * @returns {Promise<ArrayBuffer>} inflated bytes
 */
export async function embeddedBytes(id) {
  const text = document.getElementById(id)?.textContent?.trim() ?? '';
  const packed = fromBase64(text);
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).arrayBuffer();
}

/**
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
function fromBase64(text) {
  const native = /** @type {{fromBase64?(text: string): Uint8Array<ArrayBuffer>}} */ (/** @type {unknown} */ (Uint8Array)).fromBase64;
  if (native) return native.call(Uint8Array, text);
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

/**
 * A function that starts one more engine worker; the module is compiled only once.
 * Errors: rejects where WebAssembly is forbidden or the embedded module is damaged.
 * @returns {Promise<() => Worker>}
 */
export async function workerFactory() {
  const module = await WebAssembly.compile(await embeddedBytes('wasm'));
  const source = document.getElementById('worker')?.textContent ?? '';
  return () => {
    const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    const worker = new Worker(policy ? policy.createScriptURL(url) : url);
    worker.postMessage({ type: 'init', module });
    return worker;
  };
}
