import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFormatLocale } from '../../../web/format/format.js';
import { initialState } from '../../../web/state/app-state.js';
import { Store } from '../../../web/state/store.js';
import { apart, TYPED_NAME } from '../../../web/state/typed-csv.js';
import { TypedFigures } from '../../../web/state/typed-figures.js';
import { fakeCatalog } from './fake-catalog.js';
import createFakeKpi from './fake-engine.js';
import './texts.js';

setFormatLocale('en-US-u-nu-latn');

/** The form over the fake core; `texts` are those that reached it, `trouble` fails that many calls, of `failing` only where it is set. */
async function form() {
  const core = await createFakeKpi();
  const told = { texts: /** @type {string[]} */ ([]), changed: 0, failed: 0, trouble: 0, failing: '' };
  const call = async (/** @type {string} */ method, /** @type {any} */ request = {}) => {
    if (told.trouble > 0 && (!told.failing || told.failing === method)) {
      told.trouble--;
      throw Object.assign(new Error(), { code: 'cancelled' });
    }
    return JSON.parse(core.call(method, JSON.stringify(request))).result;
  };
  const engine = /** @type {any} */ ({
    call,
    remove: (/** @type {number} */ file) => call('remove', { file }),
    load: async (/** @type {string} */ name, /** @type {Blob} */ blob, /** @type {any} */ options) => {
      const bytes = new Uint8Array(await blob.arrayBuffer());
      const { file } = await call('open', { name, size: bytes.length, options });
      core.reserve(file, bytes.length).set(bytes);
      core.commit(file, bytes.length);
      told.texts.push(await blob.text());
      return (await call('finish', { file })).card;
    },
  });
  const store = new Store(initialState());
  store.set({ catalog: fakeCatalog() });
  const figures = new TypedFigures(engine, store, { changed: async () => void told.changed++, failed: () => void told.failed++ });
  figures.restore();
  const type = (/** @type {string} */ measure, /** @type {string} */ text, period = '', settled = true) => figures.act({ type: 'figure', measure, period, text, settled });
  const rest = async () => {
    const end = Date.now() + 5000;
    while (store.state.typing && Date.now() < end) await new Promise((done) => setTimeout(done, 20));
    assert.equal(store.state.typing, false);
  };
  return { store, figures, told, type, rest, call };
}

test('typed spend, leads and MQLs give costs per lead and per MQL; a text that is no figure is not sent', async () => {
  const { store, told, type, rest, call } = await form();
  type('media_spend', '50k');
  type('new_leads', '1,000');
  type('mqls', '200');
  type('sqls', '12x');
  assert.equal(store.state.typing, true);
  await rest();
  assert.deepEqual(told.texts, ['measure,value\r\nmedia_spend,50000\r\nnew_leads,1000\r\nmqls,200\r\n'], 'one text after a pause');
  const report = await call('report', { from: null, to: null, compare: 'none' });
  const value = (/** @type {string} */ id) => report.kpis.find((/** @type {any} */ kpi) => kpi.id === id).value;
  assert.deepEqual([value('cost_per_lead'), value('cost_per_mql'), value('cost_per_sql')], [50, 250, null]);
  assert.deepEqual([store.state.files.length, store.state.typedCard?.name, store.state.form.wrong], [0, TYPED_NAME, 1]);
});

test('a change replaces the figures, the last deletion removes them', async () => {
  const { store, told, type, rest, call } = await form();
  type('clicks', '5');
  await rest();
  type('clicks', '5', '', false);
  assert.equal(store.state.typing, false, 'the same figures are not sent again');
  type('clicks', '7');
  await rest();
  assert.deepEqual((await call('files')).files.length, 1);
  type('clicks', '');
  await rest();
  assert.deepEqual([(await call('files')).files.length, store.state.typedCard, told.texts.length], [0, null, 2]);
});

test('a worker that was replaced in the middle gets the figures again', async () => {
  const { told, type, rest, call } = await form();
  told.trouble = 1;
  type('clicks', '5');
  await rest();
  assert.deepEqual([(await call('files')).files.length, told.failed], [1, 0]);
  told.trouble = 1;
  told.failing = 'remove';
  type('clicks', '8');
  await rest();
  assert.deepEqual((await call('files')).files.length, 1, 'the old figures do not stay beside the new ones');
  told.trouble = 100;
  told.failing = '';
  type('clicks', '6');
  await rest();
  assert.equal(told.failed, 1, 'it is given up and told');
});

test('columns and channels change what counts, and forget nothing', async () => {
  const { store, figures, told, type, rest } = await form();
  type('clicks', '5');
  figures.act({ type: 'figures_layout', change: { step: 'month' } });
  assert.deepEqual([store.state.form.columns.length, store.state.form.hidden, store.state.form.figures], [12, 1, 0]);
  figures.act({ type: 'figures_layout', change: { first: '2026-01', count: 2 } });
  for (const change of [{ count: 0 }, { count: 25 }, { count: 1.5 }, { first: '2026-13' }, { first: '2026' }]) figures.act({ type: 'figures_layout', change });
  assert.deepEqual(store.state.form.columns.map((one) => one.id), ['2026-01', '2026-02']);
  figures.act({ type: 'figures_channel', name: '<img onerror=1>', on: true });
  type('clicks', '3', '2026-02');
  await rest();
  assert.deepEqual(told.texts[told.texts.length - 1], 'measure,period,period_end,value,channel\r\nclicks,2026-02-01,2026-02-28,3,<img onerror=1>\r\n');
  figures.act({ type: 'figures_channel', name: '<img onerror=1>', on: false });
  assert.deepEqual([store.state.typed.layout.channel, store.state.form.hidden], ['', 2]);
  figures.act({ type: 'figures_drop_hidden' });
  assert.equal(Object.keys(store.state.typed.cells).length, 0);
});

test('a pasted table fills the form, tells what it lost, and can be undone', async () => {
  const { store, figures, type } = await form();
  type('clicks', '5');
  const text = 'KPI\tJan 2026\tFeb 2026\nMedia spend\t10.000,50\t2.000\nmarketing spend\t\t2.500\nShoes\t1\t2\nMQLs\tten\t4';
  figures.act({ type: 'figures_paste', measure: 'clicks', period: '', rows: ['clicks'], text });
  const { cells, columns } = store.state.form;
  assert.deepEqual(columns.map((one) => one.id), ['2026-01', '2026-02']);
  assert.deepEqual([cells['media_spend 2026-01'].value, cells['media_spend 2026-02'].value, cells['mqls 2026-01'].wrong, cells['mqls 2026-02'].value], [10000.5, 2000, 'number', 4]);
  const { filled, wrong, rows, heads } = store.state.pasted ?? {};
  assert.deepEqual([filled, wrong, rows, heads], [3, 1, ['marketing spend', 'Shoes'], []]);
  figures.act({ type: 'figures_undo' });
  assert.deepEqual([store.state.form.columns.length, store.state.form.figures, store.state.pasted], [1, 1, null]);
  figures.forget();
});

test('starting over forgets the figures', async () => {
  const { store, figures, type, rest, call } = await form();
  type('clicks', '5');
  await rest();
  figures.forget();
  await rest();
  assert.deepEqual([Object.keys(store.state.typed.cells).length, (await call('files')).files.length], [0, 0]);
});

test('the typed figures are no file', () => {
  const cards = /** @type {any[]} */ ([{ file: 1, name: 'a.csv' }, { file: 2, name: TYPED_NAME }]);
  assert.deepEqual(apart(cards), { files: [cards[0]], typedCard: cards[1] });
});
