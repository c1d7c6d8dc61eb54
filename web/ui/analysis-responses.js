// Answers to leads: how many came in time, and whether fast ones convert better.
import { html, nothing } from 'lit';
import { formatCount, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { analysisTable } from './analysis-table.js';

const FEW = 10;  // answers on either side

/** The verdict is by the clock that was asked for. @param {any} responses @returns {string[]} */
export function responsesVerdict(responses) {
  if (responses.undefined) return [];
  const { quick, slow, p } = responses.working ?? responses.clock;
  if (quick.leads < FEW || slow.leads < FEW || p.value === null) return [t('analysis.funnel.says.few_answers', { quick: formatCount(quick.leads), slow: formatCount(slow.leads), hours: formatCount(responses.limit_hours) })];
  const args = { hours: formatCount(responses.limit_hours), goal: t(`analysis.funnel.stage.${responses.goal}`), a: formatPercent(quick.converted / quick.leads), b: formatPercent(slow.converted / slow.leads), n: formatCount(quick.leads), m: formatCount(slow.leads) };
  const isBetter = quick.converted / quick.leads > slow.converted / slow.leads;
  return [t(`analysis.funnel.says.${p.value >= 0.05 ? 'answers_alike' : isBetter ? 'answers_better' : 'answers_worse'}`, args)];
}

/** @param {any} responses */
export function responsesPart(responses) {
  const { clock, working } = responses;
  const sides = working ? [working, clock] : [clock];
  const level = (/** @type {any} */ one, /** @type {string} */ name) => html`<p data-testid="service-level" data-clock=${name} data-value=${one.level.value ?? nothing}>${one.level.value === null ? t('analysis.funnel.responses.none_due') : t(`analysis.funnel.responses.level_${name}`, { share: formatPercent(one.level.value), hours: formatCount(responses.limit_hours), time: formatCount(one.level.in_time), due: formatCount(one.level.due), late: formatCount(one.level.late), never: formatCount(one.level.never) })}</p>`;
  const goal = t(`analysis.funnel.stage.${responses.goal}`);
  const columns = [t('analysis.funnel.column.answered'), ...sides.flatMap((one) => { const name = t(`analysis.funnel.column.${one === working ? 'working' : working ? 'clock' : 'handed'}`); return [name, t('analysis.funnel.column.became', { goal })]; }), t('analysis.funnel.column.interval')];
  return html`${working ? level(working, 'working') : nothing}${level(clock, 'clock')}
    ${analysisTable(t('analysis.funnel.responses.title'), columns, clock.buckets.map((/** @type {any} */ bucket, /** @type {number} */ i) => html`<tr data-testid="response-bucket" data-bucket=${bucket.id} data-leads=${bucket.leads} data-converted=${bucket.converted}><th scope="row">${t(`analysis.funnel.bucket.${bucket.id}`)}</th>
      ${sides.map((side) => html`<td>${formatCount(side.buckets[i].leads)}</td><td>${side.buckets[i].value === null ? formatPercent(NaN) : html`${formatPercent(side.buckets[i].value)}<small>${formatCount(side.buckets[i].converted)}</small>`}</td>`)}
      <td>${sides[0].buckets[i].low === null ? formatValue(null, 'percent') : `${formatPercent(sides[0].buckets[i].low)} \u2013 ${formatPercent(sides[0].buckets[i].high)}`}</td></tr>`), 'response-table')}
    ${sides[0].waiting ? html`<p class="kpi-muted">${t('analysis.funnel.responses.waiting', { count: sides[0].waiting, shown: formatCount(sides[0].waiting) })}</p>` : nothing}`;
}
