// Answers the JSON contract with believable figures: stands in for the WASM core in unit tests and on a developer's page.
// A file's table is taken from its name (leads, deals, spend, web, accounts); "broken", "xls", "trap" and "ambiguous" names misbehave.
import { fakeCatalog, MEASURES } from './fake-catalog.js';
import { evaluate, parse } from './fake-formula.js';

/** @typedef {Record<string, any>} Json */
const catalog = fakeCatalog();
const CHANNELS = ['paid_search', 'organic_search', 'paid_social', 'email', 'referral', 'events', 'Partner Jörg & Söhne <b>'];
const FIRST = '2024-01-01';
const MONTHS = 24;

/** @param {string} name */
function tableOf(name) {
  if (/deal|pipeline|opport/.test(name)) return 'opportunities';
  if (/spend|(^|_)ads/.test(name)) return 'ad_spend';
  if (/web|ga4|session/.test(name)) return 'web_sessions';
  if (/account/.test(name)) return 'accounts';
  return /lead/.test(name) ? 'leads' : '';
}

/** A figure in 0..1 that is always the same for the same text. @param {string} text */
function chance(text) {
  let h = 2166136261;
  for (const c of text) h = Math.imul(h ^ c.charCodeAt(0), 16777619) >>> 0;
  return (Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) >>> 0) / 2 ** 32;
}

/** @param {number} month @param {string} channel @returns {Record<string, number>} */
function figures(month, channel) {
  const size = [1, 0.8, 1.2, 0.4, 0.25, 0.3, 0.15][CHANNELS.indexOf(channel)];
  const wave = (0.8 + 0.02 * month) * (0.8 + 0.4 * chance(channel + month));
  const paid = /paid|events/.test(channel) ? 1 : 0;
  const leads = Math.round(42 * size * wave);
  const won = Math.round(leads * (0.05 + 0.06 * chance(`w${channel}${month}`)));
  const clicks = Math.round(paid * 2600 * size * wave);
  return {
    impressions: clicks * 41, clicks, media_spend: Math.round(clicks * 3.17), platform_conversions: Math.round(clicks / 38), platform_value: clicks * 6.1,
    sessions: Math.round(5200 * size * wave), pageviews: Math.round(14100 * size * wave), conversions: Math.round(88 * size * wave),
    new_leads: leads, mqls: Math.round(leads * 0.44), sals: Math.round(leads * 0.31), sqls: Math.round(leads * 0.2),
    opportunities: Math.round(leads * 0.16), won_deals: won, lost_deals: Math.round(leads * 0.07), won_amount: won * (14000 + 9000 * chance(channel)),
    new_customers: won, cycle_days_from_creation: won * 58, cycle_deals_from_creation: won,
  };
}

/** Typed figures as rows, by the names of their columns. @param {Json} file @returns {Record<string, string>[]} */
function typedRows(file) {
  const [head, ...rows] = new TextDecoder().decode(file.bytes ?? new Uint8Array()).trim().split('\r\n').map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));
}

/** @param {Json} request @param {Set<string>} tables @param {string[]} channels @param {number[]} months @param {Json[]} [typed] */
function measures(request, tables, channels, months, typed = []) {
  /** @type {Record<string, number|null>} */
  const sums = {};
  for (const [id, [, table]] of Object.entries(MEASURES)) sums[id] = table && tables.has(table) ? 0 : null;
  sums.gross_margin = request.parameters?.gross_margin ?? null;
  for (const month of months) {
    for (const channel of channels) {
      for (const [id, value] of Object.entries(figures(month, channel))) if (sums[id] !== null) sums[id] = (sums[id] ?? 0) + value;
    }
  }
  for (const one of typed) {
    const isInside = !one.period || months.includes(/** @type {number} */ (monthIndex(one.period)));
    if (isInside && (!one.channel || channels.includes(one.channel))) sums[one.measure] = (sums[one.measure] ?? 0) + Number(one.value);
  }
  return sums;
}

/** @param {string|null} day */
const monthIndex = (day) => (day ? (Number(day.slice(0, 4)) - 2024) * 12 + Number(day.slice(5, 7)) - 1 : null);
/** @param {number} index */
const monthStart = (index) => new Date(Date.UTC(2024, index, 1)).toISOString().slice(0, 10);
/** @param {number} index */
const monthEnd = (index) => new Date(Date.UTC(2024, index + 1, 0)).toISOString().slice(0, 10);

/** @param {Json} request */
function span(request) {
  const from = Math.max(monthIndex(request.from) ?? 0, 0);
  const to = Math.min(monthIndex(request.to) ?? MONTHS - 1, MONTHS - 1);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

/** @param {Record<string, number|null>} sums */
function values(sums) {
  return catalog.kpis.map((kpi) => evaluate(parse(kpi.formula), sums, catalog));
}

/** @param {Json} request @param {Json[]} files */
function report(request, files) {
  const tables = new Set(files.map((card) => card.table));
  const filter = request.filters?.find((/** @type {Json} */ one) => one.dimension === 'channel');
  const channels = filter ? CHANNELS.filter((one) => filter.values.includes(one)) : CHANNELS;
  const months = span(request);
  const typed = files.flatMap((card) => card.typed ?? []);
  const of = (/** @type {string[]} */ who, /** @type {number[]} */ when) => values(measures(request, tables, who, when, typed));
  const now = of(channels, months);
  const back = request.compare === 'none' ? 0 : request.compare === 'previous_period' ? months.length : 12;
  const before = back ? months.map((month) => month - back) : null;
  const then = before && of(channels, before);
  const perBucket = months.map((month) => of(channels, [month]));
  const perBucketBefore = before?.map((month) => of(channels, [month]));
  return {
    period: {
      from: monthStart(months[0]), to: monthEnd(months[months.length - 1]), grain: 'month', data_from: FIRST, data_to: monthEnd(MONTHS - 1),
      compare: before && { kind: request.compare, from: monthStart(before[0]), to: monthEnd(before[before.length - 1]) },
    },
    kpis: catalog.kpis.map((kpi, k) => reportKpi(kpi, now[k], then?.[k] ?? null, perBucket.map((row) => row[k].value), perBucketBefore?.map((row) => row[k].value))),
    buckets: months.map((month) => ({ label: monthStart(month).slice(0, 7), from: monthStart(month), to: monthEnd(month), partial: month === MONTHS - 1 })),
    groups: request.group_by ? {
      dimension: request.group_by,
      members: channels.map((key) => ({ key, canonical: /^[a-z_]+$/.test(key), label: key, values: of([key], months).map((one) => one.value) })),
    } : null,
    dimensions: tables.size ? [
      { id: 'channel', tables: [...tables], values: CHANNELS.map((key, i) => ({ key, canonical: /^[a-z_]+$/.test(key), label: key, rows: 400 - 40 * i })) },
      { id: 'campaign', tables: ['leads'], values: [{ key: 'Spring', canonical: false, label: 'Spring', rows: 20 }] },
    ] : [],
    ledger: { basis: 'period', sources: [], cost_lines: ['media_spend'], currency: 'EUR', files: files.map((card) => card.file) },
    receipt: { files: files.length, records: 2605, used: 2588, set_aside: 17, duplicates: 1 },
    next: ['ad_spend', 'leads', 'opportunities', 'web_sessions'].filter((table) => !tables.has(table)).map((table) => ({
      table, unlocks: catalog.kpis.filter((kpi, k) => now[k].value === null && kpi.inputs.some((id) => MEASURES[id]?.[1] === table)).map((kpi) => kpi.id),
    })),
  };
}

/** @param {Json} kpi @param {Json} now @param {Json|null} then @param {(number|null)[]} series @param {(number|null)[]} [before] */
function reportKpi(kpi, now, then, series, before) {
  const n = now.right ?? 0;
  const both = then && now.value !== null && then.value !== null;
  return {
    id: kpi.id, family: kpi.family, unit: kpi.unit, display: kpi.display, better: kpi.better, value: now.value,
    currency: /^money/.test(kpi.display) ? 'EUR' : '', undefined: now.undefined ?? null,
    ...(kpi.rate && now.value !== null ? { numerator: now.left, denominator: n } : {}),
    interval: kpi.rate && now.value !== null && n ? [Math.max(0, now.value - 0.98 / Math.sqrt(n)), Math.min(1, now.value + 0.98 / Math.sqrt(n))] : null,
    compare: then && {
      value: then.value, undefined: then.undefined ?? null,
      delta: both ? now.value - then.value : null, ratio: both && then.value ? now.value / then.value - 1 : null,
    },
    series, ...(before ? { compare_series: before } : {}),
    checks: kpi.id === 'click_through_rate' && now.value !== null ? [{ code: 'clicks_exceed_impressions', args: {} }] : [],
  };
}

/** @param {Json} request @param {Json[]} files */
function explain(request, files) {
  const tables = new Set(files.map((card) => card.table));
  const sums = measures(request, tables, request.member ? [request.member.key] : CHANNELS, span(request));
  const kpi = /** @type {Json} */ (catalog.kpis.find((one) => one.id === request.kpi));
  const trace = evaluate(parse(kpi.formula), sums, catalog);
  const leaves = [...new Set(trace.measures)];
  return {
    kpi: kpi.id, trace,
    measures: leaves.map((id) => ({
      id, value: sums[id], unit: MEASURES[id][0], currency: MEASURES[id][0] === 'money' ? 'EUR' : '',
      source: sums[id] === null ? null : { table: MEASURES[id][1], aggregate: MEASURES[id][0] === 'money' ? 'sum' : 'count', date_field: 'created_at', where: {}, note: '' },
      files: files.filter((card) => card.table === MEASURES[id][1]).map((card) => ({ file: card.file, rows: 1133 })),
    })),
    missing: leaves.filter((id) => sums[id] === null).map((id) => ({ measure: id, options: [{ table: MEASURES[id][1], fields: ['date', 'cost'] }] })),
  };
}

/** @param {Json} file @returns {Json} */
function card(file) {
  const table = file.options.table ?? tableOf(file.name);
  const typed = table === 'totals' ? typedRows(file) : undefined;
  const fields = catalog.tables.find((one) => one.id === table)?.fields ?? [];
  const unsure = /ambiguous/.test(file.name) && !file.options.columns;
  const columns = fields.map((field, i) => ({
    column: i, header: field.id.replaceAll('_', ' '), field: file.options.fields?.[i] ?? field.id, confidence: i === 3 ? 'likely' : 'certain',
    reason: i === 3 ? 'other_vendor_name' : 'vendor_name', vendor: 'HubSpot', language: 'en', currency: '', applied: true, kind: field.kind,
    decimal: field.kind === 'number' ? 'point' : null, date_order: field.kind === 'date' ? 'ymd' : null, ambiguous: unsure && field.kind === 'date', present: 1133,
    samples: field.kind === 'date' ? ['03/04/2024', '01/02/2024', '05/06/2024'] : field.kind === 'number' ? ['12,400.00', '8,900.00', '240.50'] : ['Paid Search', 'Düsseldorf <script>', 'Referral'],
  }));
  columns.push({ ...columns[0], column: columns.length, header: 'Internal notes', field: '', confidence: 'none', reason: '', applied: false, kind: 'text', samples: ['=1+1', 'call back'] });
  return {
    file: file.number, name: file.name, ...(typed ? { typed } : {}), size: file.size, vendor: table === 'ad_spend' ? '' : 'HubSpot', vendor_report: table === 'opportunities' ? 'deals' : '', language: 'en', table, proposed_table: '',
    table_confidence: table ? 'certain' : 'none', encoding: 'utf-8', has_bom: false, delimiter: ',', quote: '"', header_record: 1, preamble: [], rows_used: typed?.length ?? 1133,
    rows_set_aside: 3, records: 1137, first_date: FIRST, last_date: monthEnd(MONTHS - 1), currency: 'EUR', channel: '', columns,
    diagnostics: [
      { code: 'duplicate_rows', severity: 'warning', total: 1, items: [{ args: { field: 'lead_id', rows: 1 }, record: 17, column: 0 }] },
      { code: 'delimiter_assumed', severity: 'info', total: 1, items: [{ args: { delimiter: ',' }, record: null, column: null }] },
    ],
    needs: [...(table ? [] : ['table']), ...columns.filter((one) => one.ambiguous).map((one) => `date_order:${one.column}`)],
  };
}

/** The same shape as the Emscripten glue's factory. @returns {Promise<import('kpi-core').KpiCore>} */
export default async function createFakeKpi() {
  /** @type {Map<number, Json>} */
  const files = new Map();
  let last = 0;
  const cards = () => [...files.values()].filter((one) => one.done).map(card);
  /** @type {Record<string, (request: Json) => Json>} */
  const methods = {
    open: ({ name, size, options }) => {
      files.set(++last, { number: last, name, size, options: options ?? {}, fed: 0, done: false, room: new Uint8Array() });
      return { file: last };
    },
    reread: ({ file, options }) => {
      Object.assign(files.get(file) ?? {}, { options, fed: 0, bytes: undefined });
      return { file };
    },
    finish: ({ file }) => {
      const one = /** @type {Json} */ (files.get(file));
      one.done = true;
      return { again: false, card: card(one) };
    },
    remove: ({ file }) => (files.delete(file), {}),
    files: () => ({ files: cards() }),
    reset: () => (files.clear(), {}),
    catalog: () => catalog,
    report: (request) => report(request, cards()),
    explain: (request) => explain(request, cards()),
    receipt: ({ file }) => ({
      receipt: { bytes: files.get(file)?.size, records: 1137, preamble: 0, header: 1, used: 1133, blank: 1, totals: 1, footers: 1, repeated_headers: 0 },
      set_aside: [{ record: 1136, reason: 'totals', text: 'Total,,1133,"=SUM(A1)"' }, { record: 1137, reason: 'footer', text: 'Confidential <b>' }], diagnostics: [],
    }),
  };
  return {
    version: () => JSON.stringify({ version: 'fake', contract: 1 }),
    call(method, text) {
      if (!methods[method]) return JSON.stringify({ ok: false, error: { code: 'method_unknown', args: { method } } });
      return JSON.stringify({ ok: true, result: methods[method](JSON.parse(text)) });
    },
    reserve: (file, count) => (/** @type {Json} */ (files.get(file)).room = new Uint8Array(count)),
    commit(file, count) {
      const one = /** @type {Json} */ (files.get(file));
      one.fed += count;
      one.bytes = new Uint8Array([...(one.bytes ?? []), ...one.room.subarray(0, count)]);
      if (/trap/.test(one.name)) throw new Error('unreachable');
      const code = /xls/.test(one.name) ? 'file_is_xls' : /broken/.test(one.name) ? 'file_header_only' : one.size === 0 ? 'file_empty' : '';
      return JSON.stringify(code ? { ok: false, error: { code, args: { columns: 3 } } } : { ok: true, result: {} });
    },
  };
}
