// A trend without axes, for the foot of a card. Decorative: the explanation has the figures.
import { extent } from 'd3-array';
import { area, line } from 'd3-shape';
import { html, nothing, svg } from 'lit';

const WIDTH = 100;
const HEIGHT = 32;
const MAX_POINTS = 200;

/**
 * @param {(number|null)[]} series
 * @param {(number|null)[]} [before] the same steps of the comparison
 */
export function sparkline(series, before) {
  const values = thin(series);
  const earlier = thin(before ?? []);
  if (values.filter((one) => one !== null).length < 2) return nothing;
  const [low = 0, high = 0] = extent([...values, ...earlier].filter((one) => one !== null).map(Number));
  const base = Math.min(low, high > 0 && low / high < 0.5 ? 0 : low);
  const span = high - base || 1;
  const steps = Math.max(values.length, earlier.length) - 1 || 1;
  const x = (/** @type {unknown} */ _, /** @type {number} */ i) => (i / steps) * WIDTH;
  const y = (/** @type {number|null} */ value) => HEIGHT - 2 - ((Number(value) - base) / span) * (HEIGHT - 4);
  const present = (/** @type {number|null} */ value) => value !== null;
  const path = line().defined(/** @type {any} */ (present)).x(/** @type {any} */ (x)).y(/** @type {any} */ (y));
  const fill = area().defined(/** @type {any} */ (present)).x(/** @type {any} */ (x)).y0(HEIGHT).y1(/** @type {any} */ (y));
  return html`<svg class="kpi-spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
    ${earlier.length > 1 ? svg`<path class="is-ghost" d=${path(/** @type {any} */ (earlier)) ?? ''}></path>` : nothing}
    ${svg`<path class="is-area" d=${fill(/** @type {any} */ (values)) ?? ''}></path><path d=${path(/** @type {any} */ (values)) ?? ''}></path>`}
  </svg>`;
}

/** Every n-th value where there are more than can be seen. @param {(number|null)[]} series */
function thin(series) {
  const step = Math.ceil(series.length / MAX_POINTS);
  return step < 2 ? series : series.filter((_, i) => i % step === 0);
}
