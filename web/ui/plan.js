// Planning: a revenue goal, and what it needs of every stage down to the spend.
import { html, nothing } from 'lit';
import { download, toCsv } from '../export/csv.js';
import { formatRange, formatValue } from '../format/format.js';
import { readNumber } from '../format/read-number.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { icon } from './icons.js';
import { fieldName, inUsualOrder, memberName } from './names.js';
import './plan-funnel.js';
import './plan-levers.js';
import { leadTimeText, needText, planTable, spanText } from './plan-words.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */
const SIGNS = /** @type {Record<string, string>} */ ({ '\u20ac': 'EUR', '\u00a3': 'GBP' });
const NOTES = /** @type {const} */ (['whole', 'interval', 'fixed', 'period', 'cohort', 'win', 'decided', 'customers', 'roi']);

class KpiPlan extends KpiElement {
  static properties = { state: { attribute: false }, wrong: { state: true }, copied: { state: true } };

  constructor() {
    super();
    /** @type {AppState|null} */ this.state = null;
    /** @type {''|'number'|'currency'} */ this.wrong = '';
    /** @type {''|'done'|'failed'} */ this.copied = '';
  }

  #currency() {
    const own = this.state?.report?.ledger.currency ?? '';
    return /^[A-Z]{3}$/.test(own) ? own : this.state?.plan.currency ?? '';
  }

  /** @param {Event} event */
  #goal(event) {
    const text = /** @type {HTMLInputElement} */ (event.target).value.trim();
    const read = readNumber(text, 'money');
    const typed = SIGNS[read.currency] ?? read.currency;
    const own = this.state?.report?.ledger.currency ?? '';
    const isOther = /^[A-Z]{3}$/.test(own) && /^[A-Z]{3}$/.test(typed) && typed !== own;
    this.wrong = isOther ? 'currency' : text && (read.value === null || read.value <= 0 || text.length > 40) ? 'number' : '';
    if (this.wrong) return;
    ask(this, { type: 'plan', change: { goal: read.value === null ? null : { text, value: read.value }, ...(/^[A-Z]{3}$/.test(typed) ? { currency: typed } : {}) } });
  }

  render() {
    const { state } = this;
    if (!state) return nothing;
    const { plan, planned, report } = state;
    const period = report?.period.from ? formatRange(report.period.from, report.period.to) : '';
    return html`<div class="kpi-stack" data-testid="plan" data-ready=${String(planned !== null && !state.planning)}>
      <div class="kpi-head"><h1>${t('place.plan')}</h1><p>${report ? t(period ? 'plan.lead' : 'plan.lead_undated', { period }) : t('plan.lead_empty')}</p></div>
      <div class="kpi-plan-ask"><label class="kpi-field">${t('plan.goal')}<input class="kpi-input ${this.wrong ? 'is-invalid' : ''}" inputmode="decimal" autocomplete="off" data-testid="plan-goal" aria-invalid=${this.wrong !== ''} aria-describedby="plan-goal-note"
            placeholder=${t('plan.goal_example')} .value=${plan.goal?.text ?? ''} @change=${this.#goal}>
          <span id="plan-goal-note" class=${this.wrong ? 'kpi-worse' : ''} role=${this.wrong ? 'alert' : nothing}>${this.wrong ? t(`plan.goal_wrong.${this.wrong}`, { currency: this.#currency() }) : plan.goal ? formatValue(plan.goal.value, 'money', this.#currency(), 'exact') : t('plan.goal_help')}</span></label>
        ${this.#segment(state)}
        <label class="kpi-field">${t('plan.basis')}<select class="kpi-input" data-testid="plan-basis" @change=${(/** @type {Event} */ event) => ask(this, { type: 'plan', change: { rates: /** @type {HTMLSelectElement} */ (event.target).value === 'cohort' ? 'cohort' : 'period' } })}>
            ${/** @type {const} */ (['period', 'cohort']).map((one) => html`<option value=${one} .selected=${one === plan.rates}>${t(`plan.basis_${one}`)}</option>`)}</select><span>${t('plan.basis_help')}</span></label>
        <label class="kpi-field">${t('plan.day')}<input class="kpi-input" type="date" data-testid="plan-day" .value=${plan.day} @change=${(/** @type {Event} */ event) => ask(this, { type: 'plan', change: { day: /** @type {HTMLInputElement} */ (event.target).value } })}><span>${t('plan.day_help')}</span></label></div>
      ${planned ? this.#answer(planned) : nothing}</div>`;
  }

  /** @param {AppState} state */
  #segment({ plan, report }) {
    const dimensions = inUsualOrder(report?.dimensions ?? []);
    if (!dimensions.length) return nothing;
    const chosen = dimensions.find((one) => one.id === plan.segment?.dimension) ?? null;
    const byDimension = (/** @type {Event} */ event) => {
      const one = dimensions.find(({ id }) => id === /** @type {HTMLSelectElement} */ (event.target).value);
      ask(this, { type: 'plan', change: { segment: one?.values[0] ? { dimension: one.id, key: one.values[0].key } : null } });
    };
    const byKey = (/** @type {Event} */ event) => chosen && ask(this, { type: 'plan', change: { segment: { dimension: chosen.id, key: /** @type {HTMLSelectElement} */ (event.target).value } } });
    return html`<label class="kpi-field">${t('plan.segment')}<select class="kpi-input" data-testid="plan-dimension" @change=${byDimension}><option value="" .selected=${!chosen}>${t('plan.all')}</option>
        ${dimensions.map((one) => html`<option value=${one.id} .selected=${one === chosen}>${t('plan.one_of', { name: fieldName(one.id) })}</option>`)}</select><span>${t('plan.segment_help')}</span></label>
      ${chosen ? html`<label class="kpi-field">${fieldName(chosen.id)}<select class="kpi-input" data-testid="plan-member" @change=${byKey}>${chosen.values.map((one) => html`<option value=${one.key} .selected=${one.key === plan.segment?.key}>${memberName(one)}</option>`)}</select></label>` : nothing}`;
  }

  /** @param {import('../engine/protocol.js').Plan} planned */
  #answer(planned) {
    const { plan } = /** @type {AppState} */ (this.state);
    const row = (/** @type {string} */ id) => planned.rows.find((one) => one.id === id);
    const [leads, spend] = [row('new_leads'), row('marketing_spend')];
    const goal = formatValue(planned.goal, 'money', row('revenue')?.currency);
    const { check } = planned;
    const isApart = spend?.needed != null && check.needed !== null && Math.abs(check.needed - spend.needed) > 0.005 * spend.needed;
    return html`${leads?.needed != null ? html`<p class="kpi-plan-says" data-testid="plan-says">${t(spend?.needed != null ? 'plan.says_spend' : 'plan.says', { goal, leads: needText(leads), spend: spend ? needText(spend) : '' })}
        ${spanText(leads) ? html`<span class="kpi-muted">${t('plan.between', { span: spanText(leads) })}</span>` : nothing}</p>` : nothing}
      <section class="kpi-sheetlike"><div class="kpi-table-bar"><h2>${t('plan.way_title')}</h2>
          <p role="status">${this.copied ? t(`plan.copy_${this.copied}`) : ''}</p>
          <span class="kpi-push kpi-plan-tools"><button type="button" class="kpi-button is-quiet is-small" data-testid="plan-copy" @click=${() => this.#copy(planned)}>${icon('copy')}${t('plan.copy')}</button>
          <button type="button" class="kpi-button is-quiet is-small" data-testid="plan-csv" @click=${() => download(t('plan.file'), toCsv(planTable(planned)))}>${icon('export')}${t('export.csv')}</button></span></div>
        <div class="kpi-table-wrap kpi-plan-wrap" tabindex="0" role="region" aria-label=${t('plan.way_title')}><kpi-plan-funnel .planned=${planned} .plan=${plan} currency=${this.#currency()}></kpi-plan-funnel></div>
        ${check.needed === null ? nothing : html`<p class="kpi-plan-foot ${isApart ? 'kpi-worse' : ''}" data-testid="plan-check" data-needed=${check.needed}>${t(isApart ? 'plan.check_apart' : 'plan.check', { spend: needText(check), rate: formatValue(check.rate?.value, 'money', check.currency) })}</p>`}
        ${planned.lead_times.map((time) => html`<p class="kpi-plan-foot" data-testid="lead-time" data-kpi=${time.kpi} data-days=${time.days} data-day=${time.day ?? nothing}>${leadTimeText(time)}</p>`)}
        <details class="kpi-more kpi-plan-foot" data-testid="plan-notes"><summary>${t('plan.how')}</summary><ul class="kpi-plan-notes">${NOTES.map((note) => html`<li>${t(`plan.how_${note}`)}</li>`)}</ul></details></section>
      <kpi-plan-levers .planned=${planned} .plan=${plan}></kpi-plan-levers>`;
  }

  /** Cells between tabs, as spreadsheets take them; the names are ours and begin with no formula. @param {import('../engine/protocol.js').Plan} planned */
  async #copy(planned) {
    const text = planTable(planned).map((cells) => cells.map((cell) => cell ?? '').join('\t')).join('\n');
    try {
      await navigator.clipboard.writeText(text);
      this.copied = 'done';
    } catch {
      this.copied = 'failed';  // a frame may not write to the clipboard
    }
  }
}

customElements.define('kpi-plan', KpiPlan);
