// Rules of points as a file that a team can share, and a rule as a short text.
import { t, textOr } from '../i18n/translate.js';

export const POINTS_KIND = 'b2b-lead-points';
export const POINTS_VERSION = 1;

/**
 * About a lead, or with `table` about what it did. `from` and `to`: numbers, or days as text.
 * @typedef {{table?: string, field: string, test: string, key?: string, from?: number|string, to?: number|string, points: number, half_life?: number, cap?: number}} Rule
 * @typedef {{rules: Rule[], qualified_at: number|null, bands: number[]|null, judged_after: number|null}} Points
 */

/** @param {Points} points */
export const toPointsFile = (points) => `${JSON.stringify({ kind: POINTS_KIND, version: POINTS_VERSION, ...points }, null, 2)}\n`;

/** What a rule is about: "Channel", "Touchpoints: Kind of touch". @param {{table?: string, field: string}} rule */
export function subjectName({ table, field }) {
  const name = field ? textOr(`field.${field}.name`, field) : t('analysis.scoring.points.any');
  return table ? t('analysis.scoring.points.of_table', { table: textOr(`table.${table}.name`, table), field: name }) : name;
}

/** "Channel: paid_search", "Employees: at least 50". @param {Rule} rule */
export function ruleName(rule) {
  if (rule.table && !rule.field) return subjectName(rule);
  const test = testOf(rule);
  const value = test === 'is' || test === 'is_not' || test === 'contains' ? textOr(`channel.${rule.key}`, rule.key ?? '') : test === 'between' ? t('analysis.scoring.between', { low: String(rule.from), high: String(rule.to) }) : String(rule.from ?? rule.to ?? '');
  return t('analysis.scoring.trait_value', { field: subjectName(rule), value: test === 'is' || test === 'between' ? value : `${t(`analysis.scoring.test.${test}`)} ${value}`.trim() });
}

/** As people say it: a stretch with one end is "at least" or "at most". @param {Rule} rule */
export const testOf = ({ test, from, to }) => (test !== 'between' ? test : from === undefined ? 'at_most' : to === undefined ? 'at_least' : 'between');

/** A is the best. @param {number|undefined} band */
export const bandLetter = (band) => (band === undefined ? '' : String.fromCharCode(65 + band));
