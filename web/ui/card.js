// One KPI: name, value, change, trend, how sure; the whole card opens its explanation.
import { html, nothing } from 'lit';
import { sparkline } from '../charts/sparkline.js';
import { formatCount, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { isFew } from './certainty.js';
import { ask, KpiElement } from './element.js';
import { changeLine } from './change.js';
import { icon } from './icons.js';
import { kpiName, reasonTitle } from './names.js';
import { targetLine } from './target-line.js';

/** @typedef {import('../engine/protocol.js').ReportKpi} ReportKpi */

/** @param {ReportKpi} kpi @returns {'ready'|'doubtful'|'needs'|'undefined'} */
export function cardState(kpi) {
  if (kpi.value !== null) return kpi.checks.length ? 'doubtful' : 'ready';
  return kpi.undefined?.code === 'missing_input' ? 'needs' : 'undefined';
}

const DURATIONS = ['seconds', 'hours', 'days', 'months', 'years'];

/** A value with its unit in small type. @param {ReportKpi} kpi */
export function valueText(kpi) {
  const unit = DURATIONS.includes(kpi.display) ? t(`unit.${kpi.display}`, { count: Math.round(kpi.value ?? 0) }) : kpi.display === 'money_per_day' ? t('unit.per_day') : '';
  return html`<bdi>${formatValue(kpi.value, kpi.display, kpi.currency)}</bdi>${unit ? html` <small>${unit}</small>` : nothing}`;
}

class KpiCard extends KpiElement {
  static properties = { kpi: { attribute: false }, compare: { attribute: false } };

  constructor() {
    super();
    /** @type {ReportKpi} */ this.kpi = /** @type {any} */ (null);
    /** @type {string|null} */ this.compare = null;
  }

  render() {
    const { kpi } = this;
    const state = cardState(kpi);
    return html`<button type="button" class="kpi-card" data-testid="kpi-card" data-kpi=${kpi.id} data-state=${state} data-value=${kpi.value ?? nothing} data-currency=${kpi.currency}
        aria-haspopup="dialog" @click=${() => ask(this, { type: 'explain', kpi: kpi.id })}>
      <span class="kpi-card-name"><span class="kpi-cut" title=${kpiName(kpi.id)}>${kpiName(kpi.id)}</span>
        ${state === 'doubtful' ? html`<span class="kpi-doubtful">${icon('warning')}<span class="kpi-hidden">${t('card.doubtful')}</span></span>` : nothing}</span>
      ${kpi.value === null ? this.#without() : html`<span class="kpi-value ${isFew(kpi.interval ? kpi.denominator : undefined) ? 'is-few' : ''}">${valueText(kpi)}${kpi.basis ? html` <small>${t(`basis.chip.${kpi.basis}`)}</small>` : nothing}</span>
        ${this.compare ? changeLine(kpi, this.compare) : nothing}
        ${targetLine(kpi)}
        ${sparkline(kpi.series, kpi.compare_series, kpi.target_series)}
        <span class="kpi-fine">${this.#fine()}</span>`}
    </button>`;
  }

  #without() {
    const { kpi } = this;
    return html`<span class="kpi-value kpi-muted">\u2013</span><span class="kpi-reason">${kpi.undefined ? reasonTitle(kpi.undefined) : ''}</span>`;
  }

  /** Interval and n of a rate; the check of a doubtful value comes first. */
  #fine() {
    const { kpi } = this;
    const share = kpi.maturity?.value ?? null;
    if (kpi.checks.length) {
      const [{ code }] = kpi.checks;
      return `${t(`code.${code}.title`)}${code === 'cohort_immature' && share !== null ? ` \u00b7 ${t('basis.complete', { share: formatPercent(share) })}` : ''}`;
    }
    return kpi.interval && kpi.denominator !== undefined
      ? t('card.interval', { low: formatPercent(kpi.interval[0]), high: formatPercent(kpi.interval[1]), n: formatCount(kpi.denominator) })
      : nothing;
  }
}

customElements.define('kpi-card', KpiCard);
