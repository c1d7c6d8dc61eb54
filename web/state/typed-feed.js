// Keeps the engine's copy of the typed figures up to date: one text, loaded like a file after a short pause.
import { apart, TYPED_NAME, typedCsv } from './typed-csv.js';
import { figuresOf } from './typed-form.js';

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
   * @param {import('./store.js').Store<import('./app-state.js').AppState>} store
   * @param {{changed: () => Promise<void>, failed: (error: unknown) => void}} tell  `changed`: the engine holds other figures
   */
  constructor(engine, store, tell) {
    this.engine = engine;
    this.store = store;
    this.tell = tell;
  }

  /** To be called when the figures may be others. @param {number} [pause] in ms */
  update(pause = PAUSE_MS) {
    clearTimeout(this.#timer);
    if (this.#csv().text === this.#sent && !this.#running) return this.store.set({ typing: false });
    this.store.set({ typing: true });
    this.#timer = setTimeout(() => void this.#send(), pause);
  }

  /** "" where there is no figure. */
  #csv() {
    const { typed, form } = this.store.state;
    const figures = figuresOf(typed, form.sections);
    return figures.length ? typedCsv(figures) : { text: '', options: {} };
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
    if (!this.#again) return this.store.set({ typing: false });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), PAUSE_MS);
  }

  /** Loads the new figures, then removes the old ones, so that there is no moment without. */
  async #replace() {
    const { text, options } = this.#csv();
    const old = (await this.engine.call('files')).files.filter((/** @type {{name: string}} */ card) => card.name === TYPED_NAME);  // two, where a worker was replaced in between
    if (text) await this.engine.load(TYPED_NAME, new Blob([text]), options, () => {});
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
