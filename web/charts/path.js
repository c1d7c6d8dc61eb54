// Series as SVG paths. A value that is missing breaks the line.

const rounded = (/** @type {number} */ pixels) => Math.round(pixels * 100) / 100;

/**
 * The stretches of a series without a gap, as points.
 * @param {(number|null)[]} series
 * @param {(i: number) => number} x
 * @param {(value: number) => number} y
 */
function stretches(series, x, y) {
  /** @type {[number, number][][]} */
  const all = [];
  series.forEach((value, i) => {
    if (value === null) return;
    if (i === 0 || series[i - 1] === null) all.push([]);
    all[all.length - 1].push([rounded(x(i)), rounded(y(value))]);
  });
  return all;
}

/**
 * A single point closes its path, so that a round line cap shows it.
 * @param {(number|null)[]} series
 * @param {(i: number) => number} x
 * @param {(value: number) => number} y
 */
export const linePath = (series, x, y) => stretches(series, x, y).map((points) => `M${points.join('L')}${points.length === 1 ? 'Z' : ''}`).join('');

/**
 * @param {(number|null)[]} series
 * @param {(i: number) => number} x
 * @param {(value: number) => number} y
 * @param {number} base  where the area ends below
 */
export const areaPath = (series, x, y, base) => stretches(series, x, y)
  .map((points) => `M${points.join('L')}L${[...points].reverse().map(([at]) => [at, base]).join('L')}Z`).join('');
