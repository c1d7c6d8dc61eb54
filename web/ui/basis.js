// On which basis a funnel rate stands, what it is on the other one, and how much of a cohort is still to come.
import { html, nothing } from 'lit';
import { formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask } from './element.js';
import { reasonMeaning } from './names.js';

/** @typedef {import('../engine/protocol.js').ReportKpi} ReportKpi */
/** @typedef {import('../state/url-state.js').Query} Query */

const BASES = /** @type {const} */ (['auto', 'period', 'cohort']);
const STAGE_RULES = /** @type {const} */ (['reached_or_beyond', 'strict']);

/** The formula in words that is in force. @param {ReportKpi} kpi */
export function formulaWords(kpi) {
  return t(`kpi.${kpi.id}.${kpi.basis === 'cohort' ? 'cohort' : 'formula'}`);
}

/** @param {ReportKpi} kpi */
export function basisNote(kpi) {
  if (!kpi.basis) return nothing;
  const other = kpi.other_basis;
  return html`<p class="kpi-small kpi-muted" data-testid="basis" data-basis=${kpi.basis}>${t(`basis.in_force.${kpi.basis}`)}
    ${other ? html`<span data-testid="other-basis" data-value=${other.value ?? nothing}>${other.value === null ? (other.undefined ? reasonMeaning(other.undefined) : '') : t(`basis.otherwise.${other.basis}`, { value: formatValue(other.value, kpi.display, kpi.currency) })}</span>` : nothing}</p>
    ${kpi.maturity ? html`<p class="kpi-small kpi-muted" data-testid="maturity" data-value=${kpi.maturity.value ?? nothing}>${kpi.maturity.value === null ? t('basis.unjudged') : t('basis.maturity', { share: formatPercent(kpi.maturity.value) })}</p>` : nothing}`;
}

/** The settings of both. @param {HTMLElement} host @param {Query} query */
export function basisSettings(host, query) {
  const choice = (/** @type {string} */ name, /** @type {string} */ value, /** @type {Partial<Query>} */ change, /** @type {boolean} */ checked, /** @type {string} */ label) =>
    html`<label><input type="radio" name=${name} data-testid="${name}-${value}" .checked=${checked} @change=${() => ask(host, { type: 'query', change })}>${label}</label>`;
  return html`<fieldset><legend>${t('basis.title')}</legend><div class="kpi-segments">
      ${BASES.map((basis) => choice('basis', basis, { basis }, query.basis === basis, t(`basis.${basis}`)))}</div>
      <p class="kpi-small kpi-muted">${t('basis.help')}</p></fieldset>
    <fieldset><legend>${t('basis.stages.title')}</legend><div class="kpi-segments">
      ${STAGE_RULES.map((stages) => choice('stages', stages, { stages }, query.stages === stages, t(`basis.stages.${stages}`)))}</div></fieldset>`;
}
