// A trend without axes, for the foot of a card. Decorative: the explanation has the figures.
import { html, nothing, svg } from 'lit';
import { areaPath, linePath } from './path.js';

const WIDTH = 100;
const HEIGHT = 32;
const MAX_POINTS = 200;

/**
 * @param {(number|null)[]} series
 * @param {(number|null)[]} [before] the same steps of the comparison
 * @param {(number|null)[]} [target] what was aimed at in these steps
 */
export function sparkline(series, before, target) {
  const values = thin(series);
  const earlier = thin(before ?? []);
  const aims = thin(target ?? []);
  if (values.filter((one) => one !== null).length < 2) return nothing;
  const present = [...values, ...earlier, ...aims].filter((one) => one !== null).map(Number);
  const [low, high] = [Math.min(...present), Math.max(...present)];
  const base = Math.min(low, high > 0 && low / high < 0.5 ? 0 : low);
  const span = high - base || 1;
  const steps = Math.max(values.length, earlier.length) - 1 || 1;
  const x = (/** @type {number} */ i) => (i / steps) * WIDTH;
  const y = (/** @type {number} */ value) => HEIGHT - 2 - ((value - base) / span) * (HEIGHT - 4);
  return html`<svg class="kpi-spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
    ${earlier.length > 1 ? svg`<path class="is-ghost" d=${linePath(earlier, x, y)}></path>` : nothing}
    ${aims.some((one) => one !== null) ? svg`<path class="is-target" d=${linePath(aims, x, y)}></path>` : nothing}
    ${svg`<path class="is-area" d=${areaPath(values, x, y, HEIGHT)}></path><path d=${linePath(values, x, y)}></path>`}
  </svg>`;
}

/** Every n-th value where there are more than can be seen. @param {(number|null)[]} series */
function thin(series) {
  const step = Math.ceil(series.length / MAX_POINTS);
  return step < 2 ? series : series.filter((_, i) => i % step === 0);
}
