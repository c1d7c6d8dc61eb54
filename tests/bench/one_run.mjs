// One run in one fresh browser: node one_run.mjs ours|PEER FILE [--memory] [--name=value ...]   prints one JSON line.
//
// ready_ms: from the navigation until a file can be read. run_ms: from the chosen file to the result on the main thread (ours: on the screen).
// base_mb: PSS of the whole process tree on the empty page, before anything is loaded; peak_mb with --memory only, since sampling costs time.
import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { canonical, digest, fromReport } from './lib/job.mjs';
import { openChromium } from './lib/chromium.mjs';
import { OTHER_VIEW, VIEW, WATCH } from './lib/ours.mjs';

const here = import.meta.dirname;
const root = resolve(here, '../..');
const words = process.argv.slice(2);
const [peer, file] = words.filter((word) => !word.startsWith('--'));
const options = Object.fromEntries(words.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=')));
const isMemory = 'memory' in options;
const page = process.env.KPI_PAGE ?? join(root, 'build/page/index.html');
delete options.memory;
const LIMIT_MS = 300000;
const IN_PAGE = ['duckdb', 'read_only'];  // these bring workers of their own

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
  const found = path === '/' ? join(here, 'page/index.html') : path === '/ours' ? page
    : path.startsWith('/build/bench/') ? join(root, path) : join(root, 'build/bench', path);  // duckdb's files
  if (!existsSync(found) || !statSync(found).isFile()) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(found)] ?? 'application/octet-stream', 'cache-control': 'no-store' }).end(readFileSync(found));
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${server.address().port}`;

/** Polls the page; the page's own work is not disturbed by more than a few evaluations. */
async function until(browser, expression, what) {
  for (const end = Date.now() + LIMIT_MS; Date.now() < end; await sleep(50)) {
    const value = await browser.evaluate(expression);
    if (value) return value;
    if (browser.troubles.some((t) => t.includes('crashed'))) break;
  }
  throw new Error(`waited in vain for ${what}: ${browser.troubles.join('; ').slice(0, 300)}`);
}

async function runOurs(browser, path) {
  await browser.beforeScripts(WATCH);
  await browser.goto(`${origin}/ours${VIEW}`);
  const ready = await until(browser, `window.bench?.ready && document.querySelector('input[type=file]') ? bench.ready : 0`, 'the engine');
  await sleep(300);
  const cpu = browser.cpu();
  await browser.chooseFile('input[type=file]', path);
  await until(browser, 'bench.shown || bench.failure', 'the report');
  const seen = await browser.evaluate('bench');
  if (seen.failure) throw new Error(seen.failure.slice(0, 300));
  const used = browser.cpu() - cpu;
  await sleep(500);
  const change = await Promise.race([browser.evaluate(`change(${JSON.stringify(OTHER_VIEW)})`), sleep(60000)]);
  if (!change) throw new Error('the changed view did not come');
  if (change.reads > 0) throw new Error('the file was read again for a changed view');
  return { ready, ms: seen.shown - seen.chosen, answered_ms: seen.answered - seen.chosen, card_ms: seen.card - seen.chosen, change_ms: change.ms, cpu: used,
    result: fromReport(JSON.parse(seen.report).result) };
}

async function runPeer(browser, path) {
  const where = IN_PAGE.includes(peer) ? 'page' : 'worker';
  await browser.goto(`${origin}/?peer=${peer}&where=${where}&options=${encodeURIComponent(JSON.stringify(options))}`);
  await until(browser, 'window.bench !== undefined', 'the page');
  const ready = await browser.evaluate('bench.ready');
  await browser.chooseFile('input', path);
  await sleep(300);
  const cpu = browser.cpu();
  const { ms, result } = await browser.evaluate('bench.runOnce()');
  return { ready, ms, cpu: browser.cpu() - cpu, result };
}

const path = resolve(file);
const line = { peer, options, file: basename(file), bytes: statSync(path).size };
const browser = await openChromium();
try {
  await sleep(1000);
  line.base_mb = Math.round(browser.pss());
  let peak = 0;
  const sampling = isMemory ? setInterval(() => { peak = Math.max(peak, browser.pss()); }, 100) : undefined;
  const run = peer === 'ours' ? await runOurs(browser, path) : await runPeer(browser, path);
  peak = Math.max(peak, browser.pss());
  clearInterval(sampling);
  Object.assign(line, { ready_ms: Math.round(run.ready), run_ms: Math.round(run.ms), cpu_ms: run.cpu });
  if (run.answered_ms) Object.assign(line, { answered_ms: Math.round(run.answered_ms), card_ms: Math.round(run.card_ms), change_ms: Math.round(run.change_ms) });
  if (isMemory) line.peak_mb = Math.round(peak);
  line.digest = run.result === null ? null : digest(canonical(run.result));
  if (process.env.SHOW) console.error(canonical(run.result));
} catch (error) {
  line.error = String(error.message).slice(0, 400);
}
await browser.close();
server.close();
console.log(JSON.stringify(line));
process.exit(line.error ? 1 : 0);
