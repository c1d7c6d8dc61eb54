// The comparison: every competitor in turn, round after round, each time in a fresh browser; medians, ratios and whether the aims are met.
//
// node run.mjs FILE [--rounds=5] [--memory=1] [--only=ours,duckdb] [--settle=S]. Prints Markdown; raw lines go to build/bench/results.jsonl.
// A time counts only when the result is the expected one. Exits non-zero on a wrong result, not on a slow one.
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { FLAGS, PROGRAM } from './lib/chromium.mjs';

const here = import.meta.dirname;
const root = resolve(here, '../..');
const words = process.argv.slice(2);
const file = resolve(words.find((word) => !word.startsWith('--')));
const option = (name, otherwise) => words.find((word) => word.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise;
const rounds = Number(option('rounds', 5));
const memoryRounds = Number(option('memory', 1));
const settle = Number(option('settle', 30));
const only = option('only', '')?.split(',').filter(Boolean);
const expected = JSON.parse(readFileSync(join(here, 'expected.json'), 'utf8'))[basename(file)];

const READ_ONLY = [['read_only', '--kind=slices', '--workers=2'], ['read_only', '--kind=slices', '--workers=1', `--size=${16 << 20}`], ['read_only', '--kind=stream', '--workers=1']];
const COMPETITORS = [['ours'], ...READ_ONLY, ['duckdb'], ['jsbytes'], ['udsv'], ['d3dsv'], ['papaparse']].filter((c) => only.length === 0 || only.includes(c[0]));

/** Waits until the machine has been idle for a second, at most `settle` seconds. */
async function quiet() {
  const times = () => cpus().reduce(([idle, all], { times: t }) => [idle + t.idle, all + t.idle + t.user + t.sys + t.nice + t.irq], [0, 0]);
  for (const end = Date.now() + settle * 1000; Date.now() < end;) {
    const [idle, all] = times();
    await new Promise((done) => setTimeout(done, 1000));
    const [idleNow, allNow] = times();
    if ((idleNow - idle) / (allNow - all) > 0.9) return;
  }
}

function runOnce(competitor, more) {
  let text;
  try {
    text = execFileSync(process.execPath, [join(here, 'one_run.mjs'), competitor[0], file, ...competitor.slice(1), ...more], { encoding: 'utf8', timeout: 400000, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    text = error.stdout || JSON.stringify({ error: String(error.message).slice(0, 200) });
  }
  const line = JSON.parse(text.trim().split('\n').pop());
  appendFileSync(join(root, 'build/bench/results.jsonl'), `${JSON.stringify({ at: new Date().toISOString(), name: competitor.join(' '), ...line })}\n`);
  return line;
}

const results = new Map(COMPETITORS.map((c) => [c.join(' '), { timed: [], memory: [], wrong: 0, error: '' }]));
for (let round = 0; round < rounds + memoryRounds; round++) {
  const isMemory = round >= rounds;
  for (const competitor of COMPETITORS) {
    await quiet();
    const line = runOnce(competitor, isMemory ? ['--memory'] : []);
    const result = results.get(competitor.join(' '));
    if (line.error) result.error = line.error;
    else if (line.digest !== null && line.digest !== expected) result.wrong += 1;
    else result[isMemory ? 'memory' : 'timed'].push(line);
    process.stderr.write(`${isMemory ? 'memory' : `round ${round + 1}`} ${competitor.join(' ')}: ${line.error ?? `${line.run_ms} ms`}\n`);
  }
}

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length ? (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2 : NaN;
};
const text = (value, digits = 0) => (Number.isFinite(value) ? value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits }) : '–');
const of = (name, pick) => median(results.get(name)?.timed.map(pick) ?? []);
const ours = of('ours', (l) => l.run_ms);
const bytes = statSync(file).size;

console.log(`${basename(file)}: ${text(bytes / 1e6, 1)} MB, ${rounds} rounds, ${new Date().toISOString().slice(0, 10)}`);
console.log(`${cpus()[0].model}, ${cpus().length} cores, ${text(totalmem() / 2 ** 30)} GiB, Linux ${release()}, ${execFileSync(PROGRAM, ['--version'], { encoding: 'utf8' }).trim()}, Node ${process.version}`);
console.log(`${basename(PROGRAM)} ${FLAGS.join(' ')}\n`);
console.log('| | n | ready ms | file to result ms (least) | ours is faster by | processor ms | MB over the empty page | result |\n|---|---|---|---|---|---|---|---|');
for (const [name, r] of results) {
  const ms = of(name, (l) => l.run_ms);
  const memory = median(r.memory.map((l) => l.peak_mb - l.base_mb));
  console.log(`| ${name.replaceAll('--', '')} | ${r.timed.length} | ${text(of(name, (l) => l.ready_ms))} | ${text(ms)} (${text(Math.min(...r.timed.map((l) => l.run_ms)))}) | ${text(ms / ours, 2)} | `
    + `${text(of(name, (l) => l.cpu_ms))} | ${text(memory)} | ${r.error ? `fails: ${r.error.slice(0, 60)}` : r.wrong ? 'WRONG' : name.startsWith('read') ? 'read only' : 'equal'} |`);
}

const limit = Math.min(...READ_ONLY.map((c) => of(c.join(' '), (l) => l.run_ms)));
const js = Math.min(...['jsbytes', 'udsv', 'd3dsv', 'papaparse'].map((p) => of(p, (l) => l.run_ms)).filter(Number.isFinite));
const start = (name) => of(name, (l) => l.ready_ms + l.run_ms);
const page = readFileSync(process.env.KPI_PAGE ?? join(root, 'build/page/index.html'));
const aims = [
  ['DuckDB-WASM with its start, over ours with its start', start('duckdb') / start('ours'), '>=', 3],
  ['fastest JavaScript, over ours', js / ours, '>=', 2.5],
  ['ours, over only reading the file', ours / limit, '<=', 2],
  ['bytes of memory over the empty page, per byte of the file', (median(results.get('ours')?.memory.map((l) => l.peak_mb - l.base_mb) ?? []) * 2 ** 20) / bytes, '<=', 1],
  ['another period and filter afterwards, ms', of('ours', (l) => l.change_ms), '<=', 250],
  ['page, KB brotli', brotliCompressSync(page).length / 1000, '<=', 200],
  ['ready, ms', of('ours', (l) => l.ready_ms), '<=', 500],
];
console.log('\n| aim | measured | |\n|---|---|---|');
for (const [what, value, sign, aim] of aims) {
  const isMet = sign === '>=' ? value >= aim : value <= aim;
  console.log(`| ${what} ${sign} ${aim} | ${text(value, 2)} | ${Number.isFinite(value) ? (isMet ? 'met' : 'NOT met') : 'not measured'} |`);
}
process.exitCode = [...results.values()].some((r) => r.wrong || r.error) ? 1 : 0;
