// Feeds one file into the core: open or reread, bytes from 0, finish, and again from 0 as often as the core asks.
import { PIECE_BYTES, pieces } from './reader.js';

/** @typedef {import('kpi-core').KpiCore} KpiCore */
/** @typedef {import('./protocol.js').ReadOptions} ReadOptions */

const MAX_PASSES = 4;

/**
 * The core's answer text: of finish with the card, or the first failure.
 * @param {{call(method: string, request: string): string, reserve(file: number, count: number): Uint8Array, commit(file: number, count: number): string}} core
 * @param {{name: string, blob: Blob, size: number, options: ReadOptions, file: number|null}} source  `file`: read this loaded file again
 * @param {import('./reader.js').Fetch} fetch
 * @param {(done: number, pass: number) => void} progress
 */
export async function feed(core, source, fetch, progress) {
  const opened = source.file === null
    ? core.call('open', JSON.stringify({ name: wellFormed(source.name), size: source.size, options: source.options }))
    : core.call('reread', JSON.stringify({ file: source.file, options: source.options }));
  const answer = JSON.parse(opened);
  if (!answer.ok) return opened;
  const file = answer.result.file;
  for (let pass = 1; pass <= MAX_PASSES; pass++) {
    let done = 0;
    for await (const bytes of pieces(source.blob, source.size, fetch)) {
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) {  // the core's heap need not hold a whole slice
        const piece = bytes.subarray(at, at + PIECE_BYTES);
        const failure = put(core, file, piece);
        if (failure) return failure;
        done += piece.length;
        progress(done, pass);
      }
    }
    const finished = core.call('finish', JSON.stringify({ file }));
    const result = JSON.parse(finished);
    if (!result.ok || !result.result.again) return finished;
  }
  throw new Error('the core asked for the file too often');
}

/** A name with half of a surrogate pair would be no JSON. @param {string} name */
const wellFormed = (name) => name.replace(/\p{Surrogate}/gu, '\ufffd');

/**
 * @param {{reserve(file: number, count: number): Uint8Array, commit(file: number, count: number): string}} core
 * @param {number} file
 * @param {Uint8Array} bytes
 * @returns {string|null} the failure, if any
 */
function put(core, file, bytes) {
  const room = core.reserve(file, bytes.length);
  const fits = room.length >= bytes.length;  // asked now: when the core's memory grows, the view is gone
  if (fits) room.set(bytes);
  const committed = core.commit(file, fits ? bytes.length : 0);
  if (!committed.startsWith('{"ok":true')) return committed;
  return fits ? null : JSON.stringify({ ok: false, error: { code: 'memory_exhausted', args: { wanted_bytes: bytes.length } } });
}
