// What the reconciliation says in plain words, always with both numbers; and what cannot be told for want of which file.
import { formatCount, formatEffect, formatPercent, formatRange, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { listOf, memberName, reasonTitle, tableName } from './names.js';

/** @typedef {import('../engine/protocol.js').NoValue} NoValue */
/**
 * @typedef {{factor: number|null, gap: number, base_share: number, other_share: number}} ComparedRow
 * @typedef {{id: string, base: number, other: number, undefined: NoValue|null, channels: number, base_sum: number, other_sum: number, factor: number|null, gap: number, only_base: number, only_other: number, rows: (ComparedRow|null)[]}} Comparison
 * @typedef {{leads: number, answered: number, named: number, same: number, other: number, untracked: number, direct: number, direct_other: number, untraced: number|null, unnamed_leads: number, unnamed_texts: number, unnamed: {text: string, leads: number}[]}} Answers
 * @typedef {{sources: {id: string, total: number|null, undefined: NoValue|null, currency: string, without_channel: number}[], channels: {key: string, label: string, canonical: boolean, figures: (number|null)[]}[], more: number,
 *   comparisons: Comparison[], answers: Answers|null, dark: {share: number|null, undefined: NoValue|null, sessions: number|null, dark_sessions: number|null}, rows: ({table: string} & Record<string, any>)[]}} Reconciliation
 */

const times = (/** @type {number|null} */ factor) => formatValue(factor, 'ratio');
/** @param {Reconciliation} result @param {string} id */
const comparison = (result, id) => /** @type {Comparison} */ (result.comparisons.find((one) => one.id === id));

/** The row that comes first by `rank`, where one can be ranked. @param {Reconciliation} result @param {Comparison} one @param {(row: ComparedRow) => number|null} rank */
function first(result, one, rank) {
  /** @type {{at: number, by: number}|null} */
  let best = null;
  one.rows.forEach((row, at) => {
    const by = row && rank(row);
    if (by !== null && (!best || by > best.by)) best = { at, by };
  });
  if (!best) return null;
  const { at } = /** @type {{at: number}} */ (best);
  const channel = /** @type {Reconciliation['channels'][0]} */ (result.channels[at]);
  return { name: memberName(channel), row: /** @type {ComparedRow} */ (one.rows[at]), base: channel.figures[one.base] ?? 0, other: channel.figures[one.other] ?? 0 };
}

/** Why two sources cannot be compared, and which file would tell. @param {Reconciliation} result @param {Comparison} one */
function missing(result, one) {
  if (!one.undefined) return t('analysis.reconcile.needs.shared');
  if (one.undefined.code !== 'missing_input') return reasonTitle(one.undefined);
  const ids = [one.base, one.other].filter((at) => result.sources[at]?.undefined).map((at) => result.sources[at]?.id);
  return listOf(ids.map((id) => t(`analysis.reconcile.needs.${id}`)));
}

/** @param {Reconciliation} result @returns {string[]} */
export function reconciliationSays(result) {
  const conversions = comparison(result, 'platform'), leads = comparison(result, 'platform_leads');
  const platform = conversions.channels || !leads.channels ? conversions : leads;
  const analytics = comparison(result, 'analytics');
  return [overClaim(result, platform), disagreement(result, analytics), answersSay(result), ...otherDays(result)];
}

/** Rows by the month begin on its first day and end on the first of the last one. */
const MONTH = 31;

/** Files that begin or end at other times count other things: said before anybody acts on a factor. Deals come later than leads by nature. @param {Reconciliation} result @returns {string[]} */
function otherDays({ rows }) {
  const used = rows.filter((one) => one['used'] > 0 && one.table !== 'opportunities'), dated = used.filter((one) => one['from'] && one['to']);
  const apart = (/** @type {'from'|'to'} */ end) => { const days = dated.map((one) => Date.parse(one[end]) / 864e5); return Math.max(...days) - Math.min(...days); };
  if (!dated.length || (dated.length === used.length && apart('from') <= MONTH && apart('to') <= MONTH)) return [];
  const days = (/** @type {Reconciliation['rows'][0]} */ one) => (one['from'] ? formatRange(one['from'], one['to']) : t('analysis.reconcile.says.undated'));
  return [t('analysis.reconcile.says.days', { files: listOf(used.map((one) => t('analysis.reconcile.says.file_days', { file: tableName(one.table), days: days(one) }))) })];
}

/** Of fewer leads a factor is chance: such a channel leads only where there is no other. */
const LEAST_LEADS = 10;

/** @param {Reconciliation} result @param {Comparison} one */
function overClaim(result, one) {
  if (one.undefined || !one.channels) return t('analysis.reconcile.says.no_platform', { reason: missing(result, one) });
  const enough = (/** @type {ComparedRow} */ row) => (Math.round(row.base_share * one.base_sum) >= LEAST_LEADS ? row.factor : null);
  const most = first(result, one, enough) ?? first(result, one, (row) => row.factor);
  const all = { claimed: formatCount(one.other_sum), leads: formatCount(one.base_sum), all: times(one.factor), noun: t(`analysis.reconcile.noun.${one.id}`) };
  if (!most) return t('analysis.reconcile.says.no_leads', all);
  const own = { name: most.name, claims: formatCount(most.other), own: formatCount(most.base), factor: times(most.row.factor) };
  return t(`analysis.reconcile.says.${(most.row.factor ?? 0) > 1 ? 'over' : 'under'}${one.channels > 1 ? '' : '_one'}`, { ...all, ...own });
}

/** @param {Reconciliation} result @param {Comparison} one */
function disagreement(result, one) {
  if (one.undefined || !one.channels) return t('analysis.reconcile.says.no_analytics', { reason: missing(result, one) });
  const most = one.channels > 1 && one.base_sum && one.other_sum ? first(result, one, (row) => Math.abs(row.other_share - row.base_share)) : null;
  const all = { conversions: formatCount(one.other_sum), leads: formatCount(one.base_sum) };
  if (!most) return t('analysis.reconcile.says.analytics_one', all);
  return t('analysis.reconcile.says.analytics', { ...all, name: most.name, base: formatPercent(most.row.base_share), other: formatPercent(most.row.other_share), points: formatEffect(most.row.other_share - most.row.base_share, 'percent') });
}

/** @param {Reconciliation} result */
function answersSay({ answers }) {
  if (!answers?.answered) return t('analysis.reconcile.says.no_answers');
  return t('analysis.reconcile.says.answers', { answered: formatCount(answers.answered), named: formatCount(answers.named), same: formatCount(answers.same), other: formatCount(answers.other), untracked: formatCount(answers.untracked) });
}

/** What no click shows: deep direct visits, and answers that leave no trace. @param {Reconciliation} result @returns {string[]} */
export function darkSays(result) {
  const { dark, answers, sources } = result;
  const says = [dark.share === null ? t('analysis.reconcile.dark.no_share', { reason: dark.undefined?.code === 'missing_input' ? t('analysis.reconcile.needs.landing') : reasonTitle(/** @type {NoValue} */ (dark.undefined)) })
    : t('analysis.reconcile.dark.share', { share: formatPercent(dark.share), dark: formatCount(dark.dark_sessions ?? 0), sessions: formatCount(dark.sessions ?? 0) })];
  if (answers?.answered) {
    if (answers.untraced) says.push(t('analysis.reconcile.dark.untraced', { leads: formatCount(answers.untraced), answered: formatCount(answers.answered) }));
    if (answers.unnamed_leads) says.push(t('analysis.reconcile.dark.unnamed', { leads: formatCount(answers.unnamed_leads), answered: formatCount(answers.answered), share: formatPercent(answers.unnamed_leads / answers.answered), texts: listOf(answers.unnamed.map((one) => `${one.text} (${formatCount(one.leads)})`)) }));
    if (answers.direct) says.push(t('analysis.reconcile.dark.direct', { direct: formatCount(answers.direct), other: formatCount(answers.direct_other) }));
  }
  const credited = sources.at(-1), direct = result.channels.find((one) => one.key === 'direct')?.figures.at(-1) ?? null;
  if (credited?.total && direct !== null) says.push(t('analysis.reconcile.dark.credit', { direct: formatValue(direct, 'number'), none: formatValue(credited.without_channel, 'number'), deals: formatCount(credited.total) }));
  return says;
}
