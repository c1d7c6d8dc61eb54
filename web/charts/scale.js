// Where a value or a step lies on a chart.

/** A step of an axis is 1, 2, 5 or 10 times a power of ten: the one whose ratio to the wanted step is least. */
const ROUND = /** @type {const} */ ([[10, Math.sqrt(50)], [5, Math.sqrt(10)], [2, Math.sqrt(2)]]);

/**
 * A round step that cuts low..high in about `count`, as a whole number of units: `step` of them where `unit` is 1, else step / unit.
 * So 0.2 is 2 / 10, and its multiples are as exact as a division can be.
 * @param {number} low
 * @param {number} high
 * @param {number} count
 */
function roundStep(low, high, count) {
  const wanted = (high - low) / count;
  const power = Math.floor(Math.log10(wanted));
  const factor = ROUND.find(([, least]) => wanted / 10 ** power >= least)?.[0] ?? 1;
  return power < 0 ? { step: factor, unit: 10 ** -power } : { step: factor * 10 ** power, unit: 1 };
}

/**
 * An axis from `from` to `to` pixels that holds low..high, begins and ends at round numbers, and has about `count` steps between them.
 * @param {number} low
 * @param {number} high  more than `low`
 * @param {number} count
 * @param {number} from
 * @param {number} to
 */
export function valueAxis(low, high, count, from, to) {
  let [first, last] = [low, high];
  let { step, unit } = roundStep(low, high, count);
  for (let before = NaN; before !== step / unit;) {  // a widened range can ask for a wider step
    before = step / unit;
    first = (Math.floor((first * unit) / step) * step) / unit;
    last = (Math.ceil((last * unit) / step) * step) / unit;
    ({ step, unit } = roundStep(first, last, count));
  }
  const ticks = [];
  for (let n = Math.round((first * unit) / step); n <= Math.round((last * unit) / step); n++) ticks.push((n * step) / unit);
  return { ticks, at: (/** @type {number} */ value) => from + ((value - first) / (last - first)) * (to - from) };
}

/**
 * `count` equal bands between `from` and `to` pixels, with `gap` of each step left free between and around them.
 * @param {number} count
 * @param {number} gap 0..1
 * @param {number} from
 * @param {number} to
 */
export function bands(count, gap, from, to) {
  const step = (to - from) / Math.max(1, count + gap);
  const width = step * (1 - gap);
  const start = (/** @type {number} */ i) => from + (gap + i) * step;
  return { step, width, start, middle: (/** @type {number} */ i) => start(i) + width / 2 };
}

/** @typedef {ReturnType<typeof valueAxis>} ValueAxis */
/** @typedef {ReturnType<typeof bands>} Bands */
