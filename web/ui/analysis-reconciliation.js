// The reconciliation: what CRM, ad platforms, web analytics, the leads themselves and attribution say of each channel, side by side.
import { html, nothing } from 'lit';
import { formatCount, formatEffect, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { analysisTable } from './analysis-table.js';
import { memberName, tableName } from './names.js';
import { darkSays, reconciliationSays } from './reconciliation-words.js';

/** @typedef {import('./reconciliation-words.js').Reconciliation} Reconciliation */
/** @typedef {import('./reconciliation-words.js').Comparison} Comparison */

const HOW = ['over', 'share', 'said', 'window', 'dark', 'cause'];
const ROWS = ['repeats', 'filtered', 'not_won', 'undated', 'outside', 'without_channel', 'unknown_channel'];
const MONEY = new Set(['won_amount', 'platform_value']);
/** Claims that are of the same thing as what they stand beside, so that their factor means something. */
const CLAIMS = new Set(['platform', 'platform_leads', 'platform_value']);
/** Sources that tell something on their own; amounts and tracked answers come with another one. */
const OWN = new Set(['new_leads', 'won_deals', 'platform_conversions', 'platform_leads', 'conversions', 'self_reported_in_channel', 'linear']);

/** @param {Reconciliation|null|undefined} result */
export function reconciliationPart(result) {
  if (!result || result.sources.filter((one) => OWN.has(one.id) && one.total !== null).length < 2) return nothing;
  return html`<section class="kpi-sheetlike kpi-part" data-testid="reconciliation"><h2>${t('analysis.reconcile.title')}</h2><p>${t('analysis.reconcile.lead')}</p>
    <ul class="kpi-verdict" data-testid="reconciliation-says">${reconciliationSays(result).map((one) => html`<li>${one}</li>`)}</ul>
    ${claims(result)}${shares(result)}
    <h3>${t('analysis.reconcile.dark.title')}</h3><ul class="kpi-plan-notes" data-testid="reconciliation-dark" data-share=${result.dark.share ?? nothing}>${darkSays(result).map((one) => html`<li>${one}</li>`)}<li>${t('analysis.reconcile.dark.means')}</li></ul>
    <details class="kpi-more" data-testid="reconciliation-how"><summary>${t('analysis.reconcile.how.title')}</summary><ul class="kpi-how">${HOW.map((key) => html`<li>${t(`analysis.reconcile.how.${key}`)}</li>`)}${leftOut(result)}</ul></details></section>`;
}

/** @param {Reconciliation} result */
function claims(result) {
  const { sources, channels, comparisons } = result;
  const columns = sources.flatMap((source, at) => {
    if (source.total === null || source.id === 'self_reported_leads' || (source.id === 'won_amount' && sources.every(({ id, total }) => id !== 'platform_value' || total === null))) return [];
    return [{ source, at, claim: comparisons.find((one) => CLAIMS.has(one.id) && one.other === at && one.channels) }];
  });
  const shown = (/** @type {typeof columns[0]} */ { source, at }, /** @type {number|null} */ value) => (MONEY.has(source.id) ? formatValue(value, 'money', source.currency, 'cell') : sources[at]?.id === 'linear' ? formatValue(value, 'number', '', 'cell') : formatValue(value, 'count'));
  const heads = columns.flatMap(({ source, claim }) => [t(`analysis.reconcile.column.${source.id}`), ...(claim ? [t('analysis.reconcile.column.factor'), t('analysis.reconcile.column.gap')] : [])]);
  const ratio = (/** @type {typeof columns[0]} */ column, /** @type {{factor: number|null, gap: number}|null|undefined} */ row) => (column.claim ? html`<td data-factor=${row?.factor ?? nothing} data-of=${column.claim.id} class=${(row?.factor ?? 0) > 1 ? 'is-end' : ''}>${formatValue(row?.factor, 'ratio', '', 'cell')}</td><td data-gap=${row?.gap ?? nothing}>${row ? shown(column, row.gap) : formatValue(null, 'count')}</td>` : nothing);
  const row = (/** @type {string} */ name, /** @type {(at: number) => number|null} */ value, /** @type {(claim: Comparison) => {factor: number|null, gap: number}|null|undefined} */ of, /** @type {string} */ key, /** @type {string} */ id) => html`<tr data-testid=${id} data-key=${key || nothing} class=${id === 'reconciliation-all' ? 'is-all' : ''}>
    <th scope="row">${name}</th>${columns.map((column) => html`<td data-source=${column.source.id} data-value=${value(column.at) ?? nothing}>${shown(column, value(column.at))}</td>${column.claim ? ratio(column, of(column.claim)) : nothing}`)}</tr>`;
  const rows = [...channels.map((channel, c) => row(memberName(channel), (at) => channel.figures[at] ?? null, (claim) => claim.rows[c], channel.key, 'reconciliation-row')),
    row(t('analysis.reconcile.without'), (at) => sources[at]?.without_channel ?? null, () => null, '', 'reconciliation-rest'),
    row(t('analysis.reconcile.all'), (at) => sources[at]?.total ?? null, (claim) => claim, '', 'reconciliation-all')];
  return html`<div class="kpi-claims">${analysisTable(t('analysis.reconcile.claims'), [t('analysis.attribution.by.channel'), ...heads], rows, 'reconciliation-claims')}</div>
    ${columns.filter(({ claim }) => claim).map(({ claim, source }) => base(/** @type {Comparison} */ (claim), source, shown))}
    ${result.more ? html`<p class="kpi-muted">${t('analysis.reconcile.more', { count: result.more, shown: formatCount(result.more) })}</p>` : nothing}`;

  /** What the factor of all is made of. @param {Comparison} claim @param {Reconciliation['sources'][0]} source @param {(column: typeof columns[0], value: number|null) => string} text */
  function base(claim, source, text) {
    const column = /** @type {typeof columns[0]} */ (columns.find((one) => one.source === source));
    return html`<p class="kpi-muted">${t('analysis.reconcile.base', { source: t(`analysis.reconcile.column.${source.id}`), channels: formatCount(claim.channels), claims: text(column, claim.other_sum), base: text(column, claim.base_sum), only_other: text(column, claim.only_other), only_base: text(column, claim.only_base) })}</p>`;
  }
}

/** Shares of what both know, a column for each pair. @param {Reconciliation} result */
function shares({ channels, comparisons }) {
  const shown = comparisons.filter((one) => one.id !== 'platform_value' && !one.undefined && one.base_sum && one.other_sum && (one.channels > 1 || one.id === 'said'));
  if (!shown.length) return nothing;
  const widest = shown.map((one) => Math.max(...one.rows.map((row) => (row ? Math.abs(row.other_share - row.base_share) : 0))));
  return html`<h3>${t('analysis.reconcile.shares')}</h3>${analysisTable(t('analysis.reconcile.shares'), [t('analysis.attribution.by.channel'), ...shown.map((one) => t(`analysis.reconcile.pair.${one.id}`))],
    channels.map((channel, c) => html`<tr data-testid="reconciliation-share" data-key=${channel.key}><th scope="row">${memberName(channel)}</th>${shown.map((one, at) => {
      const row = one.rows[c];
      if (!row) return html`<td>${formatValue(null, 'percent')}</td>`;
      const difference = row.other_share - row.base_share;
      return html`<td data-pair=${one.id} data-value=${difference} class=${Math.abs(difference) === widest[at] ? 'is-end' : ''}>${formatEffect(difference, 'percent')}<small>${t('analysis.reconcile.against', { other: formatPercent(row.other_share), base: formatPercent(row.base_share) })}</small></td>`;
    })}</tr>`), 'reconciliation-shares')}<p class="kpi-muted">${t('analysis.reconcile.shares_foot')}</p>`;
}

/** Rows that are in none of the figures, or under no channel. @param {Reconciliation} result */
const leftOut = ({ rows }) => rows.map((one) => html`<li data-testid="reconciliation-rows" data-table=${one.table} data-used=${one.used} data-rows=${one.rows}>${t('analysis.reconcile.rows.used', { table: tableName(one.table), used: formatCount(one['used']), rows: formatCount(one['rows']) })}${ROWS.filter((key) => one[key]).map((key) => ` ${t(`analysis.reconcile.rows.${key}`, { shown: formatCount(one[key]) })}`)}</li>`);
