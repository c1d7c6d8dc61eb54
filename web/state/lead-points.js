// Rules of points as the page keeps them: from storage or a file they are checked like anything from outside.
import { POINTS_KIND, POINTS_VERSION } from '../export/points-file.js';

/** @typedef {import('../export/points-file.js').Rule} Rule */
/** @typedef {import('../export/points-file.js').Points} Points */

export const MOST_RULES = 50;
const MOST_POINTS = 1e6;
const MOST_TEXT = 200;
const FIELD = /^[a-z_]{0,40}$/;
const TESTS = ['is', 'is_not', 'contains', 'known', 'unknown', 'between'];
const TABLES = ['touchpoints', 'web_events'];

/** @param {unknown} value @param {number} least @returns {value is number} */
const isNumber = (value, least = -MOST_POINTS) => typeof value === 'number' && value >= least && value <= MOST_POINTS;

/** @param {unknown} day @returns {day is string} */
const isDay = (day) => typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) && day > '0001' && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);

/** What cannot be asked of the engine is no rule. @param {any} one @returns {Rule|null} */
function checkedRule(one) {
  const isActivity = TABLES.includes(one?.table);
  if (typeof one?.field !== 'string' || !FIELD.test(one.field) || (!one.field && !isActivity) || (one.table !== undefined && !isActivity) || !isNumber(one.points)) return null;
  const test = one.test ?? 'is';
  if (!TESTS.includes(test)) return null;
  /** @type {Rule} */
  const rule = { ...(isActivity ? { table: one.table } : {}), field: one.field, test, points: one.points };
  if (test === 'is' || test === 'is_not' || test === 'contains') {
    if (typeof one.key !== 'string' || one.key.length > MOST_TEXT || (test === 'contains' && !one.key)) return null;
    rule.key = one.key;
  }
  if (test === 'between') {
    const ends = [one.from, one.to].filter((end) => end !== undefined);
    if (!ends.length || !(ends.every((end) => typeof end === 'number' && Math.abs(end) <= 1e15) || ends.every(isDay)) || (ends.length === 2 && one.from > one.to)) return null;
    if (one.from !== undefined) rule.from = one.from;
    if (one.to !== undefined) rule.to = one.to;
  }
  if (isActivity) {
    if (one.half_life !== undefined && !(isNumber(one.half_life, 0) && one.half_life > 0)) return null;
    if (one.cap !== undefined && !isNumber(one.cap, 0)) return null;
    if (one.half_life !== undefined) rule.half_life = one.half_life;
    if (one.cap !== undefined) rule.cap = one.cap;
  }
  return rule;
}

/** @param {unknown} bands @returns {bands is number[]} */
const isFalling = (bands) => Array.isArray(bands) && bands.length > 0 && bands.length <= 9 && bands.every((one, i) => isNumber(one) && (i === 0 || one < bands[i - 1]));

/** Settings of the view from storage or a file; what is wrong is left out. @param {any} kept @returns {Points} */
export function checkedPoints(kept) {
  const rules = (Array.isArray(kept?.rules) ? kept.rules.slice(0, 10 * MOST_RULES) : []).map(checkedRule).filter(Boolean).slice(0, MOST_RULES);
  return {
    rules, qualified_at: isNumber(kept?.qualified_at) ? kept.qualified_at : null, bands: isFalling(kept?.bands) ? kept.bands : null,
    judged_after: Number.isInteger(kept?.judged_after) && kept.judged_after >= 0 && kept.judged_after <= 3650 ? kept.judged_after : null,
  };
}

/** @param {string} text @returns {{points: Points, left: number}|null} null where it is no such file or holds no rule; `left`: entries that are no rules */
export function fromPointsFile(text) {
  try {
    const file = JSON.parse(text);
    if (file?.kind !== POINTS_KIND || file.version !== POINTS_VERSION || !Array.isArray(file.rules)) return null;
    const points = checkedPoints(file);
    return points.rules.length ? { points, left: file.rules.length - points.rules.length } : null;
  } catch {
    return null;
  }
}
