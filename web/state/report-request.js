// What the user chose, as a request that fits the loaded data.
import { coarser, presetRange, suitableGrain, usefulPresets } from './periods.js';

/** @typedef {import('../engine/protocol.js').Card} Card */
/** @typedef {import('../engine/protocol.js').Catalog} Catalog */
/** @typedef {import('../engine/protocol.js').Report} Report */
/** @typedef {import('../engine/protocol.js').ReportRequest} ReportRequest */
/** @typedef {import('./url-state.js').Query} Query */
/** The data's range and dimensions, as far as a request depends on them. @typedef {{period: {data_from: string|null, data_to: string|null}, dimensions: {id: string}[]}} Known */

const FAVOURITE_DIMENSIONS = ['channel', 'source', 'campaign', 'segment', 'industry', 'product', 'region', 'country', 'owner'];

/** @param {string|null} wanted @param {{id: string}[]} dimensions */
export function chosenDimension(wanted, dimensions) {
  const has = (/** @type {string|null} */ id) => dimensions.some((one) => one.id === id);
  if (has(wanted)) return wanted;
  return FAVOURITE_DIMENSIONS.find(has) ?? dimensions[0]?.id ?? null;
}

/**
 * What the cards of the files tell, so that the first request is the right one already. A report has the last word.
 * @param {Card[]} files
 * @param {Catalog|null} catalog
 * @returns {Known}
 */
export function knownFrom(files, catalog) {
  const data = files.filter((card) => card.table !== 'targets');  // a plan has no rows to split or to filter
  const days = data.flatMap((card) => [card.first_date, card.last_date]).filter((day) => day !== null).sort();
  const mapped = new Set(data.filter((card) => card.table).flatMap((card) => [
    ...(card.channel ? ['channel'] : []), ...card.columns.filter((one) => one.applied).flatMap((one) => (one.field === 'source' ? ['source', 'channel'] : [one.field]))]));
  const fields = catalog?.tables.flatMap((table) => table.fields.filter((field) => field.dimension && mapped.has(field.id))) ?? [];
  return { period: { data_from: days[0] ?? null, data_to: days[days.length - 1] ?? null }, dimensions: fields };
}

/**
 * @param {Query} query
 * @param {Known|null} known  of the files, or of the last report
 * @param {import('./periods.js').Grain} [least]  typed figures of a month say nothing about its weeks
 * @returns {ReportRequest}
 */
export function reportRequest(query, known, least = 'day') {
  const first = known?.period.data_from ?? null;
  const last = known?.period.data_to ?? null;
  const dimensions = known?.dimensions ?? [];
  const { from, to } = query.preset === 'custom' ? query : presetRange(query.preset, first, last, query.yearStart);
  const whole = from === null;
  return {
    from,
    to,
    grain: query.grain === 'auto' ? coarser(suitableGrain(from ?? first, to ?? last), least) : query.grain,
    group_by: chosenDimension(query.group, dimensions),
    filters: query.filters.filter((filter) => dimensions.some((one) => one.id === filter.dimension)),
    compare: whole ? 'none' : query.compare,
    compare_back: query.back,
    compare_also: whole || query.compare === 'none' ? [] : query.also.filter((one) => one !== query.compare || query.back !== 1).map((kind) => ({ kind, back: 1 })),
    compare_so_far: query.soFar,
    ...(query.currency ? { report_currency: query.currency } : {}),
    year_starts_in: query.yearStart,
    week_starts: query.weekStart,
    basis: query.basis,
    stages: query.stages,
    parameters: { ...query.assumed, ...(query.margin === null ? {} : { gross_margin: query.margin }) },
  };
}

/**
 * What the page offers for this report.
 * @param {Query} query
 * @param {Report} report
 * @returns {import('./app-state.js').Choices}
 */
export function choicesFor(query, report) {
  const { data_from: first, data_to: last } = report.period;
  return {
    presets: usefulPresets(first, last, query.yearStart).map((id) => ({ id, ...presetRange(id, first, last, query.yearStart) })),
    dimension: report.groups?.dimension ?? null,
    whole: query.preset === 'all' || !first,
  };
}
