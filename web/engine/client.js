// Promises over the engine's worker. Keeps every File, so that a worker that was cancelled or died is replaced and fed again.

/** @typedef {import('./protocol.js').Card} Card */
/** @typedef {import('./protocol.js').Failure} Failure */
/** @typedef {import('./protocol.js').ReadOptions} ReadOptions */
/** @typedef {import('./protocol.js').FromWorker} FromWorker */
/** @typedef {import('./protocol.js').ToWorker} ToWorker */

/** The request failed, this call only. */
export class EngineFailure extends Error {
  /** @param {Failure} failure */
  constructor(failure) {
    super(failure.code);
    this.code = failure.code;
    this.args = failure.args ?? {};
  }
}

/** @typedef {{name: string, blob: Blob, options: ReadOptions}} Source */
/** @typedef {{resolve(text: string): void, reject(error: Error): void, source?: Source, progress?: (done: number, total: number, pass: number) => void}} Waiting */
/** The parts of Worker that are used. @typedef {{postMessage(message: ToWorker, transfer?: Transferable[]): void, terminate(): void, onmessage: ((event: MessageEvent) => void)|null, onerror: ((event: ErrorEvent) => void)|null}} Port */

export class EngineClient {
  /** @type {Port|null} */ #worker = null;
  /** @type {Map<number, Waiting>} */ #waiting = new Map();
  /** @type {Map<number, Source>} loaded files by the core's number */ #sources = new Map();
  /** @type {object[]} the user's KPIs, for a worker that replaces this one */ #definitions = [];
  #lastId = 0;
  #generation = 0;
  /** Told after a worker died and its files were read again. @type {(files: Card[]) => void} */
  onRestart = () => {};

  /**
   * @param {() => Port} makeWorker
   * @param {number} [startTimeoutMs]
   */
  constructor(makeWorker, startTimeoutMs = 15000) {
    this.makeWorker = makeWorker;
    this.startTimeoutMs = startTimeoutMs;
  }

  /** Starts the first worker. Errors: engine_not_started. @returns {Promise<string>} the core's version */
  start() {
    return this.#spawn();
  }

  /**
   * @template T
   * @param {string} method
   * @param {unknown} [request]
   * @returns {Promise<T>} the result. Errors: EngineFailure.
   */
  async call(method, request = {}) {
    return unwrap(await this.#send((id) => ({ type: 'call', id, method, request })));
  }

  /**
   * Reads a file. Errors: EngineFailure (file_is_xls, engine_stopped, cancelled ...).
   * @param {string} name
   * @param {Blob} blob
   * @param {ReadOptions} options
   * @param {(done: number, total: number, pass: number) => void} progress
   * @returns {Promise<Card>}
   */
  load(name, blob, options, progress) {
    return this.#load({ name, blob, options }, null, progress);
  }

  /**
   * Reads a loaded file again with other options; the old reading stays in use until the new one succeeds.
   * @param {number} file
   * @param {ReadOptions} options
   * @param {(done: number, total: number, pass: number) => void} progress
   * @returns {Promise<Card>}
   */
  reread(file, options, progress) {
    const source = this.#sources.get(file);
    if (!source) return Promise.reject(new EngineFailure({ code: 'file_unknown', args: { file } }));
    return this.#load({ ...source, options }, file, progress);
  }

  /** Puts the user's KPIs in place of those of before. @param {object[]} kpis @returns {Promise<import('./protocol.js').Defined>} */
  define(kpis) {
    this.#definitions = kpis;
    return this.call('define_kpis', { kpis });
  }

  /** @param {number} file */
  async remove(file) {
    await this.call('remove', { file });
    this.#sources.delete(file);
  }

  /** @param {number} file @returns {ReadOptions} what the user fixed for it so far */
  options(file) {
    return this.#sources.get(file)?.options ?? {};
  }

  /** @param {number} file @returns {Blob|null} as it was dropped */
  blob(file) {
    return this.#sources.get(file)?.blob ?? null;
  }

  /** Stops whatever runs now. Files loaded before are read again. @returns {Promise<Card[]>} */
  cancel() {
    return this.#respawn('cancelled');
  }

  /**
   * @param {Source} source
   * @param {number|null} file
   * @param {(done: number, total: number, pass: number) => void} progress
   */
  async #load(source, file, progress) {
    const result = unwrap(await this.#send((id) => ({
      type: 'load', id, file, name: source.name, blob: source.blob, size: source.blob.size, options: source.options,
    }), source, progress));
    const card = /** @type {{card: Card}} */ (result).card;
    this.#sources.set(card.file, source);
    return card;
  }

  /**
   * @param {(id: number) => ToWorker} message
   * @param {Source} [source]
   * @param {Waiting['progress']} [progress]
   * @returns {Promise<string>}
   */
  #send(message, source, progress) {
    return new Promise((resolve, reject) => {
      if (!this.#worker) {
        reject(new EngineFailure({ code: 'engine_stopped', args: {} }));
        return;
      }
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject, source, progress });
      this.#worker.postMessage(message(id));
    });
  }

  /** @returns {Promise<string>} */
  #spawn() {
    const generation = ++this.#generation;
    return new Promise((resolve, reject) => {
      const fail = () => reject(new EngineFailure({ code: 'engine_not_started', args: {} }));
      const timer = setTimeout(fail, this.startTimeoutMs);
      const worker = this.makeWorker();
      this.#worker = worker;
      worker.onerror = () => this.#died(generation, fail);
      worker.onmessage = (event) => {
        if (generation !== this.#generation) return;  // a late word from a worker that was replaced
        const message = /** @type {FromWorker} */ (event.data);
        if (message.type === 'ready') {
          clearTimeout(timer);
          resolve(message.version);
        } else if (message.type === 'trap') this.#died(generation, fail);
        else this.#hear(message, worker);
      };
    });
  }

  /**
   * @param {Exclude<FromWorker, {type: 'ready'|'trap'}>} message
   * @param {Port} worker
   */
  #hear(message, worker) {
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return;
    if (message.type === 'progress') waiting.progress?.(message.done, message.total, message.pass);
    else if (message.type === 'answer') {
      this.#waiting.delete(message.id);
      waiting.resolve(message.text);
    } else {
      const { ticket, offset, length } = message;
      const blob = /** @type {Source} */ (waiting.source).blob;
      blob.slice(offset, offset + length).arrayBuffer().then(
        (bytes) => worker.postMessage({ type: 'chunk', ticket, bytes }, [bytes]),
        () => this.#unreadable(message.id));
    }
  }

  /** The file was moved, changed or locked while it was read. @param {number} id */
  #unreadable(id) {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    waiting.reject(new EngineFailure({ code: 'file_unreadable', args: { name: waiting.source?.name ?? '' } }));
    void this.#respawn('engine_stopped').then((files) => this.onRestart(files), () => {});
  }

  /**
   * @param {number} generation
   * @param {() => void} failStart
   */
  #died(generation, failStart) {
    if (generation !== this.#generation) return;
    failStart();
    this.#respawn('engine_stopped').then((files) => this.onRestart(files), () => {});
  }

  /**
   * Terminates, rejects what waits with `code`, starts a new worker and reads the kept files again.
   * @param {string} code
   * @returns {Promise<Card[]>}
   */
  async #respawn(code) {
    this.#worker?.terminate();
    this.#worker = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    const kept = [...this.#sources.values()];
    this.#sources.clear();
    const ready = this.#spawn();
    for (const one of waiting) one.reject(new EngineFailure({ code, args: {} }));
    await ready;
    if (this.#definitions.length) await this.define(this.#definitions);
    const cards = [];
    for (const source of kept) cards.push(await this.#load(source, null, () => {}));
    return cards;
  }
}

/**
 * @param {string} text
 * @returns {any}
 */
function unwrap(text) {
  const answer = JSON.parse(text);
  if (!answer.ok) throw new EngineFailure(answer.error);
  return answer.result;
}
