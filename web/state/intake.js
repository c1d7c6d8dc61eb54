// Takes files one after the other into the engine, with progress, and remembers what the user fixed.
import { headerFingerprint, rememberMapping, remembered } from './persist.js';
import { apart } from './typed-csv.js';

/** @typedef {import('./app-state.js').AppState} AppState */
/** @typedef {import('../engine/protocol.js').Card} Card */
/** @typedef {import('../engine/protocol.js').ReadOptions} ReadOptions */
/** @typedef {import('../engine/client.js').EngineClient} EngineClient */

export class Intake {
  /** @type {{name: string, blob: Blob}[]} */ #queue = [];
  #running = false;
  #failures = 0;
  #count = 0;
  #cancelled = false;

  /**
   * @param {EngineClient} engine
   * @param {import('./store.js').Store<AppState>} store
   * @param {() => Promise<void>} changed  told when the set of files is another one
   */
  constructor(engine, store, changed) {
    this.engine = engine;
    this.store = store;
    this.changed = changed;
  }

  /** @param {{name: string, blob: Blob}[]} files */
  async add(files) {
    this.#queue.push(...files);
    this.#count += files.length;
    if (this.#running) return;
    this.#running = true;
    this.#cancelled = false;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) await this.#read(next);
    this.#running = false;
    this.#count = 0;
    await this.#settle();
  }

  /** Stops reading; what was read before stays. */
  async cancel() {
    this.#cancelled = true;
    this.#queue.length = 0;
    await this.engine.cancel();
    await this.#settle();
  }

  /**
   * @param {number} file
   * @param {ReadOptions} change  merged into what was fixed before
   */
  async fix(file, change) {
    const before = this.engine.options(file);
    const options = mergeOptions(before, change);
    const card = this.store.state.files.find((one) => one.file === file);
    if (!card) return;
    try {
      await this.#reread(card, options);
      rememberMapping(headerFingerprint(card.columns.map((one) => one.header)), options);
    } catch (error) {
      this.#fail(card.name, error);
    }
    await this.#settle();
  }

  /** @param {number} file */
  async remove(file) {
    await this.engine.remove(file);
    await this.#settle();
  }

  /** @param {{name: string, blob: Blob}} file */
  async #read({ name, blob }) {
    const index = this.#count - this.#queue.length;
    const progress = this.#progress(name, index, this.#count);
    try {
      progress(0, blob.size, 1);
      const card = await this.engine.load(name, blob, {}, progress);
      const known = remembered().mappings[headerFingerprint(card.columns.map((one) => one.header))];
      if (known) {
        await this.engine.reread(card.file, known, progress);
        this.store.set({ recalled: [...this.store.state.recalled, card.file] });
      }
    } catch (error) {
      if (!this.#cancelled) this.#fail(name, error);
    }
  }

  /** @param {Card} card @param {ReadOptions} options */
  async #reread(card, options) {
    const progress = this.#progress(card.name, 1, 1);
    progress(0, card.size, 1);
    await this.engine.reread(card.file, options, progress);
  }

  /** @param {string} name @param {number} index @param {number} count */
  #progress(name, index, count) {
    return (/** @type {number} */ done, /** @type {number} */ total, /** @type {number} */ pass) =>
      this.store.set({ busy: { name, index, count, done, total, pass } });
  }

  /** @param {string} name @param {unknown} error */
  #fail(name, error) {
    const { code = 'engine_stopped', args = {} } = /** @type {{code?: string, args?: Record<string, unknown>}} */ (error ?? {});
    const failure = { id: ++this.#failures, name, code, args };
    this.store.set({ failures: [...this.store.state.failures, failure] });
  }

  async #settle() {
    const { files } = await this.engine.call('files');
    this.store.set({ ...apart(files), receipts: {}, busy: null });
    await this.changed();
  }
}

/**
 * @param {ReadOptions} before
 * @param {ReadOptions} change
 * @returns {ReadOptions}
 */
export function mergeOptions(before, change) {
  const columns = { ...before.columns };
  for (const [column, fixed] of Object.entries(change.columns ?? {})) columns[column] = { ...columns[column], ...fixed };
  // another table has other fields: what was chosen for the old one does not fit it
  const fields = change.table && change.table !== before.table ? change.fields ?? {} : { ...before.fields, ...change.fields };
  return { ...before, ...change, fields, columns };
}
