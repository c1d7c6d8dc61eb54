// The report's currency over the boundary: what a rates file makes of two files, hostile requests, and the same bytes natively.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask, load, result, startCore } from './lib/core.mjs';
import { answersOfNative, answersOfWasm, loading, step } from './lib/replay.mjs';

const SWEDEN = 'date,campaign,cost,clicks,currency\n2026-01-10,Stockholm,1000,100,SEK\n2026-02-10,Stockholm,1000,100,SEK\n';
const AMERICA = 'Date,Campaign,Cost (USD),Clicks\n2026-01-15,Boston,60,100\n';
const RATES = 'date,from_currency,to_currency,rate\n2026-01-01,SEK,USD,0.1\n2026-02-01,SEK,USD,0.2\n';
// As the European Central Bank's data portal writes them: one euro in each currency.
const ECB = 'KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE\nEXR.M.SEK.EUR.SP00.A,M,SEK,EUR,SP00,A,2026-01,10\nEXR.M.USD.EUR.SP00.A,M,USD,EUR,SP00,A,2026-01,1.25\n';

const window = { from: null, to: null, grain: 'month', group_by: null, filters: [], compare: 'none' };
/** @param {any} report @param {string} id */
const kpi = (report, id) => report.kpis.find((/** @type {any} */ one) => one.id === id);

/** @param {[string, string][]} files */
async function coreWith(files) {
  const core = await startCore();
  const cards = files.map(([name, text]) => load(core, name, text).result.card);
  return { core, cards };
}

test('two files and a table of rates by month', async () => {
  const { core, cards } = await coreWith([['sweden.csv', SWEDEN], ['america.csv', AMERICA]]);
  const before = result(core, 'report', { ...window, report_currency: 'USD' });
  assert.equal(kpi(before, 'marketing_spend').undefined.code, 'currency_mixed');
  assert.deepEqual(before.ledger.conversion, { currency: 'USD', has_rates: false, converted: 0, first_rate: null, last_rate: null, unnamed: 0, several: 0, pairs: [] });
  assert.deepEqual(before.currencies, ['SEK', 'USD']);
  const card = load(core, 'rates.csv', RATES).result.card;
  assert.deepEqual([card.table, card.first_date, card.needs, card.diagnostics.filter((/** @type {any} */ one) => one.severity !== 'info')], ['fx_rates', null, [], []]);
  assert.deepEqual(cards.map((one) => one.table), ['ad_spend', 'ad_spend']);
  const report = result(core, 'report', { ...window, report_currency: 'USD' });
  // 1,000 x 0.1 + 1,000 x 0.2 + 60 = 360; 360 / 300 clicks = 1.2
  assert.equal(kpi(report, 'marketing_spend').value, 360);
  assert.equal(kpi(report, 'marketing_spend').currency, 'USD');
  assert.deepEqual(kpi(report, 'marketing_spend').series, [160, 200]);
  assert.equal(kpi(report, 'cost_per_click').value, 1.2);
  const { conversion } = report.ledger;
  assert.deepEqual([conversion.converted, conversion.first_rate, conversion.last_rate, conversion.pairs.length], [2, '2026-01-01', '2026-02-01', 1]);
  assert.equal(report.ledger.currency, 'USD');
  // 1,000 + 1,000 + 60 / 0.1 = 2,600
  assert.equal(kpi(result(core, 'report', { ...window, report_currency: 'SEK' }), 'marketing_spend').value, 2600);
  const plain = result(core, 'report', window);
  assert.equal(plain.ledger.conversion, null);
  assert.equal(kpi(plain, 'marketing_spend').undefined.code, 'currency_mixed');
  const explained = result(core, 'explain', { ...window, report_currency: 'USD', kpi: 'marketing_spend', member: null });
  assert.equal(explained.trace.value, 360);
});

test('rates as a central bank lists them: over the euro', async () => {
  const { core, cards } = await coreWith([['sweden.csv', SWEDEN], ['america.csv', AMERICA], ['ecb.csv', ECB]]);
  assert.equal(cards[2].table, 'fx_rates');
  // 1 SEK = 1.25 / 10 = 0.125 USD: 125 + 125 + 60; in euros 100 + 100 + 60 / 1.25
  assert.equal(kpi(result(core, 'report', { ...window, report_currency: 'USD' }), 'marketing_spend').value, 310);
  assert.equal(kpi(result(core, 'report', { ...window, report_currency: 'EUR' }), 'marketing_spend').value, 248);
});

test('what is no currency', async () => {
  const { core } = await coreWith([['sweden.csv', SWEDEN], ['rates.csv', RATES]]);
  for (const report_currency of ['usd', 'US', 'DOLLAR', '$', 5]) {
    assert.equal(ask(core, 'report', { ...window, report_currency }).error?.code, 'request_invalid', String(report_currency));
  }
  assert.equal(kpi(result(core, 'report', { ...window, report_currency: 'QQQ' }), 'marketing_spend').value, 2000);  // three letters that are none: as they are
});

test('native and WASM give the same bytes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kpi-rates-'));
  try {
    const loads = Object.entries({ 'a.csv': SWEDEN, 'b.csv': AMERICA, 'c.csv': ECB, 'd.csv': `${RATES}2026-02-01,SEK,USD,0.3\n2026-02-01,shells,USD,7\n2026-02-01,NOK,USD,0\n` }).flatMap(([name, text], index) => {
      writeFileSync(join(folder, name), text);
      return loading(join(folder, name), index + 1);
    });
    const questions = ['', 'USD', 'SEK', 'EUR', 'CHF'].flatMap((report_currency) => [step('report', { ...window, report_currency, group_by: 'campaign' }),
      step('explain_change', { kpi: 'marketing_spend', split_by: 'campaign', from: '2026-02-01', to: '2026-02-28', grain: 'month', filters: [], compare: 'previous_period', limit: 5, report_currency })]);
    const script = [...loads, ...questions, step('files')];
    const wasm = await answersOfWasm(script);
    const native = answersOfNative(script);
    assert.equal(wasm.length, script.length);
    wasm.forEach((answer, index) => assert.equal(answer, native[index], `step ${index}`));
    for (const code of ['rates_contradict', 'rate_invalid', 'rate_currency_unknown']) assert.ok(wasm.at(-1)?.includes(code), code);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
