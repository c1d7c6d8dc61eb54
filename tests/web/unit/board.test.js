import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setFormatLocale } from '../../../web/format/format.js';
import { initialState } from '../../../web/state/app-state.js';
import { BoardActions } from '../../../web/state/board-actions.js';
import { emptyBoard, targetCell, targetsOf } from '../../../web/state/board.js';
import { checkedBoard } from '../../../web/state/board-memory.js';
import { targetCsv } from '../../../web/state/target-csv.js';
import { cellKey } from '../../../web/state/typed.js';
import { Store } from '../../../web/state/store.js';
import { scorecardRows } from '../../../web/ui/scorecard-export.js';
import { en } from './texts.js';

setFormatLocale('en-US-u-nu-latn');

const KPIS = /** @type {any[]} */ ([
  { id: 'new_leads', display: 'count', rate: false }, { id: 'win_rate', display: 'percent', rate: true }, { id: 'roi', display: 'percent', rate: false }, { id: 'cac_marketing', display: 'money', rate: false }]);

/** Over an engine that reads nothing. */
function board() {
  const engine = /** @type {any} */ ({ call: async () => ({ files: [] }), load: async () => ({}), remove: async () => {} });
  const store = new Store(initialState());
  store.set({ catalog: /** @type {any} */ ({ kpis: KPIS, measures: [], tables: [], families: [] }) });
  const actions = new BoardActions(engine, store, { changed: async () => {}, failed: () => {} });
  const type = (/** @type {string} */ kpi, /** @type {string} */ period, /** @type {string} */ text) => actions.act({ type: 'target', kpi, period, text, settled: true });
  return { store, actions, type };
}

test('a percentage is typed as one, and is no more than all of a whole', () => {
  const read = (/** @type {string} */ text, /** @type {any} */ kpi) => { const { cell } = targetCell(text, kpi, '', true); return [cell.value, cell.wrong]; };
  assert.deepEqual(read('22', KPIS[1]), [0.22, '']);
  assert.deepEqual(read('22 %', KPIS[1]), [0.22, '']);
  assert.deepEqual(read('120', KPIS[1]), [null, 'range']);
  assert.deepEqual(read('300 %', KPIS[2]), [3, '']);
  assert.deepEqual(read('-10', KPIS[2]), [-0.1, '']);
  assert.deepEqual(read('many', KPIS[0]), [null, 'number']);
  assert.deepEqual(read('1.2k', KPIS[0]), [1200, '']);
});

test('targets of every period and channel reach the core, whatever columns are shown', () => {
  const { store, actions, type } = board();
  actions.act({ type: 'targets_layout', change: { step: 'quarter', first: '2026-Q1', count: 2 } });
  type('new_leads', '2026-Q2', '900');
  actions.act({ type: 'targets_layout', change: { channel: 'email' } });
  type('new_leads', '2026-Q2', '40');
  actions.act({ type: 'targets_layout', change: { step: 'none', channel: '' } });
  type('cac_marketing', '', '€5,000');
  actions.act({ type: 'board_note', kpi: 'new_leads', change: { owner: 'Ann, "the" lead' } });
  assert.equal(targetCsv(targetsOf(store.state.board, KPIS)).text,
    'kpi,period,period_end,target,currency,channel,owner\r\nnew_leads,2026-04-01,2026-06-30,900,,,"Ann, ""the"" lead"\r\nnew_leads,2026-04-01,2026-06-30,40,,email,"Ann, ""the"" lead"\r\ncac_marketing,,,5000,EUR,,\r\n');
  type('cac_marketing', '', '');
  assert.equal(targetsOf(store.state.board, KPIS).length, 2, 'nothing typed is no target');
});

test('a pasted block goes down the KPIs and across the periods', () => {
  const { store, actions } = board();
  actions.act({ type: 'targets_layout', change: { step: 'month', first: '2026-01', count: 3 } });
  actions.act({ type: 'targets_paste', kpi: 'new_leads', period: '2026-02', rows: ['new_leads', 'win_rate'], text: '100\t110\t120\n20 %\t\t' });
  const value = (/** @type {string} */ kpi, /** @type {string} */ period) => store.state.board.cells[cellKey('', kpi, period)]?.value;
  assert.deepEqual([value('new_leads', '2026-02'), value('new_leads', '2026-03'), value('new_leads', '2026-04'), value('win_rate', '2026-02')], [100, 110, undefined, 0.2]);
});

test('what a browser kept is checked', () => {
  const kept = { version: 1, kpis: ['new_leads', 'new_leads', 7, '<b>'], notes: { new_leads: { owner: 'Ann', by: 5, on: '2026-13' }, 'x y': {} }, tolerance: 3, layout: { step: 'month', first: '2026-01', count: 12 },
    cells: { [cellKey('', 'new_leads', '2026-01')]: { text: '100', value: 100, other: null, wrong: '' } } };
  const board = checkedBoard(JSON.parse(JSON.stringify(kept)));
  assert.deepEqual([board.kpis, board.notes, board.tolerance], [['new_leads'], { new_leads: { owner: 'Ann', by: '', on: '' } }, 0.1]);
  assert.equal(targetsOf(board, KPIS)[0].value, 100);
  for (const odd of [null, 5, {}, { version: 2 }, { version: 1 }, { version: 1, notes: 5, cells: 7, kpis: {} }]) assert.deepEqual(checkedBoard(odd), emptyBoard());
});

test('the export holds figure, target, attainment, owner and definition', () => {
  const report = /** @type {any} */ ({ period: { from: '2026-01-01', to: '2026-01-31' }, buckets: [{ label: '2026-01' }] });
  const kpi = /** @type {any} */ ({ id: 'new_leads', value: 90, display: 'count', currency: '', undefined: null, series: [90], target_series: [100],
    target: { value: 100, undefined: null, currency: '', from: '2026-01-01', to: '2026-01-31', by_days: false, whole: null, limit: null, owner: 'Ann', difference: -10, attainment: 0.9, attainment_undefined: null, status: 'near' } });
  const [head, row] = scorecardRows({ report, board: emptyBoard() }, [kpi]);
  const at = (/** @type {string} */ name) => row[head.indexOf(name)];
  assert.deepEqual([at('value'), at('target'), at('attainment'), at('difference'), at('status'), at('owner'), at('2026-01'), at('2026-01 target')], [90, 100, 0.9, -10, 'Near', 'Ann', 90, 100]);
});

test('a plan may name every KPI as the page does', () => {
  const root = new URL('../../../', import.meta.url);
  const json = (/** @type {string} */ file) => JSON.parse(readFileSync(new URL(file, root), 'utf8'));
  const folded = (/** @type {string} */ text) => text.toLowerCase().replace(/[ _-]+/g, ' ');
  const known = new Map(Object.entries(/** @type {Record<string, string[]>} */ (json('core/mapping/data/values/words.json').kpi)).flatMap(([id, names]) => names.map((name) => [folded(name), id])));
  for (const file of globSync('core/catalog/data/kpis/*.json', { cwd: root })) {
    for (const { id, synonyms = [] } of json(file).kpis) for (const name of [id, ...synonyms]) known.set(folded(name), id);
  }
  const kpis = Object.entries(/** @type {Record<string, {name: string}>} */ (en.kpi));
  assert.ok(kpis.length > 100);
  for (const [id, { name }] of kpis) assert.equal(known.get(folded(name)), id, name);
});
