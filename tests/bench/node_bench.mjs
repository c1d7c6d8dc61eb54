// The module alone under Node: feeds a file in chunks and reports what each step takes. For tuning; a browser's figures differ.
//
// node tests/bench/node_bench.mjs FILE [--chunk=8388608] [--rounds=5] [--wasm=build/wasm/wasm] [--check]
// --check compares the report with the digest in expected.json.
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { canonical, digest, fromReport } from './lib/job.mjs';

const root = resolve(import.meta.dirname, '../..');
const words = process.argv.slice(2);
const option = (name, otherwise) => words.find((word) => word.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise;
const file = resolve(words.find((word) => !word.startsWith('--')));
const chunk = Number(option('chunk', 8 << 20));
const rounds = Number(option('rounds', 5));
const folder = resolve(option('wasm', join(root, 'build/wasm/wasm')));
const data = readFileSync(file);

const { default: createKpi } = await import(pathToFileURL(join(folder, 'kpi_wasm.mjs')).href);
const wasmBinary = readFileSync(join(folder, 'kpi_wasm.wasm'));

function ask(core, method, request) {
  const answer = JSON.parse(core.call(method, JSON.stringify(request)));
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.result;
}

function load(core) {
  const { file: id } = ask(core, 'open', { name: basename(file), size: data.length });
  let passes = 0;
  for (let again = true; again; passes++) {
    for (let at = 0; at < data.length; at += chunk) {
      const piece = data.subarray(at, at + chunk);
      const room = core.reserve(id, piece.length);
      if (room.length >= piece.length) room.set(piece);
      const committed = core.commit(id, room.length >= piece.length ? piece.length : 0);
      if (!committed.startsWith('{"ok":true')) throw new Error(committed);
    }
    again = ask(core, 'finish', { file: id }).again;
  }
  return passes;
}

const steps = { start: [], load: [], report: [], month: [], filter: [] };
let report, passes, heap;
for (let round = 0; round < rounds; round++) {
  const timed = async (name, work) => {
    const from = performance.now();
    const result = await work();
    steps[name].push(performance.now() - from);
    return result;
  };
  const core = await timed('start', async () => {
    const made = await createKpi({ wasmBinary, locateFile: (path) => path, print() {}, printErr() {} });
    made.version();
    return made;
  });
  passes = await timed('load', () => load(core));
  const request = { grain: 'month', group_by: 'channel' };
  report = await timed('report', () => ask(core, 'report', request));
  await timed('month', () => ask(core, 'report', { ...request, from: '2023-03-01', to: '2023-03-31', grain: 'day' }));
  await timed('filter', () => ask(core, 'report', { ...request, filters: [{ dimension: 'channel', values: ['paid_search'] }] }));
  heap = core.HEAPU8?.length ?? core.wasmMemory?.buffer.byteLength;
}
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const load_ms = median(steps.load);
console.log(`${basename(file)}: ${(data.length / 1e6).toFixed(1)} MB in chunks of ${(chunk / 1048576).toFixed(1)} MiB, ${passes} pass(es), Node ${process.version}`);
console.log(`load ${load_ms.toFixed(1)} ms (least ${Math.min(...steps.load).toFixed(1)}), ${(data.length / load_ms / 1000).toFixed(0)} MB/s${heap ? `, heap ${(heap / 1048576).toFixed(0)} MiB` : ''}`);
console.log(['start', 'report', 'month', 'filter'].map((name) => `${name} ${median(steps[name]).toFixed(1)} ms`).join(', '));
const found = report.groups ? digest(canonical(fromReport(report))) : 'no channels';
const expected = JSON.parse(readFileSync(join(import.meta.dirname, 'expected.json'), 'utf8'))[basename(file)];
console.log(`result ${found}${expected ? (found === expected ? ', as expected' : `, expected ${expected}`) : ''}`);
if (process.env.SHOW) console.log(canonical(fromReport(report)));
process.exitCode = words.includes('--check') && found !== expected ? 1 : 0;
