// One observable state. Changes are told once per turn, however many there are.

/**
 * @template {object} S
 */
export class Store {
  /** @type {Set<(state: S) => void>} */ #listeners = new Set();
  #told = true;

  /** @param {S} initial */
  constructor(initial) {
    this.state = initial;
  }

  /** @param {Partial<S>} change */
  set(change) {
    this.state = { ...this.state, ...change };
    if (!this.#told) return;
    this.#told = false;
    queueMicrotask(() => {
      this.#told = true;
      for (const listener of this.#listeners) listener(this.state);
    });
  }

  /** @param {(state: S) => void} listener @returns {() => void} stops listening */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
