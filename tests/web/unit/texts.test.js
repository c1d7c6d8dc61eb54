import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { toCsv } from '../../../web/export/csv.js';
import { hasText, t, textOr } from '../../../web/i18n/translate.js';
import { trendSentence, trendTitle } from '../../../web/charts/trend-text.js';
import { en } from './texts.js';

test('placeholders are filled, plurals chosen, missing texts show their key', () => {
  assert.equal(t('explain.rows', { count: 1, shown: '1' }), '1 row');
  assert.equal(t('explain.rows', { count: 1200, shown: '1,200' }), '1,200 rows');
  assert.equal(t('no.such.text'), 'no.such.text');
  assert.equal(t('filter.remove', {}), 'Remove the filter on {name}');
  assert.equal(textOr('channel.constructor', 'own word'), 'own word');
  assert.equal(hasText('channel.paid_search'), true);
});

test('every text is a sentence without markup, every plural has its other form', () => {
  let seen = 0;
  const visit = (/** @type {any} */ node, /** @type {string} */ path) => {
    if (typeof node === 'string') {
      seen++;
      assert.ok(node.length > 0 || path.endsWith('.action'), path);
      assert.doesNotMatch(node, /[<>]/, path);
      return;
    }
    if ('one' in node) assert.ok('other' in node, path);
    for (const [key, value] of Object.entries(node)) visit(value, `${path}.${key}`);
  };
  visit(en, 'en');
  assert.ok(seen > 500);
});

const root = new URL('../../../', import.meta.url);
const sourcesOf = (/** @type {string} */ pattern) => globSync(pattern, { cwd: root }).map((file) => readFileSync(new URL(file, root), 'utf8')).join('\n');

/** Keys in the page's sources, as patterns: 'a.b' and `a.${x}.b`; those that begin with a variable are named here. */
function usedKeys() {
  const keys = [...sourcesOf('web/**/*.js').matchAll(/(['`])([a-z_]+\.(?:\$\{[^}]*\}|[\w.])+)\1/g)].map((match) => match[2]);
  const patterns = [...new Set(keys)].map((key) => key.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.')).join('[^.]+'));
  return new RegExp(`^(?:${[...patterns, '(?:encoding|delimiter|decimal|order)\\.[^.]+'].join('|')})$`);
}

test('every text is used, and belongs to something that exists', () => {
  const used = usedKeys();
  const ids = new Set([...sourcesOf('core/catalog/data/**/*.json').matchAll(/"(?:id|family)": *"(\w+)"/g), ...sourcesOf('core/base/*.def').matchAll(/^KPI_CODE\((\w+),/gm),
    ...sourcesOf('web/**/*.js').matchAll(/'([a-z_]+)'/g)].map((match) => match[1]));
  let seen = 0;
  const visit = (/** @type {any} */ node, /** @type {string} */ path) => {
    if (typeof node === 'object' && !('other' in node)) return Object.entries(node).forEach(([key, value]) => visit(value, path ? `${path}.${key}` : key));
    seen++;
    assert.match(path, used, 'nothing shows this text');
    const [kind, id] = path.split('.');
    if (['kpi', 'measure', 'field', 'table', 'family', 'code'].includes(kind)) assert.ok(ids.has(id), `${path}: there is no ${id}`);
  };
  visit(en, '');
  assert.ok(seen > 500);
});

test('every reason for reading a column has a text', () => {
  const reasons = [...sourcesOf('core/mapping/*.cpp').matchAll(/reason = "(\w+)"/g)].map((match) => match[1]);
  assert.ok(reasons.length > 5);
  for (const reason of reasons) assert.ok(hasText(`reason.${reason}`), reason);
});

test('exported texts cannot run as formulas; numbers stay numbers', () => {
  assert.equal(toCsv([['name', 'n'], ['=cmd()', -1.5]]), '\ufeffname,n\r\n\'=cmd(),-1.5\r\n');
  for (const start of ['=', '+', '-', '@', '\t', '\r', '\uff1d']) assert.match(toCsv([[`${start}x`]]), /^\ufeff"?'/);
  assert.equal(toCsv([['a"b', 'c,d', 'e\nf', null, Number.NaN]]), '\ufeff"a""b","c,d","e\nf",,\r\n');
});

test('a trend is told by its comparison, or by its halves, leaving incomplete steps out', () => {
  const report = /** @type {any} */ ({ period: { grain: 'month', compare: null }, buckets: [1, 2, 3, 4, 5].map((i) => ({ label: `2024-0${i}`, from: `2024-0${i}-01`, partial: i === 5 })) });
  const kpi = /** @type {any} */ ({ display: 'count', compare: null, series: [10, 12, 20, 24, 1] });
  assert.equal(trendTitle(kpi, report, 'Leads'), t('trend.title.rising', { name: 'Leads' }));
  assert.match(trendSentence(kpi, report), /24.*Apr 2024.*24.*10.*Jan 2024/);
  const whole = { ...report, buckets: report.buckets.map((/** @type {any} */ one) => ({ ...one, partial: false })) };
  // Of a rate: the last cohort is too young to judge. With it the halves are 11 and 11 (steady), without it 11 and 22.
  const young = { ...kpi, series: [10, 12, 20, 21, 1] };
  assert.equal(trendTitle(young, whole, 'Rate'), t('trend.title.steady', { name: 'Rate' }));
  assert.equal(trendTitle({ ...young, maturity: { series: [1, 1, 1, 0.95, 0.4] } }, whole, 'Rate'), t('trend.title.rising', { name: 'Rate' }));
  const compared = { ...kpi, compare: { delta: -5, ratio: -0.1 } };
  const against = { ...report, period: { grain: 'month', compare: { kind: 'previous_period' } } };
  assert.match(trendTitle(compared, against, 'Leads'), /10% lower/);
  const earlier = { ...report, period: { grain: 'month', compare: { kind: 'previous_period', back: 3 } } };
  assert.ok(trendTitle(compared, earlier, 'Leads').includes(t('compare.than.earlier')), 'three periods back are not the previous one');
});
