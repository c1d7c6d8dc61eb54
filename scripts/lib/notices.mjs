// The licences of what is bundled, as one comment at the end of the page: their terms ask for it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const JSON_LIBRARY = `nlohmann/json (in the WebAssembly module), MIT
Copyright (c) 2013-2022 Niels Lohmann`;
const MATHEMATICS = `Boost.Math (in the WebAssembly module), Boost Software License 1.0
Copyright John Maddock, Paul A. Bristow, Hubert Holin, Xiaogang Zhang and others
Eigen (in the WebAssembly module), MPL-2.0, source at eigen.tuxfamily.org
Copyright (c) 2008-2021 Gael Guennebaud, Benoit Jacob and others`;
const RUNTIME = `Emscripten and its libraries (in the WebAssembly module), MIT and University of Illinois/NCSA
Copyright (c) 2010-2014 Emscripten authors; musl Copyright (c) 2005-2014 Rich Felker, et al.; LLVM Apache-2.0 WITH LLVM-exception`;

/** @param {string[]} inputs paths that esbuild bundled */
function packagesOf(inputs) {
  const names = inputs.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

/**
 * @param {string} root
 * @param {string} name
 */
function noticeOf(root, name) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '';
  const body = text.replace(/^.*Licen[cs]e\s*\n/i, '').trim();
  return { head: `${name} ${version}, ${license}`, body };
}

/**
 * @param {string} root
 * @param {string[]} inputs
 */
export function notices(root, inputs) {
  /** @type {Map<string, string[]>} text -> packages under it */
  const byText = new Map();
  for (const name of packagesOf(inputs)) {
    const { head, body } = noticeOf(root, name);
    byText.set(body, [...(byText.get(body) ?? []), head]);
  }
  const texts = [...byText].map(([body, heads]) => `${heads.join('\n')}\n${body}`);
  const comment = [...texts, JSON_LIBRARY, MATHEMATICS, RUNTIME].join('\n\n').replace(/--+/g, '-');
  return `<!--\nContains, each under its own licence:\n\n${comment}\n-->\n`;
}
