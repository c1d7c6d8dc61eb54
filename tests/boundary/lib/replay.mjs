// Plays a script of a session against the WASM core and, by tests/tools/session_lines.cpp, against the native one.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { feed, root, startCore } from './core.mjs';

/** @typedef {{method: string, request: string} | {feed: string, file: number, chunk: number}} Step */

/** @param {string} method @param {object} request @returns {Step} */
export const step = (method, request = {}) => ({ method, request: JSON.stringify(request) });

/**
 * The two steps that load a file as number `file`.
 * @param {string} path absolute
 * @param {number} file
 * @param {{chunk?: number, options?: object}} [how]
 * @returns {Step[]}
 */
export function loading(path, file, { chunk = 1 << 20, options = {} } = {}) {
  const name = path.split('/').at(-1);
  return [step('open', { name, size: readFileSync(path).length, options }), { feed: path, file, chunk }];
}

/** @param {Step[]} script @returns {Promise<string[]>} */
export async function answersOfWasm(script) {
  const core = await startCore();
  return script.map((item) => ('feed' in item
    ? feed(core, item.file, readFileSync(item.feed), item.chunk)
    : core.call(item.method, item.request)));
}

/** @param {Step[]} script @returns {string[]} */
export function answersOfNative(script) {
  const lines = script.map((item) => ('feed' in item ? `load ${item.chunk} ${item.file} ${item.feed}\n` : `call ${item.method} ${item.request}\n`));
  const program = process.env['KPI_SESSION_LINES'] ?? join(root, 'build/release/tests/session_lines');
  const run = spawnSync(program, { input: lines.join(''), encoding: 'utf8', maxBuffer: 1 << 30 });
  if (run.status !== 0) throw new Error(`session_lines ended with ${run.status ?? run.signal}: ${run.error ?? run.stderr}`);
  return run.stdout.split('\n').slice(0, -1);
}
