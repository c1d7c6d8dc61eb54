// Which change of a KPI is explained: between two periods by the members of a dimension, or between two members.

/** @typedef {import('../engine/protocol.js').Report} Report */
/** @typedef {import('../engine/protocol.js').Explanation} Explanation */
/** @typedef {import('../engine/protocol.js').Change} Change */
/**
 * @typedef {object} SheetChange
 * @property {string[]} dimensions  that can split this KPI
 * @property {string|null} by  one of them
 * @property {string|null} against  of a member's sheet: the key of the member to compare with
 * @property {boolean} all  every member, not the largest effects alone
 * @property {Change|null} answer
 * @property {string|null} failed
 */
/** What the user asks for of it; the rest stays as it is. @typedef {{by?: string, against?: string, all?: boolean}} ChangeWish */

const LISTED = 8;
const FIRST = ['channel', 'source', 'campaign', 'segment', 'industry', 'product', 'region', 'country', 'owner'];

/**
 * The dimensions that every table of the KPI's figures knows; where no dimension is known to all, those that any of them knows. Channel first.
 * @param {Report} report
 * @param {Explanation|null} explanation
 */
export function splittingDimensions(report, explanation) {
  const tables = [...new Set((explanation?.measures ?? []).map((one) => one.source?.table).filter((table) => table !== undefined))];
  const known = (/** @type {{tables: string[]}} */ one, /** @type {string} */ table) => one.tables.includes(table);
  const whole = report.dimensions.filter((one) => tables.length && tables.every((table) => known(one, table)));
  const fits = whole.length ? whole : report.dimensions.filter((one) => tables.some((table) => known(one, table)));
  const rank = (/** @type {{id: string}} */ one) => (FIRST.indexOf(one.id) + FIRST.length + 1) % (FIRST.length + 1);
  return [...fits].sort((a, b) => rank(a) - rank(b)).map((one) => one.id);
}

/**
 * The next state of the sheet's change, not answered yet; null where there is nothing to compare.
 * @param {import('./app-state.js').Sheet} sheet
 * @param {Report} report
 * @param {ChangeWish} wish
 * @param {string|null} usual  the dimension chosen for the KPI before
 * @returns {SheetChange|null}
 */
export function wantedChange(sheet, report, wish, usual) {
  const now = sheet.change;
  const against = sheet.member ? wish.against ?? now?.against ?? null : null;
  if (sheet.member ? against === null : !report.period.compare) return null;
  const dimensions = splittingDimensions(report, sheet.result);
  const by = [wish.by, now?.by, usual].find((one) => one && dimensions.includes(one)) ?? dimensions[0] ?? null;
  return { dimensions, by, against, all: wish.all ?? false, answer: wish.by || wish.all ? now?.answer ?? null : null, failed: null };
}

/**
 * @param {import('../engine/protocol.js').ReportRequest} request
 * @param {import('./app-state.js').Sheet} sheet
 * @param {SheetChange} change
 */
export function changeRequest(request, sheet, change) {
  const { kpi, member } = sheet;
  const segments = member && { dimension: member.dimension, from: change.against, to: member.key };
  return { ...request, group_by: null, kpi, split_by: member ? null : change.by, segments, limit: change.all ? 1000 : LISTED };
}
