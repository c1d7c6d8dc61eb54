// The files of the repository as text, for the checks: what git tracks or would track.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** Paths from the root, sorted. */
export function files() {
  const listing = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  return [...new Set(listing.split('\0'))].filter((path) => path && existsSync(join(root, path))).sort();
}

export const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');

/** C++ or JavaScript without its comments, so that prose may name what is banned. Line breaks stay. */
export const code = (/** @type {string} */ path) =>
  read(path).replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/(?<![:"'`\\])\/\/.*/g, '');

/** 1-based line of an offset. */
export const lineOf = (/** @type {string} */ text, /** @type {number} */ offset) => text.slice(0, offset).split('\n').length;
