// Lead scoring in the built page: the sample's own score against an independent count of pairs, a fitted one, and points of one's own.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { NAMES, root, visit } from './lib/app.mjs';
import { until } from './lib/driver.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const id = (/** @type {string} */ name) => `[data-testid="${name}"]`;
const file = join(root, 'web/samples/crm_leads.csv');

/** @param {string} path */
function rowsOf(path) {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  const rows = lines.map((line) => {
    const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, '').replace(/^"|"$/g, '')) ?? [];
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
  return { names, rows };
}

const day = (/** @type {string|undefined} */ text) => Date.parse((text ?? '').slice(0, 10)) / 864e5;

/** The sample's leads that are old enough, with their outcomes, out of the file itself. */
function counted() {
  const { names, rows } = rowsOf(file);
  const dated = names.filter((name) => /Date$| at$/.test(name));
  const last = Math.max(...rows.flatMap((row) => dated.map((name) => day(row[name])).filter(Number.isFinite)));
  const times = rows.map((row) => day(row['Became a Customer Date']) - day(row['Create Date'])).filter(Number.isFinite).sort((a, b) => a - b);
  const half = times.length / 2;
  const median = times.length % 2 ? times[Math.floor(half)] ?? 0 : ((times[half - 1] ?? 0) + (times[half] ?? 0)) / 2;
  const seen = new Set();
  const unique = rows.filter((row) => !seen.has(row['Record ID']) && seen.add(row['Record ID']));
  const all = unique.filter((row) => last - day(row['Create Date']) >= median).map((row) => ({ id: row['Record ID'], created: day(row['Create Date']), decided: day(row['Became a Customer Date']), score: row['HubSpot Score'] ? Number(row['HubSpot Score']) : NaN, won: row['Lifecycle Stage'] === 'Customer' || Boolean(row['Became a Customer Date']), channel: row['Original Source'] }));
  return { all, leads: all.filter(({ score }) => !Number.isNaN(score)), last, unique: unique.length };
}

/** Points of touches of a kind up to a day: each 10, half after 30 days, at most 15. @param {any[]} touches @param {number} cut */
const pointsOf = (touches, cut) => Math.round(Math.min(15, touches.filter((one) => one.at <= cut).reduce((sum, one) => sum + 10 * 2 ** (-(cut - one.at) / 30), 0)) * 1e6) / 1e6;

/** The share of pairs that the values order rightly, ties one half. @param {{value: number, won: boolean}[]} people */
function pairs(people) {
  let [right, all] = [0, 0];
  for (const a of people) {
    if (!a.won) continue;
    for (const b of people) {
      if (b.won) continue;
      all++;
      right += a.value > b.value ? 1 : a.value === b.value ? 0.5 : 0;
    }
  }
  return right / all;
}

for (const name of NAMES) {
  test(`${name}: the sample's score, a fitted one and points`, { timeout: 300_000 }, () => visit(name, 'file', async (app, browser) => {
    const ready = async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await until(browser, `document.querySelector('${id('analysis')}[data-view="scoring"][data-ready="true"]') !== null`, 'the scores');
    };
    const data = (/** @type {string} */ what, /** @type {string} */ field) => browser.evaluate(`Number(document.querySelector('${id(what)}').dataset.${field})`);
    await app.addFiles([file, join(root, 'web/samples/touchpoints.csv')]);
    await app.go('analysis');
    await browser.click(id('analysis-tab-scoring'));
    await ready();
    const { all, leads, last, unique } = counted();
    assert.ok(leads.length > 500 && all.length > leads.length);
    assert.equal(await data('scoring-rows', 'used'), all.length);
    assert.equal(await data('scoring-rows', 'scored'), leads.length);
    assert.equal(await data('scoring-rows', 'converted'), all.filter(({ won }) => won).length);
    const wanted = pairs(leads.map(({ score, won }) => ({ value: score, won })));
    assert.ok(Math.abs((await data('file-score', 'auc')) - wanted) < 1e-9, `AUC ${await data('file-score', 'auc')}, expected ${wanted}`);
    const best = [...leads].sort((a, b) => b.score - a.score).slice(0, Math.floor(leads.length / 10));
    assert.equal(await data('gains', 'people'), best.length);
    const bands = await browser.evaluate(`[...document.querySelectorAll('${id('band')}')].map(({ dataset }) => [Number(dataset.people), Number(dataset.converted)])`);
    assert.deepEqual(bands[0], [leads.filter(({ score }) => score >= 80).length, leads.filter(({ score, won }) => score >= 80 && won).length]);
    const fitted = await data('fitted-score', 'auc');
    assert.ok(fitted > 0 && fitted <= 1);
    const held = await data('fitted-score', 'held');
    assert.ok(held > 0.25 * all.length && held <= 0.35 * all.length, `${held} of ${all.length} held out`);
    const fields = await browser.evaluate(`[...document.querySelectorAll('${id('trait')}')].map(({ dataset }) => dataset.field)`);
    assert.ok(fields.length > 2 && fields.every((/** @type {string} */ field) => ['channel', 'campaign', 'score', 'source', 'medium'].includes(field)), fields.join());
    if (name === 'chromium') {
      await browser.evaluate(`(() => { ${axe}; return true; })()`);
      assert.deepEqual(await browser.evaluate(`axe.run('${id('analysis')}').then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html.slice(0, 200))]))`), []);
    }

    const enter = async (/** @type {string} */ where, /** @type {string} */ value) => {
      await browser.evaluate(`(() => { const field = document.querySelector('${where}'); field.value = ${JSON.stringify(value)}; field.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);
      await ready();
    };
    await enter(id('set-capacity'), '100');
    const selected = await data('selected-capacity', 'selected');
    // the lowest score from which no more than 100 leads are selected
    const limit = [...new Set(leads.map(({ score }) => score))].sort((a, b) => a - b).find((score) => leads.filter((one) => one.score >= score).length <= 100) ?? Infinity;
    assert.equal(selected, leads.filter(({ score }) => score >= limit).length);
    assert.equal(await data('selected-capacity', 'converted'), leads.filter(({ score, won }) => score >= limit && won).length);

    await browser.click(id('rule-add'));
    await ready();
    await browser.choose(id('rule-field'), 'channel');
    await ready();
    await browser.choose(id('rule-value'), 'paid_search');
    await ready();
    await enter(id('set-qualified_at'), '10');
    const points = all.map(({ channel, won }) => ({ value: channel === 'Paid Search' ? 10 : 0, won }));
    assert.ok(Math.abs((await data('points', 'auc')) - pairs(points)) < 1e-9);
    assert.equal(await data('selected-points', 'selected'), points.filter(({ value }) => value).length);
    const openByBand = await browser.evaluate(`[...document.querySelectorAll('${id('points-band')}')].reduce((sum, { dataset }) => sum + Number(dataset.open), 0)`);
    const customers = rowsOf(file).rows.filter((row) => row['Lifecycle Stage'] === 'Customer' || row['Became a Customer Date']);
    assert.equal(openByBand, unique - new Set(customers.map((row) => row['Record ID'])).size, 'every lead that is no customer can be called');

    // Rules of what leads did: judged 14 days after creation, by touches up to then, without leads that were customers by then.
    await browser.choose(id('rule-field'), 'touchpoints:touch_kind');
    await ready();
    await browser.choose(id('rule-value'), 'event');
    await ready();
    await enter(id('rule-half_life'), '30');
    await enter(id('rule-cap'), '15');
    await enter(id('set-judged_after'), '14');
    const seen = new Set();
    /** @type {Record<string, any[]>} */ const touches = {};
    for (const row of rowsOf(join(root, 'web/samples/touchpoints.csv')).rows) {
      if (seen.has(row['Touchpoint ID']) || !seen.add(row['Touchpoint ID']) || row['Touchpoint type'] !== 'Event') continue;
      (touches[row['Contact ID'] ?? ''] ??= []).push({ at: day(row['Touchpoint date']) });
    }
    const judged = all.filter((lead) => lead.created + 14 <= last && !(lead.decided <= lead.created + 14));
    assert.equal(await data('points', 'judged'), judged.length);
    const dated = judged.map((lead) => ({ value: pointsOf(touches[lead.id ?? ''] ?? [], lead.created + 14), won: lead.won }));
    assert.equal(await data('rule', 'matched'), dated.filter(({ value }) => value > 0).length);
    assert.ok(dated.some(({ value }) => value > 0), 'some leads were at events');
    assert.ok(Math.abs((await data('points', 'auc')) - pairs(dated)) < 1e-9);
    const first = await browser.evaluate(`(() => { const row = document.querySelector('${id('lead')}'); return [row.querySelector('th').innerText, Number(row.dataset.points)]; })()`);
    assert.ok(Math.abs(pointsOf(touches[first[0]] ?? [], last) - first[1]) < 1e-6, `${first} on the last day`);
    const most = Math.max(...Object.entries(touches).filter(([lead]) => !customers.some((row) => row['Record ID'] === lead)).map(([, some]) => pointsOf(some, last)));
    assert.ok(Math.abs(most - first[1]) < 1e-6, `${first[1]} is the most points, expected ${most}`);

    // The export holds every lead; the rules survive a hostile file, and a file of theirs brings them back.
    await browser.evaluate(`(() => { globalThis.saved = []; const make = URL.createObjectURL.bind(URL); HTMLAnchorElement.prototype.click = function () {}; URL.createObjectURL = (blob) => { globalThis.saved.push(blob); return make(blob); }; })()`);
    await browser.click(id('points-leads'));
    await until(browser, 'globalThis.saved.length === 1', 'the leads as a file');
    const csv = String(await browser.evaluate('globalThis.saved[0].text()')).trim().split('\r\n');
    assert.equal(csv.length - 1, unique);
    assert.ok(csv.slice(1).every((line) => /^\d{5},/.test(line)), 'every line begins with the id of the lead');
    await browser.click(id('points-export'));
    const rules = String(await browser.evaluate('globalThis.saved[1].text()'));
    const take = async (/** @type {string} */ text) => {
      await browser.evaluate(`(() => { const input = document.querySelector('${id('points-import')}'); const files = new DataTransfer(); files.items.add(new File([${JSON.stringify(text)}], 'x.json')); input.files = files.files; input.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);
      await ready();
    };
    const shown = () => browser.evaluate(`document.querySelectorAll('${id('rule')}').length`);
    for (const text of ['', '{', '[]', '{"kind":"b2b-lead-points","version":1,"rules":[{"field":"<img>","points":1}]}', '{"kind":"b2b-lead-points","version":1,"rules":{"length":5}}']) {
      await take(text);
      assert.equal(await shown(), 1, text);
    }
    const mixed = JSON.parse(rules);
    mixed.rules.push({ field: 'channel', test: 'is', key: 'email', points: 1e300 }, { field: 'channel', test: 'contains', key: '<b>', points: 1 });
    await take(JSON.stringify(mixed));
    assert.equal(await shown(), 2);
    assert.equal(await data('points-imported', 'left'), 1);
    await browser.click(id('points-undo'));
    await ready();
    assert.equal(await shown(), 1);
    if (name === 'chromium') assert.deepEqual(await browser.evaluate(`axe.run('${id('analysis')}').then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html.slice(0, 200))]))`), [], 'with rules and leads');
    await browser.click(id('rule-remove'));
    await ready();
    assert.equal(await shown(), 0);
    assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
  }));
}

test('rules are kept over a reload, and work where the file has no score', { timeout: 300_000, skip: !NAMES.includes('chromium') }, () => visit('chromium', 'http', async (app, browser, site) => {
  const open = async () => {
    const { names, rows } = rowsOf(file);
    const kept = names.filter((name) => name !== 'HubSpot Score');
    const text = [kept.join(','), ...rows.map((row) => kept.map((name) => `"${row[name]}"`).join(','))].join('\n');
    await browser.evaluate(`(() => { const input = document.querySelector('input[type="file"]'); const files = new DataTransfer(); files.items.add(new File([${JSON.stringify(text)}], 'no score.csv')); input.files = files.files; input.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);
    await app.settled();
    await app.go('analysis');
    await browser.click(id('analysis-tab-scoring'));
    await until(browser, `document.querySelector('${id('analysis')}[data-view="scoring"][data-ready="true"]') !== null`, 'the scores');
  };
  await open();
  assert.equal(await browser.evaluate(`document.querySelector('${id('file-score')} ${id('scoring-none')}').dataset.code`), 'missing_input');
  assert.equal(await browser.evaluate(`document.querySelector('${id('fitted-score')}').dataset.fileAuc ?? ''`), '');
  assert.ok(await browser.evaluate(`Number(document.querySelector('${id('fitted-score')}').dataset.auc) > 0.4`));
  await browser.click(id('rule-add'));
  await until(browser, `document.querySelector('${id('rule')}[data-use="used"]') !== null`, 'a rule in use');
  const auc = await browser.evaluate(`document.querySelector('${id('points')}').dataset.auc`);
  await browser.goto('about:blank');
  await app.open(site.address);
  await open();
  await until(browser, `document.querySelector('${id('rule')}[data-use="used"]') !== null`, 'the rule of before');
  assert.equal(await browser.evaluate(`document.querySelector('${id('points')}').dataset.auc`), auc);
  await browser.resize(360, 780);
  assert.ok(await browser.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), 'no sideways scrolling');
  assert.deepEqual(browser.messages().filter((message) => /error|uncaught|violat|refused/i.test(message)), []);
}));

test('three leads, and rules that nobody meets: no number that is none, and no certainty', { timeout: 300_000, skip: !NAMES.includes('chromium') }, () => visit('chromium', 'file', async (app, browser) => {
  await browser.evaluate(`(() => { const input = document.querySelector('input[type="file"]'); const files = new DataTransfer(); files.items.add(new File(['Lead ID,Create Date,Became a Customer Date,Lead Score,Campaign\\n1,2025-01-01,2025-01-05,50,=1+1\\n2,2025-01-01,,40,<b>x</b>\\n3,2025-01-02,2025-03-05,50,\\n'], 'leads.csv')); input.files = files.files; input.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);
  await app.settled();
  await app.go('analysis');
  await browser.click(id('analysis-tab-scoring'));
  await until(browser, `document.querySelector('${id('analysis')}[data-view="scoring"][data-ready="true"]') !== null`, 'the scores');
  assert.equal(await browser.evaluate(`document.querySelector('${id('scoring-headline')}').dataset.code`), 'file_unsure');
  await browser.click(id('rule-add'));
  await until(browser, `document.querySelector('${id('rule')}[data-use="used"]') !== null`, 'a rule');
  const enter = async (/** @type {string} */ field, /** @type {string} */ value) => {
    await browser.evaluate(`(() => { const field = document.querySelector('${id(field)}'); field.value = '${value}'; field.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await until(browser, `document.querySelector('${id('analysis')}[data-ready="true"]') !== null`, 'the scores again');
  };
  await enter('set-qualified_at', '900');
  await enter('set-capacity', '1');
  for (const [letter, value] of [['A', '900'], ['B', '800'], ['C', '700']]) await browser.evaluate(`(() => { document.querySelector('${id(`band-${letter}`)}').value = '${value}'; return true; })()`);
  await enter('band-C', '700');
  assert.equal(await browser.evaluate(`document.querySelector('${id('points-band')}').dataset.people`), '0');
  assert.ok(!await browser.evaluate(`/NaN|undefined|Infinity/.test(document.querySelector('${id('analysis')}').innerText)`));
}));
