// Curves over a numeric axis: steps or lines, with bands behind them. What the numbers mean is the caller's business.
import { html, LitElement, nothing, svg } from 'lit';
import { valueAxis } from './scale.js';

/** @typedef {{name: string, points: [number, number][], step?: boolean, mark: string}} Curve `mark`: the class of the line */
/** @typedef {{points: [number, number, number][], mark: string}} Band x, low and high */

const HEIGHT = 240;
const MARGIN = { top: 12, right: 12, bottom: 28, left: 56 };
const LABEL_WIDTH = 72;

class KpiCurveChart extends LitElement {
  static properties = { curves: { attribute: false }, bands: { attribute: false }, summary: { attribute: false }, label: { attribute: false }, shown: { attribute: false }, ticks: { attribute: false }, ceiling: { type: Number }, width: { state: true } };

  constructor() {
    super();
    /** @type {Curve[]} */ this.curves = [];
    /** @type {Band[]} */ this.bands = [];
    this.summary = '';
    /** An x as a text. @type {(x: number) => string} */ this.label = String;
    /** A y as a text. @type {(y: number) => string} */ this.shown = String;
    /** Where the axis has labels; null: at round numbers. @type {number[]|null} */ this.ticks = null;
    /** The axis goes at least up to here. */ this.ceiling = 0;
    this.width = 0;
  }

  createRenderRoot() {
    return this;
  }

  #observer = new ResizeObserver(([entry]) => {
    this.width = Math.round(entry.contentRect.width);
  });

  connectedCallback() {
    super.connectedCallback();
    this.style.display = 'block';
    this.#observer.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  render() {
    if (!this.width) return html`<div class="kpi-plot"></div>`;
    const width = Math.max(this.width, 240);
    const xs = [...this.curves, ...this.bands].flatMap(({ points }) => points.map(([x]) => x));
    const ys = [this.ceiling, ...this.curves.flatMap(({ points }) => points.map(([, y]) => y)), ...this.bands.flatMap(({ points }) => points.flatMap(([, low, high]) => [low, high]))];
    const [first, last] = [Math.min(...xs), Math.max(...xs)];
    const at = (/** @type {number} */ x) => MARGIN.left + ((x - first) / Math.max(last - first, 1e-9)) * (width - MARGIN.left - MARGIN.right);
    const low = Math.min(0, ...ys);
    const high = Math.max(...ys);
    const y = valueAxis(low, high > low ? high : low + 1, 4, HEIGHT - MARGIN.bottom, MARGIN.top);
    const room = Math.max(2, Math.floor((width - MARGIN.left - MARGIN.right) / LABEL_WIDTH));
    const round = this.ticks ?? (last > first ? valueAxis(first, last, Math.min(room, 8), 0, 1).ticks.filter((x) => x >= first && x <= last) : [first]);
    const every = Math.ceil(round.length / room);
    return html`<div class="kpi-plot"><svg height=${HEIGHT} viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label=${this.summary} data-testid="curves">
      ${y.ticks.map((tick) => svg`<line class=${tick === 0 ? 'is-base' : 'is-grid'} x1=${MARGIN.left} x2=${width - MARGIN.right} y1=${y.at(tick)} y2=${y.at(tick)}></line>
        <text x=${MARGIN.left - 8} y=${y.at(tick) + 4} text-anchor="end">${this.shown(tick)}</text>`)}
      ${round.map((x, i) => (i % every ? nothing : svg`<text x=${at(x)} y=${HEIGHT - 8} text-anchor=${at(x) > width - 40 ? 'end' : 'middle'}>${this.label(x)}</text>`))}
      ${this.bands.map(({ points, mark }) => svg`<path class=${mark} d=${`M${[...points.map(([x, l]) => `${at(x)},${y.at(l)}`), ...[...points].reverse().map(([x, , h]) => `${at(x)},${y.at(h)}`)].join('L')}Z`}></path>`)}
      ${this.curves.map(({ points, mark, step }) => svg`<path class=${mark} d=${path(points, at, y.at, step === true)}></path>`)}
    </svg></div>`;
  }
}

/** @param {[number, number][]} points @param {(x: number) => number} x @param {(y: number) => number} y @param {boolean} step */
function path(points, x, y, step) {
  return points.map(([px, py], i) => (i === 0 ? `M${x(px)},${y(py)}` : step ? `H${x(px)}V${y(py)}` : `L${x(px)},${y(py)}`)).join('');
}

customElements.define('kpi-curve-chart', KpiCurveChart);
