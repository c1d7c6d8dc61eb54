// The user's KPIs in the page: ids, lists from outside, completion, messages, and what is told to the engine. Expected values by hand.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import './texts.js';
import { EngineClient } from '../../../web/engine/client.js';
import { toOwnFile } from '../../../web/export/own-file.js';
import { inWords, plainFormula } from '../../../web/format/formula.js';
import { t, textOr } from '../../../web/i18n/translate.js';
import { initialState } from '../../../web/state/app-state.js';
import { isOwnAction, OwnDefinitions } from '../../../web/state/own-definitions.js';
import { checkedOwn, definitionOf, fromOwnFile, MAX_OWN, mergedOwn, newOwn, ownId } from '../../../web/state/own-kpis.js';
import { Store } from '../../../web/state/store.js';
import { formulaEntries, formulaHits, wordAt } from '../../../web/ui/formula-entries.js';
import { failureText, wrongPart } from '../../../web/ui/own-message.js';
import { unitName } from '../../../web/ui/units.js';
import { readFileSync, globSync } from 'node:fs';
import { en } from './texts.js';

/** @param {Partial<import('../../../web/state/own-kpis.js').OwnKpi>} some */
const kpi = (some) => ({ ...newOwn(), id: 'own_a', name: 'A', formula: 'mqls', ...some });

test('ids are made from names, never twice, never from markup', () => {
  assert.equal(ownId('Spend per won deal', []), 'own_spend_per_won_deal');
  assert.equal(ownId('Umsatz je Käufer & Märkte', []), 'own_umsatz_je_kaufer_markte');
  assert.equal(ownId('<img src=x onerror=alert(1)>', []), 'own_img_src_x_onerror_alert_1');
  assert.equal(ownId('\u{1f4b0}', []), 'own_kpi');
  assert.equal(ownId('A', ['own_a', 'own_a_2']), 'own_a_3');
});

test('a list from outside is checked, entry by entry', () => {
  const long = 'x'.repeat(2000);
  assert.deepEqual(checkedOwn([kpi({ better: /** @type {any} */ ('sideways'), definition: long })]).map(({ better, definition }) => [better, definition.length]), [['neutral', 500]]);
  for (const wrong of [null, 7, {}, { ...kpi({}), id: '__proto__' }, { ...kpi({}), id: 'own_<b>' }, { ...kpi({}), id: 'cost_per_lead' }, { ...kpi({}), name: ' ' }, { ...kpi({}), name: 5 }]) assert.deepEqual(checkedOwn([wrong]), []);
  for (const wrong of [null, {}, 'x', 5]) assert.deepEqual(checkedOwn(wrong), []);
  assert.equal(checkedOwn([kpi({}), kpi({ name: 'B' })]).length, 1, 'an id stands once');
  assert.equal(checkedOwn(Array.from({ length: 300 }, (_, i) => kpi({ id: `own_${i}` }))).length, MAX_OWN);
});

test('a file goes out and comes back; other files are refused', () => {
  const kpis = [kpi({ pinned: true, definition: 'So "it" is' }), kpi({ id: 'own_b', rate: true })];
  assert.deepEqual(fromOwnFile(toOwnFile(kpis)), { kpis, left: 0 });
  assert.equal(fromOwnFile(toOwnFile([...kpis, {}]))?.left, 1);
  for (const text of ['', '[]', 'null', '{"kpis":[]}', '{"kind":"b2b-kpi-definitions","version":2,"kpis":[]}', 'a,b\n1,2']) assert.equal(fromOwnFile(text), null);
  const merged = mergedOwn([kpi({}), kpi({ id: 'own_c' })], [kpi({ name: 'newer' }), kpi({ id: 'own_b' })]);
  assert.deepEqual([merged.added, merged.replaced, merged.kpis.map((one) => one.name)], [1, 1, ['newer', 'A', 'A']]);
});

test('a formula is read with the signs that people write, and shown in names', () => {
  assert.equal(plainFormula('a × b ÷ c − 1'), 'a * b / c - 1');
  assert.equal(inWords('media_spend / (won_deals +? 2)', (id) => textOr(`measure.${id}.name`, id)), `${t('measure.media_spend.name')} ÷ (${t('measure.won_deals.name')} + 2)`);
  assert.equal(inWords('own_a - 1', () => 'a-b/c'), 'a-b/c − 1', 'signs within a name stay');
  assert.equal(definitionOf(kpi({ formula: 'mqls ÷ 2' })).formula, 'mqls / 2');
});

const catalog = /** @type {any} */ ({ measures: [{ id: 'won_deals' }, { id: 'media_spend' }, { id: 'mqls' }],
  kpis: [{ id: 'mqls', synonyms: ['marketing qualified leads'] }, { id: 'cost_per_lead', synonyms: ['CPL'] }, { id: 'own_a', synonyms: [] }] });

test('completion finds by name, id and other names, and knows which words it completes', () => {
  const entries = formulaEntries(catalog, 'own_a');
  assert.deepEqual(entries.map((one) => one.id), ['won_deals', 'media_spend', 'mqls', 'cost_per_lead'], 'each once, without the one that is defined');
  const found = (/** @type {string} */ text) => formulaHits(entries, text).map((one) => one.id);
  assert.equal(found('won d')[0], 'won_deals');
  assert.deepEqual(found('cpl'), ['cost_per_lead']);
  assert.deepEqual(found('qualified marketing'), ['mqls']);
  assert.deepEqual(found('media_s'), ['media_spend']);
  assert.deepEqual(found('zebra'), []);
  assert.deepEqual(wordAt('media_spend / won d', 19), { from: 14, to: 19, text: 'won d' });
  assert.deepEqual(wordAt('(cost per', 9), { from: 1, to: 9, text: 'cost per' });
  assert.deepEqual(wordAt('a ÷ won_de', 7), { from: 4, to: 10, text: 'won' }, 'the rest of the word is replaced as well');
});

test('a failure is told in words and shows its place', () => {
  assert.equal(failureText({ code: 'unit_mismatch', args: { id: 'own_a', declared: 'money/mql', actual: '1/lead' } }), t('own.error.unit_mismatch', { actual: '1 per lead', declared: 'money per MQL' }));
  assert.match(failureText({ code: 'formula_unexpected', args: { at: 14, text: ')' } }), /15/);
  assert.match(failureText({ code: 'catalog_cycle', args: { id: 'own_a', path: 'own_a,own_b,own_a' } }), /own_a and own_b/);
  assert.deepEqual(wrongPart('mqls / )', { code: 'formula_unexpected', args: { at: 7, text: ')' } }), [7, 8]);
  assert.deepEqual(wrongPart('mqls ä', { code: 'formula_unexpected', args: { at: 5, text: 'ä' } }), [5, 6]);
  assert.deepEqual(wrongPart('💰💰 $', { code: 'formula_unexpected', args: { at: 9, text: '$' } }), [5, 6], 'the core counts bytes');
  assert.deepEqual(wrongPart('own_ab + own_a', { code: 'catalog_unknown_reference', args: { reference: 'own_a' } }), [9, 14]);
  assert.equal(wrongPart('mqls', { code: 'unit_mismatch', args: {} }), null);
});

test('units are words, and every symbol of the catalogue has one', () => {
  assert.equal(unitName('money/mql'), 'money per MQL');
  assert.equal(unitName('deal*day'), 'deal × day');
  assert.equal(unitName('lead^2'), 'lead²');
  assert.equal(unitName('1'), t('unit.none'));
  const root = new URL('../../../', import.meta.url);
  const units = globSync('core/catalog/data/**/*.json', { cwd: root }).flatMap((file) => [...readFileSync(new URL(file, root), 'utf8').matchAll(/"unit": *"([^"]+)"/g)].flatMap((match) => match[1].split(/[*/]/)));
  const symbols = [...new Set(units.map((symbol) => symbol.split('^')[0]).filter((symbol) => symbol !== '1'))];
  assert.ok(symbols.length > 30);
  assert.deepEqual(symbols.filter((symbol) => !Object.hasOwn(/** @type {any} */ (en).unit.symbol, symbol)), []);
});

/** An engine that takes what does not name "bad", and remembers what it was told. */
function fake() {
  /** @type {any[]} */
  const defined = [];
  const engine = /** @type {any} */ ({
    define: async (/** @type {any[]} */ kpis) => {
      defined.push(kpis);
      return { accepted: [], refused: kpis.filter((one) => one.formula.includes('bad')).map(({ id }) => ({ id, error: { code: 'formula_unexpected', args: { at: 0, text: 'b' } } })) };
    },
    call: async (/** @type {string} */ method, /** @type {any} */ request) => {
      if (method === 'catalog') return { measures: [], kpis: [], tables: [], families: [] };
      const one = request.kpis.find((/** @type {any} */ kpi) => kpi.id === request.id);
      await new Promise((done) => setTimeout(done, one.formula === 'slow' ? 20 : 1));
      return { id: request.id, error: one.formula.includes('bad') ? { code: 'formula_unexpected', args: {} } : null, unit: one.formula };
    },
  });
  const store = new Store(initialState());
  let changes = 0;
  const own = new OwnDefinitions(engine, store, { changed: async () => void changes++, failed: (error) => assert.fail(String(error)) });
  return { own, store, defined, changes: () => changes };
}

beforeEach(() => {
  const kept = new Map();
  globalThis.localStorage = /** @type {any} */ ({ getItem: (/** @type {string} */ key) => kept.get(key) ?? null, setItem: (/** @type {string} */ key, /** @type {string} */ text) => kept.set(key, text), removeItem: (/** @type {string} */ key) => kept.delete(key) });
});

test('what is saved is told to the engine, kept, and there again after a reload', async () => {
  const { own, store, defined, changes } = fake();
  await own.act({ type: 'own_edit', id: null });
  await own.act({ type: 'own_save', draft: { ...newOwn(), name: ' Twice {count} <b> ', formula: 'mqls × 2', definition: 'Two.' } });
  assert.deepEqual(defined.at(-1), [{ id: 'own_twice_count_b', formula: 'mqls * 2', unit: '', display: '', better: 'neutral', rate: false }]);
  assert.equal(changes(), 1);
  assert.equal(store.state.own.draft, null);
  assert.equal(t('kpi.own_twice_count_b.name'), 'Twice {count} <b>', 'as it stands');
  assert.equal(t('kpi.own_twice_count_b.definition'), 'Two.');
  assert.equal(t('kpi.own_twice_count_b.reading'), '');
  const again = fake();
  await again.own.restore();
  assert.deepEqual(again.store.state.own.kpis, store.state.own.kpis);
  await own.forget();
  assert.deepEqual([store.state.own.kpis, defined.at(-1), textOr('kpi.own_twice_count_b.name', 'gone')], [[], [], 'gone']);
});

test('a wrong formula is not saved; one that was refused stays to be put right', async () => {
  const { own, store, defined } = fake();
  await own.act({ type: 'own_edit', id: null });
  await own.act({ type: 'own_save', draft: { ...newOwn(), name: 'Bad', formula: 'bad' } });
  assert.deepEqual([defined.length, store.state.own.check?.error?.code], [0, 'formula_unexpected']);
  await own.act({ type: 'own_import', text: toOwnFile([kpi({ formula: 'bad' }), kpi({ id: 'own_b' })]) });
  assert.deepEqual([store.state.own.kpis.length, Object.keys(store.state.own.refused), store.state.own.told?.added], [2, ['own_a'], 2]);
  await own.act({ type: 'own_import', text: 'a,b' });
  assert.equal(store.state.notice?.code, 'own_file_wrong');
});

test('deleting and importing can be undone; a copy is a new one', async () => {
  const { own, store } = fake();
  await own.act({ type: 'own_import', text: toOwnFile([kpi({}), kpi({ id: 'own_b' })]) });
  await own.act({ type: 'own_remove', id: 'own_a' });
  assert.deepEqual([store.state.own.kpis.map((one) => one.id), store.state.own.told?.name], [['own_b'], 'A']);
  await own.act({ type: 'own_undo' });
  assert.deepEqual([store.state.own.kpis.map((one) => one.id), store.state.own.told], [['own_a', 'own_b'], null]);
  await own.act({ type: 'own_edit', id: 'own_a', copy: true });
  assert.deepEqual([store.state.own.draft?.id, store.state.own.draft?.formula], ['', 'mqls']);
});

test('late answers about a formula are dropped', async () => {
  const { own, store } = fake();
  await own.act({ type: 'own_edit', id: null });
  await Promise.all([own.act({ type: 'own_check', draft: { ...newOwn(), formula: 'slow' } }), own.act({ type: 'own_check', draft: { ...newOwn(), formula: 'quick' } })]);
  assert.deepEqual([store.state.own.check?.unit, store.state.own.checked], ['quick', 'quick']);
  const closed = own.act({ type: 'own_check', draft: { ...newOwn(), formula: 'slow' } });
  await own.act({ type: 'own_close' });
  await closed;
  assert.equal(store.state.own.check, null);
  assert.equal(isOwnAction({ type: 'own_seen' }) && !isOwnAction({ type: 'figure' }), true);
});

test('a worker that replaces another one is told the definitions first', async () => {
  /** @type {string[][]} */
  const heard = [];
  const engine = new EngineClient(() => {
    /** @type {string[]} */
    const methods = [];
    heard.push(methods);
    const worker = /** @type {any} */ ({ terminate() {}, postMessage(/** @type {any} */ { id, method }) {
      methods.push(method);
      queueMicrotask(() => worker.onmessage({ data: { type: 'answer', id, text: '{"ok":true,"result":{"accepted":[],"refused":[]}}' } }));
    } });
    queueMicrotask(() => worker.onmessage({ data: { type: 'ready', version: '' } }));
    return worker;
  });
  await engine.start();
  await engine.define([definitionOf(kpi({}))]);
  await engine.cancel();
  assert.deepEqual(heard, [['define_kpis'], ['define_kpis']]);
});
