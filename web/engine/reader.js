// Pulls a file's bytes in slices through whoever can read it. The worker never touches the File: WebKit cannot read one there under file://.

/** @typedef {(offset: number, length: number) => Promise<ArrayBuffer>} Fetch */

export const SLICE_BYTES = 8 << 20;
const AHEAD = 2;

/**
 * The slices of `size` bytes from byte 0 in order, with up to two fetched ahead.
 * Errors: rejects with what `fetch` rejects with.
 * @param {number} size
 * @param {Fetch} fetch
 * @param {number} [sliceBytes]
 * @returns {AsyncGenerator<Uint8Array>}
 */
export async function* slices(size, fetch, sliceBytes = SLICE_BYTES) {
  /** @type {Promise<ArrayBuffer>[]} */
  const queue = [];
  let asked = 0;
  const ask = () => {
    if (asked >= size) return;
    const length = Math.min(sliceBytes, size - asked);
    const slice = fetch(asked, length);
    slice.catch(() => {});  // reported where it is awaited
    queue.push(slice);
    asked += length;
  };
  for (let i = 0; i < AHEAD; i++) ask();
  while (queue.length) {
    const bytes = new Uint8Array(await /** @type {Promise<ArrayBuffer>} */ (queue.shift()));
    ask();
    yield bytes;
  }
}
