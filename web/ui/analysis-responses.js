// Answers to leads: how many came in time, and whether fast ones convert better.
import { html, nothing } from 'lit';
import { formatCount, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { analysisTable, outcomeText } from './analysis-table.js';
import { fieldName, memberName } from './names.js';

const FEW = 10;  // answers on either side

/** The limit in words: what was agreed by channel, or the one that is typed. @param {any} responses @param {string} key */
const within = (responses, key) => (responses.with_agreed ? `${key}_agreed` : key);

/** Hours in words, minutes below one. @param {number} hours */
function wait(hours) {
  const minutes = Math.round(hours * 60);
  return hours < 1 ? t('analysis.funnel.minutes', { count: minutes, shown: formatCount(minutes) }) : t('analysis.funnel.hours', { count: hours, shown: formatValue(hours, 'hours') });
}

/** The verdict is by the clock that was asked for. @param {any} responses @returns {string[]} */
export function responsesVerdict(responses) {
  if (responses.undefined) return [];
  const { quick, slow, p } = responses.working ?? responses.clock;
  const few = { quick: formatCount(quick.leads), slow: formatCount(slow.leads), hours: formatCount(responses.limit_hours) };
  if (quick.leads < FEW || slow.leads < FEW || p.value === null) return [t(`analysis.funnel.says.${within(responses, 'few_answers')}`, few)];
  const args = { hours: formatCount(responses.limit_hours), goal: t(`analysis.funnel.stage.${responses.goal}`), a: formatPercent(quick.converted / quick.leads), b: formatPercent(slow.converted / slow.leads), n: formatCount(quick.leads), m: formatCount(slow.leads) };
  const isBetter = quick.converted / quick.leads > slow.converted / slow.leads;
  return [t(`analysis.funnel.says.${within(responses, p.value >= 0.05 ? 'answers_alike' : isBetter ? 'answers_better' : 'answers_worse')}`, args)];
}

/** @param {any} responses @param {string} by */
export function responsesPart(responses, by) {
  const { clock, working } = responses;
  const sides = working ? [working, clock] : [clock];
  const level = (/** @type {any} */ one, /** @type {string} */ name) => html`<p data-testid="service-level" data-clock=${name} data-value=${one.level.value ?? nothing}>${one.level.value === null ? t('analysis.funnel.responses.none_due') : t(`analysis.funnel.responses.${within(responses, `level_${name}`)}`, { share: formatPercent(one.level.value), hours: formatCount(responses.limit_hours), time: formatCount(one.level.in_time), due: formatCount(one.level.due), late: formatCount(one.level.late), never: formatCount(one.level.never) })}</p>`;
  const goal = t(`analysis.funnel.stage.${responses.goal}`);
  const columns = [t('analysis.funnel.column.answered'), ...sides.flatMap((one) => { const name = t(`analysis.funnel.column.${one === working ? 'working' : working ? 'clock' : 'handed'}`); return [name, t('analysis.funnel.column.became', { goal })]; }), t('analysis.funnel.column.interval')];
  return html`${responses.with_agreed ? html`<p class="kpi-note" data-testid="agreed-used">${t('analysis.funnel.responses.agreed_used', { count: responses.with_agreed, shown: formatCount(responses.with_agreed), leads: formatCount(responses.leads) })}${responses.with_agreed < responses.leads ? t('analysis.funnel.responses.typed_used', { hours: formatCount(responses.limit_hours) }) : nothing}</p>` : nothing}
    ${working ? level(working, 'working') : nothing}${level(clock, 'clock')}${waits(sides[0], working ? 'working' : 'clock')}
    ${analysisTable(t('analysis.funnel.responses.title'), columns, clock.buckets.map((/** @type {any} */ bucket, /** @type {number} */ i) => html`<tr data-testid="response-bucket" data-bucket=${bucket.id} data-leads=${bucket.leads} data-converted=${bucket.converted}><th scope="row">${t(`analysis.funnel.bucket.${bucket.id}`)}</th>
      ${sides.map((side) => html`<td>${formatCount(side.buckets[i].leads)}</td><td>${side.buckets[i].value === null ? formatValue(null, 'percent') : html`${formatPercent(side.buckets[i].value)}<small>${formatCount(side.buckets[i].converted)}</small>`}</td>`)}
      <td>${sides[0].buckets[i].low === null ? formatValue(null, 'percent') : `${formatPercent(sides[0].buckets[i].low)} \u2013 ${formatPercent(sides[0].buckets[i].high)}`}</td></tr>`), 'response-table')}
    ${sides[0].waiting ? html`<p class="kpi-muted">${t('analysis.funnel.responses.waiting', { count: sides[0].waiting, shown: formatCount(sides[0].waiting) })}</p>` : nothing}
    ${agreed(responses.agreed)}${by && responses.groups.length ? groups(t('analysis.funnel.responses.groups', { by }), by, responses.groups, (one) => memberName(one.member), 'response-group') : nothing}
    ${responses.rest ? html`<p class="kpi-muted">${t('analysis.funnel.responses.rest', { count: responses.rest, shown: formatCount(responses.rest) })}</p>` : nothing}
    <details class="kpi-more"><summary>${t('analysis.funnel.responses.by_hour')}</summary>${groups(t('analysis.funnel.responses.by_hour'), t('analysis.funnel.responses.hour'), responses.by_hour, (one) => `${String(one.hour).padStart(2, '0')}:00`, 'response-hour')}</details>`;
}

/** @param {any} figures @param {string} name */
function waits({ median, p90 }, name) {
  if (median.value === null) return html`<p data-testid="waits" data-clock=${name}>${t('analysis.funnel.responses.no_median')}</p>`;
  return html`<p data-testid="waits" data-clock=${name} data-median=${median.value} data-p90=${p90.value ?? nothing}>${t('analysis.funnel.responses.median', { wait: wait(median.value) })} ${p90.value === null ? t('analysis.funnel.responses.no_p90') : t('analysis.funnel.responses.p90', { wait: wait(p90.value) })}</p>`;
}

/** @param {any[]} rules */
function agreed(rules) {
  if (!rules.length) return nothing;
  const columns = ['step', 'channel', 'hours', 'due', 'in_time', 'late', 'never', 'not_yet_due', 'kept'].map((key) => t(`analysis.funnel.agreed.${key}`));
  return html`<h3>${t('analysis.funnel.agreed.title')}</h3><p class="kpi-muted">${t('analysis.funnel.agreed.lead')}</p>${analysisTable(t('analysis.funnel.agreed.title'), columns, rules.map((one) => html`<tr data-testid="agreed" data-from=${one.from} data-channel=${one.channel?.key ?? ''} data-due=${one.due} data-kept=${one.in_time}><th scope="row">${fieldName(one.from)} \u2192 ${fieldName(one.to)}</th><td>${one.channel ? memberName(one.channel) : t(`analysis.funnel.agreed.${rules.some((other) => other.channel && other.from === one.from && other.to === one.to) ? 'every_other' : 'every'}`)}</td><td>${formatValue(one.hours, 'hours')}</td>
    ${[one.due, one.in_time, one.late, one.never, one.not_yet_due].map((count) => html`<td>${formatCount(count)}</td>`)}<td>${outcomeText(one, 'percent')}</td></tr>`), 'agreed-table')}`;
}

/** @param {string} title @param {string} first @param {any[]} parts @param {(one: any) => unknown} name @param {string} testid */
function groups(title, first, parts, name, testid) {
  const columns = [first, ...['leads', 'due', 'kept', 'no_answer', 'median', 'p90', 'converted'].map((key) => t(`analysis.funnel.agreed.${key}`))];
  const hours = (/** @type {any} */ one) => (one.value === null ? outcomeText(one, 'hours') : wait(one.value));
  return html`<h3>${title}</h3>${analysisTable(title, columns, parts.map((one) => html`<tr data-testid=${testid} data-key=${one.member?.key ?? one.hour} data-leads=${one.leads} data-due=${one.due} data-kept=${one.in_time} data-median=${one.median.value ?? nothing}><th scope="row">${name(one)}</th><td>${formatCount(one.leads)}</td><td>${formatCount(one.due)}</td><td>${outcomeText(one, 'percent')}</td><td>${formatCount(one.never)}</td>
    <td>${hours(one.median)}</td><td>${hours(one.p90)}</td><td>${formatPercent(one.converted / one.leads)}</td></tr>`))}`;
}
