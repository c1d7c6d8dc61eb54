// One KPI over time: the finding as a title, the chart, and the same figures as a table.
import { html } from 'lit';
import '../charts/trend-chart.js';
import { isPartial, trendSentence, trendTitle } from '../charts/trend-text.js';
import { formatBucket, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { kpiName } from './names.js';

/** @typedef {import('../engine/protocol.js').Report} Report */
/** @typedef {import('../engine/protocol.js').ReportKpi} ReportKpi */

class KpiTrend extends KpiElement {
  static properties = { report: { attribute: false }, kpi: { attribute: false }, fixed: { type: Boolean }, table: { state: true } };

  constructor() {
    super();
    /** @type {Report} */ this.report = /** @type {any} */ (null);
    /** @type {ReportKpi} */ this.kpi = /** @type {any} */ (null);
    this.fixed = false;  // within an explanation: no choice of another KPI
    this.table = false;
  }

  render() {
    const { report, kpi } = this;
    const title = trendTitle(kpi, report, kpiName(kpi.id));
    const sentence = trendSentence(kpi, report);
    return html`<section class="${this.fixed ? '' : 'kpi-sheetlike'} kpi-trend" data-testid="trend" aria-label=${t('trend.label', { name: kpiName(kpi.id) })}>
      <div class="kpi-trend-head"><div><h2>${title}</h2><p>${kpiName(kpi.id)} ${t(`trend.by.${report.period.grain}`)}</p></div>
        <div class="kpi-trend-tools">
          ${this.fixed ? '' : html`<select class="kpi-input is-small" aria-label=${t('trend.choose')} data-testid="trend-kpi" @change=${(/** @type {Event} */ event) => ask(this, { type: 'query', change: { focus: /** @type {HTMLSelectElement} */ (event.target).value } })}>
            ${report.kpis.filter((one) => one.value !== null && one.series.length).map((one) => html`<option value=${one.id} .selected=${one.id === kpi.id}>${kpiName(one.id)}</option>`)}</select>`}
          <button type="button" class="kpi-button is-small" aria-pressed=${this.table} data-testid="trend-table" @click=${() => { this.table = !this.table; }}>${t(this.table ? 'trend.as_chart' : 'trend.as_table')}</button>
        </div></div>
      ${this.table ? this.#twin() : html`<kpi-trend-chart .kpi=${kpi} .report=${report} .summary=${sentence}></kpi-trend-chart>`}
      <p class="kpi-small kpi-muted">${sentence}${this.#aims() ? ` ${t('trend.target_note')}` : ''}</p>
    </section>`;
  }

  #aims() {
    return this.kpi.target_series?.some((one) => one !== null) ?? false;
  }

  #twin() {
    const { report, kpi } = this;
    const before = kpi.compare_series;
    const aims = this.#aims() ? kpi.target_series : undefined;
    return html`<div class="kpi-table-wrap kpi-framed" tabindex="0" role="region" aria-label=${kpiName(kpi.id)}><table class="kpi-table"><caption class="kpi-hidden">${kpiName(kpi.id)}</caption>
      <thead><tr><th scope="col"><span>${t('trend.bucket')}</span></th><th scope="col"><span>${kpiName(kpi.id)}</span></th>${aims ? html`<th scope="col"><span>${t('trend.target')}</span></th>` : ''}${before ? html`<th scope="col"><span>${t('trend.before')}</span></th>` : ''}</tr></thead>
      <tbody>${report.buckets.map((bucket, i) => html`<tr><th scope="row">${formatBucket(bucket, report.period.grain)}${isPartial(kpi, report, i) ? html` <small class="kpi-muted">${t('trend.partial')}</small>` : ''}</th>
        <td>${formatValue(kpi.series[i], kpi.display, kpi.currency, 'exact')}</td>${aims ? html`<td>${formatValue(aims[i], kpi.display, kpi.currency, 'exact')}</td>` : ''}${before ? html`<td>${formatValue(before[i], kpi.display, kpi.currency, 'exact')}</td>` : ''}</tr>`)}</tbody></table></div>`;
  }
}

customElements.define('kpi-trend', KpiTrend);
