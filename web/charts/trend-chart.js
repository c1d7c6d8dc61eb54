// A KPI over time: bars from zero for what adds up, a line for rates and averages; the comparison ghosted behind.
import { html, nothing, svg } from 'lit';
import { formatBucket, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { linePath } from './path.js';
import { gridLines, HEIGHT, heightAxis, KpiPlot, MARGIN, stepLabels } from './plot.js';
import { bands } from './scale.js';
import { isPartial } from './trend-text.js';

/** @typedef {import('../engine/protocol.js').Report} Report */
/** @typedef {import('../engine/protocol.js').ReportKpi} ReportKpi */
/** @typedef {{x: import('./scale.js').Bands, y: import('./scale.js').ValueAxis, width: number, bars: boolean}} Frame */

const ADDS_UP = ['impression', 'click', 'session', 'lead', 'mql', 'sal', 'sql', 'deal', 'customer', 'money'];

class KpiTrendChart extends KpiPlot {
  static properties = { ...KpiPlot.properties, kpi: { attribute: false }, report: { attribute: false }, summary: { attribute: false }, at: { state: true } };

  constructor() {
    super();
    /** @type {ReportKpi} */ this.kpi = /** @type {any} */ (null);
    /** @type {Report} */ this.report = /** @type {any} */ (null);
    this.summary = '';
    /** @type {number|null} the step that is pointed at */ this.at = null;
  }

  /** @returns {Frame} */
  #frame() {
    const { kpi } = this;
    const values = [...kpi.series, ...(kpi.compare_series ?? []), ...(kpi.target_series ?? [])].filter((one) => one !== null).map(Number);
    const bars = ADDS_UP.includes(kpi.unit) && values.every((value) => value >= 0);
    const width = this.drawnWidth;
    const steps = Math.max(kpi.series.length, kpi.compare_series?.length ?? 0);
    return {
      x: bands(steps, steps > 60 ? 0.1 : 0.3, MARGIN.left, width - MARGIN.right),
      y: heightAxis(values),
      width, bars,
    };
  }

  render() {
    if (!this.width) return html`<div class="kpi-plot"></div>`;
    const frame = this.#frame();
    return html`<div class="kpi-plot" @pointermove=${(/** @type {PointerEvent} */ event) => this.#point(event, frame)} @pointerleave=${() => { this.at = null; }}>
      <svg height=${HEIGHT} viewBox="0 0 ${frame.width} ${HEIGHT}" role="img" tabindex="0" aria-label=${this.summary} data-testid="chart" @keydown=${this.#key} @blur=${() => { this.at = null; }}>
        ${svg`<defs><pattern id="kpi-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="is-hatch" d="M0 0V6"></path></pattern></defs>`}
        ${this.#axes(frame)}
        ${this.#marks(frame)}
        ${this.#targets(frame)}
      </svg>
      ${this.at === null ? nothing : this.#tip(frame, this.at)}
    </div>`;
  }

  /** @param {Frame} frame */
  #axes({ x, y, width }) {
    const { kpi, report } = this;
    return svg`${gridLines(y, width, (tick) => formatValue(tick, kpi.display, kpi.currency, 'axis'))}
      ${stepLabels(report.buckets.map((_, i) => x.middle(i)), width, (i) => formatBucket(report.buckets[i], report.period.grain))}`;
  }

  /** @param {Frame} frame */
  #marks(frame) {
    const { x, y, bars } = frame;
    const { kpi, report } = this;
    const before = kpi.compare_series ?? [];
    const ghost = before.length && !bars ? svg`<path class="is-ghost-line" d=${linePath(before, x.middle, y.at)}></path>` : nothing;
    const cursor = this.at === null ? nothing : svg`<line class="is-cursor" x1=${x.middle(this.at)} x2=${x.middle(this.at)} y1=${MARGIN.top} y2=${HEIGHT - MARGIN.bottom}></line>`;
    if (bars) {
      const inset = before.length ? x.width * 0.22 : 0;
      const height = (/** @type {number} */ value) => Math.max(0, y.at(0) - y.at(value));
      return svg`${before.map((value, i) => (value === null ? nothing : svg`<rect class="is-ghost-bar" x=${x.start(i)} width=${x.width} y=${y.at(value)} height=${height(value)} rx=${Math.min(2, x.width / 4)}></rect>`))}
        ${kpi.series.map((value, i) => (value === null ? nothing : svg`<rect class=${isPartial(kpi, report, i) ? 'is-bar-partial' : this.at !== null && this.at !== i ? 'is-bar-off' : 'is-bar'} x=${x.start(i) + inset} width=${x.width - 2 * inset}
        y=${y.at(value)} height=${height(value)} rx=${Math.min(2, x.width / 4)}></rect>`))}`;
    }
    const dots = kpi.series.length <= 40;
    return svg`${ghost}${cursor}<path class="is-line" d=${linePath(kpi.series, x.middle, y.at)}></path>
      ${kpi.series.map((value, i) => (value === null || !(dots || this.at === i) ? nothing : svg`<circle class=${isPartial(kpi, report, i) ? 'is-partial' : 'is-dot'} cx=${x.middle(i)} cy=${y.at(value)} r=${this.at === i ? 5 : 3.5}></circle>`))}`;
  }

  /** What was aimed at, a dash across each step. @param {Frame} frame */
  #targets({ x, y }) {
    return svg`${(this.kpi.target_series ?? []).map((value, i) => (value === null ? nothing : svg`<line class="is-target" data-testid="chart-target" x1=${x.start(i)} x2=${x.start(i) + x.width} y1=${y.at(value)} y2=${y.at(value)}></line>`))}`;
  }

  /** @param {Frame} frame @param {number} at */
  #tip(frame, at) {
    const { kpi, report } = this;
    const bucket = report.buckets[at];
    if (!bucket) return nothing;
    const middle = frame.x.middle(at);
    const after = middle < frame.width / 2;
    const before = kpi.compare_series?.[at];
    return html`<div class="kpi-tip" data-testid="tip" .style=${after ? `left: ${middle + 12}px` : `right: ${frame.width - middle + 12}px`}>
      <span>${formatBucket(bucket, report.period.grain)}${isPartial(kpi, report, at) ? ` \u00b7 ${t('trend.partial')}` : ''}</span><strong>${formatValue(kpi.series[at], kpi.display, kpi.currency, 'exact')}</strong>
      ${(kpi.target_series?.[at] ?? null) === null ? nothing : html`<span>${t('trend.target')}: ${formatValue(kpi.target_series?.[at], kpi.display, kpi.currency, 'exact')}</span><br>`}
      ${kpi.compare_series ? html`<span>${t('trend.before')}: ${formatValue(before, kpi.display, kpi.currency, 'exact')}</span>` : nothing}</div>`;
  }

  /** @param {PointerEvent} event @param {Frame} frame */
  #point(event, frame) {
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const step = Math.floor((event.clientX - box.left - MARGIN.left) / frame.x.step);
    this.at = step >= 0 && step < this.report.buckets.length ? step : null;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const last = this.report.buckets.length - 1;
    const move = { ArrowRight: (this.at ?? -1) + 1, ArrowLeft: (this.at ?? last + 1) - 1, Home: 0, End: last }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    this.at = Math.max(0, Math.min(last, move));
  }
}

customElements.define('kpi-trend-chart', KpiTrendChart);
