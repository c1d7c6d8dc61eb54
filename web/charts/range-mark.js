// A value and its interval on a line, several below each other to one scale. Decorative: a table beside it has the figures.
import { html, svg } from 'lit';

/**
 * The stretch that holds all intervals, with a little room, from 0 where that is near.
 * @param {{low: number, high: number}[]} ranges
 * @returns {[number, number]}
 */
export function rangeScale(ranges) {
  const low = Math.min(...ranges.map((one) => one.low));
  const high = Math.max(...ranges.map((one) => one.high));
  const room = (high - low) * 0.08 || 0.01;
  return [low >= 0 && low < room * 4 ? 0 : low - room, high + room];
}

/**
 * @param {{value: number|null, low: number, high: number}} mark
 * @param {[number, number]} scale
 * @param {string} [kind] class of the mark
 */
export function rangeMark({ value, low, high }, [from, to], kind = '') {
  const x = (/** @type {number} */ at) => `${(((at - from) / (to - from)) * 100).toFixed(2)}%`;
  return html`<svg class="kpi-range ${kind}" aria-hidden="true" width="100%" height="24">${svg`
    <line class="is-scale" x1="0" x2="100%" y1="12" y2="12"></line>
    <line class="is-span" x1=${x(low)} x2=${x(high)} y1="12" y2="12"></line>
    ${[low, high].map((end) => svg`<line class="is-span" x1=${x(end)} x2=${x(end)} y1="7" y2="17"></line>`)}
    ${value === null ? '' : svg`<circle cx=${x(value)} cy="12" r="5"></circle>`}`}</svg>`;
}
