// Keeps the engine's copy of what is typed up to date: one text, loaded like a file after a short pause.
import { apart } from './typed-csv.js';

/** @typedef {import('./app-state.js').AppState} AppState */
/** What is fed: the name of its file, its text ("" = nothing is typed), and the mark that it is not with the engine yet. @typedef {{name: string, csv: (state: AppState) => {text: string, options: import('../engine/protocol.js').ReadOptions}, mark: 'typing'|'aiming'}} Source */

const PAUSE_MS = 250;
const MAX_TRIES = 3;

export class TypedFeed {
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;
  #running = false;
  #again = false;
  #tries = 0;
  /** @type {string|null} what the engine holds; null = not known */ #sent = '';

  /**
   * @param {import('../engine/client.js').EngineClient} engine
   * @param {import('./store.js').Store<AppState>} store
   * @param {Source} source
   * @param {{changed: () => Promise<void>, failed: (error: unknown) => void}} tell  `changed`: the engine holds other figures
   */
  constructor(engine, store, source, tell) {
    this.engine = engine;
    this.store = store;
    this.source = source;
    this.tell = tell;
  }

  /** To be called when the figures may be others. @param {number} [pause] in ms */
  update(pause = PAUSE_MS) {
    clearTimeout(this.#timer);
    if (this.#csv().text === this.#sent && !this.#running) return this.#mark(false);
    this.#mark(true);
    this.#timer = setTimeout(() => void this.#send(), pause);
  }

  /** @param {boolean} on */
  #mark(on) {
    this.store.set({ [this.source.mark]: on });
  }

  #csv() {
    return this.source.csv(this.store.state);
  }

  async #send() {
    this.#again = this.#running;
    if (this.#running) return;
    this.#running = true;
    try {
      await this.#replace();
      this.#tries = 0;
    } catch (error) {
      // a worker that was replaced read the old figures again: these are sent once more
      this.#sent = null;
      this.#again = ++this.#tries < MAX_TRIES;
      if (!this.#again) this.#giveUp(error);
    }
    this.#running = false;
    if (!this.#again) return this.#mark(false);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), PAUSE_MS);
  }

  /** Loads the new figures, then removes the old ones, so that there is no moment without. */
  async #replace() {
    const { text, options } = this.#csv();
    const old = (await this.engine.call('files')).files.filter((/** @type {{name: string}} */ card) => card.name === this.source.name);  // two, where a worker was replaced in between
    if (text) await this.engine.load(this.source.name, new Blob([text]), options, () => {});
    for (const { file } of old) await this.engine.remove(file);
    this.#sent = text;
    this.store.set(apart((await this.engine.call('files')).files));
    await this.tell.changed();
  }

  /** The next change tries anew. @param {unknown} error */
  #giveUp(error) {
    this.#tries = 0;
    this.tell.failed(error);
  }
}
