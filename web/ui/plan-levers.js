// What each factor of the pipeline's velocity would bring if it were somewhat better.
import { html, nothing } from 'lit';
import { formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { kpiName, listOf } from './names.js';
import './plan-rate.js';
import { planReason } from './plan-words.js';

/** Days of a month and a quarter, as the usual readings of a velocity take them. */
const SPANS = /** @type {const} */ ([['day', 1], ['month', 30], ['quarter', 90]]);

class KpiPlanLevers extends KpiElement {
  static properties = { planned: { attribute: false }, plan: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../engine/protocol.js').Plan|null} */ this.planned = null;
    /** @type {import('../state/plan.js').PlanInput} */ this.plan = /** @type {any} */ (null);
  }

  /** @param {Event} event */
  #change(event) {
    const share = Number(/** @type {HTMLInputElement} */ (event.target).value) / 100;
    if (share > 0 && share < 1) ask(this, { type: 'plan', change: { change: share } });
  }

  render() {
    const { planned, plan } = this;
    if (!planned || !plan) return nothing;
    const { velocity, levers } = planned;
    const money = (/** @type {number|null} */ value, /** @type {string} */ detail) => formatValue(value, 'money', velocity.currency, /** @type {any} */ (detail));
    return html`<section class="kpi-sheetlike" aria-labelledby="plan-levers" data-testid="levers" data-velocity=${velocity.value ?? nothing}>
      <div class="kpi-table-bar"><h2 id="plan-levers">${t('plan.levers.title')}</h2>
        <p>${velocity.value === null ? this.#why(planned) : t('plan.levers.velocity', { day: money(velocity.value, 'short'), month: money(velocity.value * 30, 'short') })}</p>
        <label class="kpi-field kpi-push">${t('plan.levers.by')}<input type="range" min="1" max="50" step="1" data-testid="plan-change" .value=${String(Math.round(plan.change * 100))} aria-valuetext=${formatPercent(plan.change)} @input=${this.#change}>
          <output class="kpi-figure kpi-plan-percent">${formatPercent(plan.change, 'exact')}</output></label></div>
      <div class="kpi-table-wrap"><table class="kpi-table kpi-plan-table">
        <thead><tr><th scope="col"><span>${t('plan.levers.factor')}</span></th>${SPANS.map(([span]) => html`<th scope="col"><span>${t(`plan.levers.${span}`)}</span></th>`)}</tr></thead>
        <tbody>${levers.map((lever) => html`<tr data-testid="lever" data-kpi=${lever.kpi} data-gain=${lever.gain ?? nothing}>
          <th scope="row"><kpi-plan-rate name=${lever.kpi} scope="lever" display=${lever.display} currency=${lever.currency} label=${this.#label(lever.kpi)} note=${t(`plan.from.${lever.source}`)} .value=${lever.value} .entry=${plan.typed[lever.kpi] ?? null}></kpi-plan-rate></th>
          ${SPANS.map(([span, days]) => html`<td data-label=${t(`plan.levers.${span}`)}>${lever.gain === null ? money(null, 'cell') : `+${money(lever.gain * days, 'cell')}`}</td>`)}</tr>`)}</tbody></table></div>
      <p class="kpi-plan-foot">${t('plan.levers.help')}</p></section>`;
  }

  /** Factors can be typed, what they are made of cannot: those are named. @param {import('../engine/protocol.js').Plan} planned */
  #why({ velocity, levers }) {
    const missing = levers.filter((one) => one.undefined?.code === 'missing_input').map((one) => kpiName(one.kpi));
    if (missing.length) return t('undefined.missing_input.title', { inputs: listOf(missing) });
    return velocity.undefined ? planReason(velocity.undefined) : '';
  }

  /** @param {string} kpi */
  #label(kpi) {
    const share = formatPercent(this.plan.change, 'exact');
    return kpi === 'sales_cycle_from_creation' ? t('plan.levers.shorter', { name: kpiName(kpi), share }) : t('plan.levers.more', { name: kpiName(kpi), share });
  }
}

customElements.define('kpi-plan-levers', KpiPlanLevers);
