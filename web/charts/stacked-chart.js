// Columns over time, gains stacked above the line and losses below it. What the numbers mean is the caller's business.
import { html, nothing, svg } from 'lit';
import { gridLines, HEIGHT, KpiPlot, MARGIN } from './plot.js';
import { bands, valueAxis } from './scale.js';

/** @typedef {{label: string, gains: number[], losses: number[], faint?: boolean}} Column `gains` and `losses` not negative, each in the order of their marks */

const LABEL_WIDTH = 68;
const sum = (/** @type {number[]} */ all) => all.reduce((x, y) => x + y, 0);

class KpiStackedChart extends KpiPlot {
  static properties = { ...KpiPlot.properties, columns: { attribute: false }, gains: { attribute: false }, losses: { attribute: false }, summary: { attribute: false }, shown: { attribute: false } };

  constructor() {
    super();
    /** @type {Column[]} */ this.columns = [];
    /** Classes of the parts above the line. @type {string[]} */ this.gains = [];
    /** Classes of the parts below it. @type {string[]} */ this.losses = [];
    this.summary = '';
    /** A value as a text. @type {(value: number) => string} */ this.shown = String;
  }

  render() {
    if (!this.width) return html`<div class="kpi-plot"></div>`;
    const width = this.drawnWidth;
    const { columns } = this;
    const high = Math.max(0, ...columns.map(({ gains }) => sum(gains)));
    const low = Math.min(0, ...columns.map(({ losses }) => 0 - sum(losses)));
    const y = valueAxis(low, high > low ? high : low + 1, 4, HEIGHT - MARGIN.bottom, MARGIN.top);
    const x = bands(columns.length, columns.length > 60 ? 0.1 : 0.3, MARGIN.left, width - MARGIN.right);
    const wide = Math.min(x.width, 64);
    const every = Math.max(1, Math.ceil((columns.length * LABEL_WIDTH) / (width - MARGIN.left - MARGIN.right)));
    /** @param {number[]} parts @param {string[]} marks @param {number} sign @param {number} at @param {boolean} faint */
    const stack = (parts, marks, sign, at, faint) => parts.map((part, i) => {
      const from = y.at(sign * sum(parts.slice(0, i)));
      const to = y.at(sign * sum(parts.slice(0, i + 1)));
      return part > 0 ? svg`<rect class="${marks[i] ?? ''} ${faint ? 'is-faint' : ''}" x=${x.middle(at) - wide / 2} width=${wide} y=${Math.min(from, to)} height=${Math.abs(to - from)}></rect>` : nothing;
    });
    return html`<div class="kpi-plot"><svg height=${HEIGHT} viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label=${this.summary} data-testid="stacked">
      ${gridLines(y, width, this.shown)}
      ${columns.map((column, i) => svg`${stack(column.gains, this.gains, 1, i, column.faint === true)}${stack(column.losses, this.losses, -1, i, column.faint === true)}
        ${i % every ? nothing : svg`<text x=${x.middle(i)} y=${HEIGHT - 8} text-anchor="middle">${column.label}</text>`}`)}
      <line class="is-base" x1=${MARGIN.left} x2=${width - MARGIN.right} y1=${y.at(0)} y2=${y.at(0)}></line></svg></div>`;
  }
}

customElements.define('kpi-stacked-chart', KpiStackedChart);
