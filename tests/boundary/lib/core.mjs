// The built WASM module under Node, as the page's worker would use it.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../../..');
const folder = process.env['KPI_WASM'] ?? join(root, 'build/wasm/wasm');

/**
 * @typedef {object} Core
 * @property {() => string} version
 * @property {(method: string|Uint8Array, request: string|Uint8Array) => string} call
 * @property {(file: number, count: number) => Uint8Array} reserve
 * @property {(file: number, count: number) => string} commit
 */

/** A fresh instance with an empty session. @returns {Promise<Core & Record<string, unknown>>} */
export async function startCore() {
  const { default: createKpi } = await import(join(folder, 'kpi_wasm.mjs'));
  return createKpi({ locateFile: (/** @type {string} */ path) => path, wasmBinary: readFileSync(join(folder, 'kpi_wasm.wasm')) });
}

/**
 * @param {Core} core
 * @param {string} method
 * @param {object} request
 */
export const ask = (core, method, request) => JSON.parse(core.call(method, JSON.stringify(request)));

/**
 * The result of a call that must succeed.
 * @param {Core} core
 * @param {string} method
 * @param {object} [request]
 */
export function result(core, method, request = {}) {
  const answer = ask(core, method, request);
  if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
  return answer.result;
}

/**
 * Bytes into an open file, then finish, as often as the core asks. The answer is the text of the last step.
 * @param {Core} core
 * @param {number} file
 * @param {Uint8Array} bytes
 * @param {number} chunk
 */
export function feed(core, file, bytes, chunk) {
  for (;;) {
    for (let at = 0; at < bytes.length; at += chunk) {
      const piece = bytes.subarray(at, at + chunk);
      const room = core.reserve(file, piece.length);
      if (room.length >= piece.length) room.set(piece);
      const committed = core.commit(file, room.length >= piece.length ? piece.length : 0);
      if (!committed.startsWith('{"ok":true')) return committed;
    }
    const finished = core.call('finish', JSON.stringify({ file }));
    if (!finished.startsWith('{"ok":true,"result":{"again":true')) return finished;
  }
}

/**
 * Opens and reads a file from memory.
 * @param {Core} core
 * @param {string} name
 * @param {Uint8Array|string} content
 * @param {{chunk?: number, options?: object}} [how]
 * @returns {any} the answer of the last step
 */
export function load(core, name, content, { chunk = 1 << 20, options = {} } = {}) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const opened = ask(core, 'open', { name, size: bytes.length, options });
  if (!opened.ok) return opened;
  return JSON.parse(feed(core, opened.result.file, bytes, chunk));
}
