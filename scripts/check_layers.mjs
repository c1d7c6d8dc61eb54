// Fails where a file includes a folder it may not see, uses what its layer bans, or is a test that nothing runs.
// The tables below are the architecture; CONTRIBUTING.md says why.
import { code, files, lineOf, read, root } from './lib/sources.mjs';

/** Which folders of core/ a folder may include besides itself. */
const CORE_MAY_SEE = {
  base: [],
  table: ['base'],
  ingest: ['base', 'table'],
  catalog: ['base'],
  mapping: ['base', 'table', 'catalog'],
  models: ['base'],
  engine: ['base', 'table', 'catalog', 'mapping', 'models'],
  render: ['base', 'catalog', 'engine'],
  api: ['base', 'table', 'ingest', 'catalog', 'mapping', 'models', 'engine', 'render'],
};
/** Which folders of web/ a folder may import besides itself. Files directly in web/ wire everything. */
const WEB_MAY_SEE = {
  format: [],
  i18n: [],
  engine: [],
  samples: [],
  benchmarks: [],
  charts: ['format', 'i18n'],
  export: ['format', 'i18n'],
  state: ['engine', 'export', 'format', 'i18n', 'samples'],
  ui: ['benchmarks', 'charts', 'export', 'format', 'i18n'],
};
/** The module's face, and the number reader that stands in for libc's. */
const WASM_MAY_SEE = ['core/api/api.h', 'core/base/number.h'];
const JSON_LIBRARY_IN = /^core\/(catalog|mapping|api)\//;
/** The core is portable and pure: no input or output, clock, randomness, locale, thread or exception. */
const CORE_BANS = [
  /#include <(iostream|fstream|sstream|cstdio|thread|mutex|future|random|locale|ctime|chrono|filesystem|emscripten[^>]*)>/,
  /\b(throw|try|catch)\b/,
  /\b(abort|exit|printf|fprintf|puts|getenv|setlocale|rand|time)\s*\(/,
  /std::(cout|cerr|clog|format|stoi|stod|stoul)\b/,
];
/** What a Content-Security-Policy does not close, and what turns text into markup or code. */
const WEB_BANS = [
  /\b(innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML)\b/,
  /\bdocument\.write/,
  /\beval\s*\(|\bnew Function\b|\bimportScripts\b/,
  /\bRTCPeerConnection\b/,
  /\bwindow\.open\b|\bsendBeacon\b|\bXMLHttpRequest\b|\bWebSocket\b|\bEventSource\b/,
  /\blocation\s*=[^=]|\blocation\.(href|hash|search|pathname)\s*=[^=]|\blocation\.(assign|replace)\b/,
  /\bpreconnect\b|\bdns-prefetch\b|http-equiv="?refresh/i,
  /https?:\/\/(?!www\.w3\.org\/)/,
];
/** A string of four words or more is a sentence; sentences belong to web/i18n. */
const SENTENCE = /"[^"\\\n]*[A-Za-z][a-z]+ [a-z]+ [a-z]+ [a-z]+[^"\n]*"/;
const MAX_LINES = 600;

/** Where scripts/test looks for tests of each kind. */
const RUNNERS = [
  [/_test\.cpp$/, /^tests\/(unit|golden|property|fault)\//],
  [/_fuzz\.cpp$/, /^tests\/fuzz\//],
  [/\.test\.m?js$/, /^tests\/(boundary|differential|web\/unit|web\/e2e)\//],
  [/(^|\/)test_\w+\.py$|_test\.py$/, /^tests\/differential\//],
];

/** @type {string[]} */
const problems = [];
const all = files();

/**
 * @param {string} file
 * @param {RegExp} ban
 * @param {string} text
 * @param {string} why
 */
function refuse(file, ban, text, why) {
  const match = ban.exec(text);
  if (match) problems.push(`${file}:${lineOf(text, match.index)}: ${why}: ${match[0].slice(0, 60)}`);
}

/** @param {string} file */
function checkCore(file) {
  const text = code(file);
  const layer = /** @type {keyof typeof CORE_MAY_SEE} */ (file.split('/')[1]);
  for (const [, seen] of text.matchAll(/#include "core\/(\w+)\//g)) {
    if (seen !== layer && !(/** @type {string[]} */ (CORE_MAY_SEE[layer] ?? [])).includes(/** @type {string} */ (seen))) {
      problems.push(`${file}: core/${layer} may not include core/${seen}`);
    }
  }
  for (const [include, path] of text.matchAll(/#include "([^"]+)"/g)) {
    if (!path?.startsWith('core/')) problems.push(`${file}: not a path from the root: ${include}`);
  }
  if (/nlohmann/.test(text) && !JSON_LIBRARY_IN.test(file)) problems.push(`${file}: JSON library outside catalog, mapping and api`);
  for (const ban of CORE_BANS) refuse(file, ban, text, 'banned in core');
  refuse(file, SENTENCE, text, 'a sentence in core');
  refuse(file, /[^\0-\x7f]/, read(file), 'not ASCII');
}

/** @param {string} file */
function checkWasm(file) {
  for (const [, path] of code(file).matchAll(/#include "([^"]+)"/g)) {
    if (!WASM_MAY_SEE.includes(path)) problems.push(`${file}: wasm may include ${WASM_MAY_SEE.join(' and ')} only, not ${path}`);
  }
}

/** @param {string} file */
function checkWeb(file) {
  const text = code(file).replace(/.*Reflect\.deleteProperty\(globalThis.*/g, ''); // boot removes what is banned
  for (const ban of WEB_BANS) refuse(file, ban, text, 'banned in web');
  const folder = /** @type {keyof typeof WEB_MAY_SEE} */ (file.split('/')[1]);
  if (!file.endsWith('.js') || file.split('/').length < 3) return;
  for (const [, seen] of text.matchAll(/(?:from|import) '\.\.\/(\w+)\//g)) {
    if (!(/** @type {string[]} */ (WEB_MAY_SEE[folder] ?? [])).includes(/** @type {string} */ (seen))) {
      problems.push(`${file}: web/${folder} may not import web/${seen}`);
    }
  }
}

/** Every test has a runner, every golden folder and fuzz corpus a test that reads it. */
function checkTestsAreRun() {
  const sources = all.filter((file) => RUNNERS.some(([name]) => name?.test(file)));
  for (const file of sources) {
    const runner = RUNNERS.find(([name]) => name?.test(file));
    if (!runner?.[1]?.test(file)) problems.push(`${file}: a test in a folder that no runner visits`);
  }
  const text = all.filter((file) => /^tests\/.*\.(cpp|h|m?js|py)$/.test(file)).map(read).join('\n');
  for (const folder of new Set(all.map((file) => /^tests\/golden\/[^/]+(?=\/)/.exec(file)?.[0]).filter((path) => path !== undefined))) {
    if (!text.includes(folder)) problems.push(`${folder}: no test names this folder of goldens`);
  }
  for (const file of all) {
    const subject = /^tests\/fuzz\/(?:corpus|regressions)\/([^/]+)\//.exec(file)?.[1];
    if (subject && !sources.some((source) => source.endsWith(`/${subject}_fuzz.cpp`))) problems.push(`${file}: no fuzz target replays it`);
  }
}

/** The version stands in CMakeLists.txt only. */
function checkVersionIsSaidOnce() {
  const version = /project\([^)]*VERSION (\d+\.\d+\.\d+)/.exec(read('CMakeLists.txt'))?.[1];
  if (!version) return void problems.push('CMakeLists.txt: no version');
  const literal = new RegExp(`(?<![\\d.])${version.replaceAll('.', '\\.')}(?![\\d.])`);
  for (const file of all) {
    if (/^(CMakeLists\.txt|package-lock\.json|CHANGELOG\.md)$/.test(file) || !/\.(cpp|h|m?js|json|md|html|txt|cmake|css)$/.test(file)) continue;
    refuse(file, literal, read(file), 'the version stands in CMakeLists.txt only');
  }
}

for (const file of all) {
  if (/^core\/.*\.(h|cpp)$/.test(file)) checkCore(file);
  if (/^wasm\/.*\.(h|cpp)$/.test(file)) checkWasm(file);
  if (/^web\/(?!samples\/generator\/).*\.(js|html|css)$/.test(file)) checkWeb(file);
  if (/\.(h|cpp|m?js|css|py)$/.test(file)) {
    const lines = read(file).split('\n').length;
    if (lines > MAX_LINES) problems.push(`${file}: ${lines} lines; split files at 400`);
  }
}
checkTestsAreRun();
checkVersionIsSaidOnce();

if (all.length === 0) problems.push(`no files found under ${root}`);
console.log(problems.length ? problems.join('\n') : `layers and bans hold in ${all.length} files`);
process.exitCode = problems.length ? 1 : 0;
