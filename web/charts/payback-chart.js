// What has come back of the cost of customers, month by month: a thin line for each cohort, a thick one for all, and the cost itself.
import { html, svg } from 'lit';
import { linePath } from './path.js';

/** Beyond twice the cost nothing is at stake. */
const MOST = 2;

/**
 * Stretched to the room there is; what it says stands in the table below and in `summary`.
 * @param {{cohorts: number[][], all: number[], summary: string, cost: string, first: string, last: string}} chart shares of the cost earned by the end of each month
 */
export function paybackChart({ cohorts, all, summary, cost, first, last }) {
  const months = Math.max(2, all.length, ...cohorts.map((one) => one.length));
  const x = (/** @type {number} */ i) => (i / (months - 1)) * 100;
  const y = (/** @type {number} */ share) => 100 - (Math.max(0, Math.min(MOST, share)) / MOST) * 100;
  const upTo = (/** @type {number[]} */ shares) => {
    const end = shares.findIndex((share) => share >= MOST);
    return end < 0 ? shares : shares.slice(0, end + 1);
  };
  return html`<figure class="kpi-payback" data-testid="payback-chart"><svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label=${summary}>
      ${svg`<line class="is-cost" x1="0" x2="100" y1=${y(1)} y2=${y(1)}></line>${cohorts.map((shares) => svg`<path class="is-cohort" d=${linePath(upTo(shares), x, y)}></path>`)}<path class="is-line" d=${linePath(upTo(all), x, y)}></path>`}</svg>
    <span class="kpi-payback-cost">${cost}</span><figcaption><span>${first}</span><span>${last}</span></figcaption></figure>`;
}
