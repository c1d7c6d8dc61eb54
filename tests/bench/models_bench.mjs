// The models alone under Node: the built module on generated files, its answers compared with the same model in plain JavaScript over arrays,
// in the same run. Exit code 1 where they differ. No part of the tests: times of one machine say nothing, ratios do.
//
// node tests/bench/models_bench.mjs [--touches=1000000] [--channels=50] [--customers=100000] [--rounds=3] [--wasm=build/wasm/wasm]
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { drawnOrders } from '../support/drawn-orders.mjs';
import { channelName, drawTouches, filesOf } from './models/drawn_touches.mjs';
import { creditByMarkov, creditByRules } from './models/js_attribution.mjs';
import { fitBgNbd, logLikelihood } from './models/js_bg_nbd.mjs';

const words = process.argv.slice(2);
const option = (name, otherwise) => words.find((word) => word.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise;
const sizes = { touches: Number(option('touches', 1e6)), channels: Number(option('channels', 50)), customers: Number(option('customers', 1e5)) };
const rounds = Number(option('rounds', 3));
const folder = resolve(option('wasm', join(import.meta.dirname, '../../build/wasm/wasm')));
const { default: createKpi } = await import(pathToFileURL(join(folder, 'kpi_wasm.mjs')).href);
const wasmBinary = readFileSync(join(folder, 'kpi_wasm.wasm'));

function ask(core, method, request) {
  const answer = JSON.parse(core.call(method, JSON.stringify(request)));
  if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
  return answer.result;
}

function load(core, name, text) {
  const bytes = new TextEncoder().encode(text);
  const { file } = ask(core, 'open', { name, size: bytes.length });
  do {
    for (let at = 0; at < bytes.length; at += 8 << 20) {
      const piece = bytes.subarray(at, at + (8 << 20));
      const room = core.reserve(file, piece.length);
      if (room.length >= piece.length) room.set(piece);
      const committed = core.commit(file, room.length >= piece.length ? piece.length : 0);
      if (!committed.startsWith('{"ok":true')) throw new Error(committed);
    }
  } while (ask(core, 'finish', { file }).again);
}

const startCore = () => createKpi({ wasmBinary, locateFile: (path) => path, print() {}, printErr() {} });
const heapOf = (core) => Math.round((core.HEAPU8?.length ?? core.wasmMemory?.buffer.byteLength ?? 0) / 1048576);
const shown = (ms) => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

/** Least time of some rounds and the last answer. */
function timed(work, times = rounds) {
  let least = Infinity, result;
  for (let round = 0; round < times; round++) {
    const from = performance.now();
    result = work();
    least = Math.min(least, performance.now() - from);
  }
  return { least, result };
}

let failures = 0;
function check(what, found, expected, relative) {
  const isEqual = Math.abs(found - expected) <= relative * Math.max(1, Math.abs(expected));
  if (!isEqual) failures += 1;
  if (!isEqual) console.log(`  DIFFERS ${what}: ${found}, expected ${expected}`);
  return isEqual;
}

async function attribution() {
  const drawn = drawTouches(sizes);
  const files = filesOf(drawn);
  const core = await startCore();
  const loading = timed(() => { load(core, 'touchpoints.csv', files.touchpoints); load(core, 'deals.csv', files.deals); }, 1);
  const deals = drawn.accounts.filter(({ won }) => won).length;
  console.log(`${sizes.touches} touches of ${sizes.channels} channels, ${drawn.accounts.length} accounts, ${deals} deals won: read in ${shown(loading.least)}, heap ${heapOf(core)} MiB`);
  const request = { look_back_days: 3660 };
  const ours = timed(() => ask(core, 'analyse_attribution', request));
  const rules = timed(() => creditByRules(drawn));
  const markov = timed(() => creditByMarkov(drawn));
  const { models, members, conversions } = ours.result;
  check('deals', conversions, deals, 0);
  const expected = { ...rules.result, markov: markov.result };
  for (const [id, credits] of Object.entries(expected)) {
    const model = models.findIndex((one) => one.id === id);
    if (model < 0 || models[model].undefined) throw new Error(`no ${id}: ${JSON.stringify(models[model])}`);
    for (let channel = 0; channel < sizes.channels; channel++) {
      const row = members.find((one) => one.label === channelName(channel));
      check(`${id} of ${channelName(channel)}`, row?.credits[model].conversions ?? NaN, credits[channel], 1e-9);
    }
  }
  const able = models.filter((one) => !one.undefined);
  for (const model of able) {
    const index = models.indexOf(model);
    check(`sum of ${model.id}`, members.reduce((sum, row) => sum + (row.credits[index]?.conversions ?? 0), model.conversions), deals, 1e-7);
  }
  console.log(`  ${able.length} models with ${ours.result.stability.samples} bootstrap samples: ${shown(ours.least)}, heap ${heapOf(core)} MiB`);
  console.log(`  plain JavaScript over arrays, first, last and linear alone: ${shown(rules.least)}; Markov of order 1 alone: ${shown(markov.least)}`);
  for (const order of [2, 3]) console.log(`  with Markov of order ${order}: ${shown(timed(() => ask(core, 'analyse_attribution', { ...request, markov_order: order }), 1).least)}`);
}

async function customers() {
  const drawn = drawnOrders(sizes.customers);
  const core = await startCore();
  const loading = timed(() => load(core, 'orders.csv', drawn.csv), 1);
  console.log(`${sizes.customers} customers, ${drawn.csv.split('\n').length - 2} orders: read in ${shown(loading.least)}, heap ${heapOf(core)} MiB`);
  const ours = timed(() => ask(core, 'analyse_customers', { by: '' }).buyers);
  const js = timed(() => fitBgNbd(drawn.customers), 1);
  if (!ours.result.parameters) throw new Error(JSON.stringify(ours.result));
  const own = logLikelihood(drawn.customers, ours.result.parameters.map(({ value }) => value));
  check('customers', ours.result.customers, drawn.customers.length, 0);
  // Better is no failure: the simplex stops somewhere near the top.
  if (own < js.result.logLikelihood) check('log-likelihood', own, js.result.logLikelihood, 1e-8);
  console.log(`  BG/NBD with standard errors, value of each customer, hold-out and groups (3 fits): ${shown(ours.least)}, log-likelihood ${own.toFixed(3)}`);
  console.log(`  plain JavaScript over arrays, one fit alone: ${shown(js.least)} (${js.result.evaluations} evaluations), log-likelihood ${js.result.logLikelihood.toFixed(3)}: ${(js.least / ours.least).toFixed(2)} times ours`);
  console.log(`  Pareto/NBD: ${shown(timed(() => ask(core, 'analyse_customers', { by: '', model: 'pareto_nbd' }), 1).least)}`);
}

await attribution();
await customers();
console.log(failures ? `${failures} values differ` : 'all values as expected');
process.exitCode = failures ? 1 : 0;
