// Chances given against what came true, with the diagonal on which both are the same. A table beside it has the figures.
import { html, svg } from 'lit';

const SIZE = 300;
const MARGIN = { top: 10, end: 20, bottom: 42, start: 66 };

/**
 * @param {{predicted: number, observed: number, low: number, high: number}[]} bins
 * @param {{summary: string, across: string, up: string, label: (share: number) => string}} words
 */
export function calibrationChart(bins, { summary, across, up, label }) {
  const most = Math.max(...bins.flatMap(({ predicted, high }) => [predicted, high]));
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25].find((one) => most / one <= 5) ?? 0.25;
  const end = Math.min(1, Math.ceil(most / step - 1e-9) * step);
  const x = (/** @type {number} */ share) => MARGIN.start + (share / end) * (SIZE - MARGIN.start - MARGIN.end);
  const y = (/** @type {number} */ share) => SIZE - MARGIN.bottom - (share / end) * (SIZE - MARGIN.top - MARGIN.bottom);
  const ticks = Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, i) => i * step);
  return html`<div class="kpi-plot kpi-calibration"><svg viewBox="0 0 ${SIZE} ${SIZE}" width=${SIZE} height=${SIZE} role="img" aria-label=${summary} data-testid="calibration-chart">
    ${ticks.map((tick) => svg`<line class=${tick === 0 ? 'is-base' : 'is-grid'} x1=${x(0)} x2=${x(end)} y1=${y(tick)} y2=${y(tick)}></line>
      <text x=${x(0) - 6} y=${y(tick) + 4} text-anchor="end">${label(tick)}</text><text x=${x(tick)} y=${y(0) + 16} text-anchor="middle">${label(tick)}</text>`)}
    <line class="is-right" x1=${x(0)} y1=${y(0)} x2=${x(end)} y2=${y(end)}></line>
    ${bins.map(({ predicted, observed, low, high }) => svg`<line class="is-span" x1=${x(predicted)} x2=${x(predicted)} y1=${y(low)} y2=${y(high)}></line><circle cx=${x(predicted)} cy=${y(observed)} r="5"></circle>`)}
    <text x=${(x(0) + x(end)) / 2} y=${SIZE - 6} text-anchor="middle">${across}</text>
    <text transform="translate(12 ${(y(0) + y(end)) / 2}) rotate(-90)" text-anchor="middle">${up}</text></svg></div>`;
}
