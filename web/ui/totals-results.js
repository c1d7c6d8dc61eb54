// The KPIs that typed figures give, as they are typed: those calculated from several figures first.
import { html, nothing } from 'lit';
import { formatCount } from '../format/format.js';
import { t } from '../i18n/translate.js';
import './card.js';
import { cardState } from './card.js';
import { KpiElement } from './element.js';
import { icon } from './icons.js';
import { compareWords, listOf, measureName } from './names.js';

/** @typedef {import('../engine/protocol.js').ReportKpi} ReportKpi */

class KpiTotalsResults extends KpiElement {
  static properties = { report: { attribute: false }, form: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../engine/protocol.js').Report|null} */ this.report = null;
    /** @type {import('../state/typed-form.js').Form|null} */ this.form = null;
  }

  render() {
    const { report, form } = this;
    if (!form) return nothing;
    const kpis = this.#kpis();
    const some = kpis.filter((kpi) => kpi.value !== null).length;
    const none = form.figures ? t('totals.results.waiting') : t('totals.results.none');
    return html`<section class="kpi-sheetlike kpi-typed-results" aria-labelledby="typed-results" data-testid="results" data-count=${some}>
      <h2 id="typed-results">${some ? t('totals.results.some', { count: some, shown: formatCount(some) }) : t('totals.results.title')}</h2>
      ${kpis.length ? html`<div class="kpi-cells">${kpis.map((kpi) => html`<kpi-card .kpi=${kpi} .compare=${compareWords(report?.period.compare)}></kpi-card>`)}</div>` : html`<p class="kpi-muted">${none}</p>`}
      </section><div class="kpi-typed-says">${form.gaps.length ? html`<p data-testid="gaps">${icon('question')}<span>${t('totals.gaps', { measures: listOf(form.gaps.map(measureName)) })}</span></p>` : nothing}
      <p class="kpi-worse" role="status" data-testid="wrong-count" data-count=${form.wrong}>${form.wrong ? html`${icon('warning')}${t('totals.results.wrong', { count: form.wrong, shown: formatCount(form.wrong) })}` : nothing}</p></div>`;
  }

  /** @returns {ReportKpi[]} */
  #kpis() {
    const given = new Set(this.form?.kpis);
    const rank = (/** @type {ReportKpi} */ kpi) => (kpi.value === null ? 2 : 0) + Number(this.form?.plain.includes(kpi.id));
    return (this.report?.kpis ?? []).filter((kpi) => given.has(kpi.id) && cardState(kpi) !== 'needs').sort((a, b) => rank(a) - rank(b));
  }
}

customElements.define('kpi-totals-results', KpiTotalsResults);
