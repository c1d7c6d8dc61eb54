// What the user chose, as a request that fits the loaded data.
import { presetRange, suitableGrain, usefulPresets } from './periods.js';

/** @typedef {import('../engine/protocol.js').Report} Report */
/** @typedef {import('../engine/protocol.js').ReportRequest} ReportRequest */
/** @typedef {import('./url-state.js').Query} Query */

const FAVOURITE_DIMENSIONS = ['channel', 'source', 'campaign', 'segment', 'industry', 'product', 'region', 'country', 'owner'];

/** @param {string|null} wanted @param {{id: string}[]} dimensions */
export function chosenDimension(wanted, dimensions) {
  const has = (/** @type {string|null} */ id) => dimensions.some((one) => one.id === id);
  if (has(wanted)) return wanted;
  return FAVOURITE_DIMENSIONS.find(has) ?? dimensions[0]?.id ?? null;
}

/**
 * @param {Query} query
 * @param {Report|null} known  the last report: tells the data's range and dimensions
 * @returns {ReportRequest}
 */
export function reportRequest(query, known) {
  const first = known?.period.data_from ?? null;
  const last = known?.period.data_to ?? null;
  const dimensions = known?.dimensions ?? [];
  const { from, to } = query.preset === 'custom' ? query : presetRange(query.preset, first, last);
  const whole = from === null;
  return {
    from,
    to,
    grain: query.grain === 'auto' ? suitableGrain(from ?? first, to ?? last) : query.grain,
    group_by: chosenDimension(query.group, dimensions),
    filters: query.filters.filter((filter) => dimensions.some((one) => one.id === filter.dimension)),
    compare: whole ? 'none' : query.compare,
    parameters: query.margin === null ? {} : { gross_margin: query.margin },
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
    presets: usefulPresets(first, last).map((id) => ({ id, ...presetRange(id, first, last) })),
    dimension: report.groups?.dimension ?? null,
    whole: query.preset === 'all' || !first,
  };
}
