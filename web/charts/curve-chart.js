// Curves over a numeric axis: steps or lines, with bands behind them and dots on them. What the numbers mean is the caller's business.
import { html, svg } from 'lit';
import { gridLines, HEIGHT, heightAxis, KpiPlot, labelRoom, MARGIN, stepLabels } from './plot.js';
import { valueAxis } from './scale.js';

/** @typedef {{name: string, points: [number, number|null][], step?: boolean, mark: string}} Curve `mark`: the class of the line; it breaks where there is no value */
/** @typedef {{points: [number, number, number][], mark: string}} Band x, low and high */
/** @typedef {{x: number, y: number, mark: string}} Dot */

class KpiCurveChart extends KpiPlot {
  static properties = { ...KpiPlot.properties, curves: { attribute: false }, bands: { attribute: false }, dots: { attribute: false }, summary: { attribute: false }, label: { attribute: false }, shown: { attribute: false }, ticks: { attribute: false }, ceiling: { type: Number } };

  constructor() {
    super();
    /** @type {Curve[]} */ this.curves = [];
    /** @type {Band[]} */ this.bands = [];
    /** @type {Dot[]} */ this.dots = [];
    this.summary = '';
    /** An x as a text. @type {(x: number) => string} */ this.label = String;
    /** A y as a text. @type {(y: number) => string} */ this.shown = String;
    /** Where the axis has labels; null: at round numbers. @type {number[]|null} */ this.ticks = null;
    /** The axis goes at least up to here. */ this.ceiling = 0;
  }

  render() {
    if (!this.width) return html`<div class="kpi-plot"></div>`;
    const width = this.drawnWidth;
    const xs = [...this.curves, ...this.bands].flatMap(({ points }) => points.map(([x]) => x));
    const y = heightAxis([this.ceiling, ...this.curves.flatMap(({ points }) => points.flatMap(([, value]) => value ?? [])), ...this.bands.flatMap(({ points }) => points.flatMap(([, low, high]) => [low, high]))]);
    const [first, last] = [Math.min(...xs), Math.max(...xs)];
    const at = (/** @type {number} */ x) => MARGIN.left + ((x - first) / Math.max(last - first, 1e-9)) * (width - MARGIN.left - MARGIN.right);
    const round = this.ticks ?? (last > first ? valueAxis(first, last, Math.min(labelRoom(width), 8), 0, 1).ticks.filter((x) => x >= first && x <= last) : [first]);
    return html`<div class="kpi-plot"><svg height=${HEIGHT} viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label=${this.summary} data-testid="curves">
      ${gridLines(y, width, this.shown)}
      ${stepLabels(round.map(at), width, (i) => this.label(round[i]))}
      ${this.bands.map(({ points, mark }) => svg`<path class=${mark} d=${`M${[...points.map(([x, l]) => `${at(x)},${y.at(l)}`), ...[...points].reverse().map(([x, , h]) => `${at(x)},${y.at(h)}`)].join('L')}Z`}></path>`)}
      ${this.curves.map(({ points, mark, step }) => svg`<path class=${mark} d=${path(points, at, y.at, step === true)}></path>`)}
      ${this.dots.map((dot) => svg`<circle class=${dot.mark} data-testid="curve-dot" cx=${at(dot.x)} cy=${y.at(dot.y)} r="5"></circle>`)}
    </svg></div>`;
  }
}

/** @param {[number, number|null][]} points @param {(x: number) => number} x @param {(y: number) => number} y @param {boolean} step */
function path(points, x, y, step) {
  return points.map(([px, py], i) => (py === null ? '' : i === 0 || points[i - 1][1] === null ? `M${x(px)},${y(py)}${(points[i + 1]?.[1] ?? null) === null ? 'Z' : ''}` : step ? `H${x(px)}V${y(py)}` : `L${x(px)},${y(py)}`)).join('');
}

customElements.define('kpi-curve-chart', KpiCurveChart);
