// What the attribution says in plain words: only what every model says, and where they part.
import { formatCount, formatPercent } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { listOf, memberName, reasonTitle } from './names.js';

/** @typedef {import('./analysis-attribution.js').Attribution} Attribution */
/** @typedef {import('./analysis-attribution.js').AttributedMember} AttributedMember */

/** @param {string} id */
export const modelName = (id) => t(`analysis.attribution.model.${id}`);
/** @param {AttributedMember} row */
export const rowName = (row) => (row.others ? t('analysis.attribution.others', { count: row.others, rows: formatCount(row.others) }) : memberName(row));

/** @param {Attribution} result @returns {string[]} */
export function attributionSays(result) {
  const total = result.conversions;
  const touched = result.deals['touched'] ?? 0;
  const known = t('analysis.attribution.says.known', { touched: formatCount(touched), count: total, deals: formatCount(total) });
  const rows = result.members.filter((row) => row.agreement && row.touches);
  if (result.stability.undefined) return [t('analysis.attribution.says.none', { reason: reasonTitle(result.stability.undefined) }), known];
  const span = (/** @type {AttributedMember} */ row) => ({ name: rowName(row), low: formatPercent((row.lowest ?? 0) / total), high: formatPercent((row.highest ?? 0) / total) });
  const agreed = rows.filter((row) => row.agreement === 'agrees');
  /** @type {string[]} */
  const says = [leaders(result)];
  if (result.stability.all_agree) says.push(t('analysis.attribution.says.all_agree'));
  else if (agreed.length) says.push(t('analysis.attribution.says.some_agree', { names: listOf(agreed.map((row) => t('analysis.attribution.says.span', span(row)))) }));
  else says.push(t('analysis.attribution.says.disagree'));
  const widest = rows.filter((row) => row.agreement !== 'agrees').sort((a, b) => (b.highest ?? 0) - (b.lowest ?? 0) - (a.highest ?? 0) + (a.lowest ?? 0))[0];
  if (widest) says.push(t('analysis.attribution.says.widest', span(widest)));
  const paid = returns(result);
  return [...says, ...(paid ? [paid] : []), known];
}

/** Whose return on media cost is above, and whose below, zero under every model. @param {Attribution} result */
function returns(result) {
  const models = result.models.map((model, index) => ({ model, index })).filter(({ model }) => !model.undefined && model.id !== 'shapley_rate');
  const known = result.members.map((row) => ({ row, values: models.map(({ index }) => row.credits[index]?.return ?? null) })).filter(({ values }) => values.length && values.every((one) => one !== null))
    .map(({ row, values }) => ({ low: Math.min(.../** @type {number[]} */ (values)), high: Math.max(.../** @type {number[]} */ (values)), row }));
  const names = (/** @type {typeof known} */ rows) => listOf(rows.slice(0, 3).map(({ row, low, high }) => t('analysis.attribution.says.span', { name: rowName(row), low: formatPercent(low), high: formatPercent(high) })));
  const above = known.filter(({ low }) => low > 0), below = known.filter(({ high }) => high < 0), both = known.filter(({ low, high }) => low <= 0 && high >= 0);
  return [...(above.length ? [t('analysis.attribution.says.pays', { names: names(above) })] : []), ...(below.length ? [t('analysis.attribution.says.loses', { names: names(below) })] : []), ...(both.length ? [t('analysis.attribution.says.unsure', { names: names(both) })] : [])].join(' ');
}

/** Which row comes first under how many models; those whose credits can be negative aside. @param {Attribution} result */
function leaders(result) {
  /** @type {Map<string, number>} */
  const wins = new Map();
  let models = 0;
  result.models.forEach((model, index) => {
    if (model.undefined || model.id === 'shapley_rate') return;
    models++;
    const most = Math.max(...result.members.map((row) => row.credits[index]?.conversions ?? 0));
    for (const row of result.members) if (row.credits[index]?.conversions === most) wins.set(rowName(row), (wins.get(rowName(row)) ?? 0) + 1);
  });
  const ordered = [...wins].sort((a, b) => b[1] - a[1]);
  if (ordered.length === 1) return t('analysis.attribution.says.leader', { name: ordered[0]?.[0] ?? '', models: formatCount(models) });
  return t('analysis.attribution.says.leaders', { models: formatCount(models), names: listOf(ordered.slice(0, 3).map(([name, count]) => t('analysis.attribution.says.led', { name, models: formatCount(count) }))) });
}
