// What the charts with axes share: the room they have, the lines across it and the labels below.
import { LitElement, nothing, svg } from 'lit';
import { valueAxis } from './scale.js';

export const HEIGHT = 240;
export const MARGIN = { top: 12, right: 12, bottom: 28, left: 56 };
const LEAST_WIDTH = 240;
const LABEL_WIDTH = 84;
const EDGE = 40;

/** A chart that is drawn anew at every width it gets; `width` is 0 until then. */
export class KpiPlot extends LitElement {
  static properties = { width: { state: true } };

  constructor() {
    super();
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

  /** In pixels, as drawn. */
  get drawnWidth() {
    return Math.max(this.width, LEAST_WIDTH);
  }
}

/** The axis of values from 0 or the least up to the most. @param {number[]} values */
export function heightAxis(values) {
  const low = Math.min(0, ...values);
  const high = values.length ? Math.max(...values) : 1;
  return valueAxis(low, high > low ? high : low + 1, 4, HEIGHT - MARGIN.bottom, MARGIN.top);
}

/** @param {import('./scale.js').ValueAxis} y @param {number} width @param {(value: number) => string} shown */
export const gridLines = (y, width, shown) => svg`${y.ticks.map((tick) => svg`<line class=${tick === 0 ? 'is-base' : 'is-grid'} x1=${MARGIN.left} x2=${width - MARGIN.right} y1=${y.at(tick)} y2=${y.at(tick)}></line>
  <text x=${MARGIN.left - 8} y=${y.at(tick) + 4} text-anchor="end">${shown(tick)}</text>`)}`;

/** How many labels there is room for. @param {number} width */
export const labelRoom = (width) => Math.max(2, Math.floor((width - MARGIN.left - MARGIN.right) / LABEL_WIDTH));

/** As many of the labels as there is room for, evenly. @param {number[]} at pixels @param {number} width @param {(i: number) => string} text */
export function stepLabels(at, width, text) {
  const every = Math.max(1, Math.ceil(at.length / labelRoom(width)));
  return at.map((x, i) => (i % every ? nothing : svg`<text x=${x} y=${HEIGHT - 8} text-anchor=${x > width - EDGE ? 'end' : 'middle'}>${text(i)}</text>`));
}
