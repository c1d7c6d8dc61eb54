// Seeded random numbers from integer arithmetic only, so that every machine writes the same bytes.

/**
 * mulberry32: 32-bit state, period 2^32.
 * @param {number} seed any 32-bit integer
 */
export function createRandom(seed) {
  let state = seed >>> 0;
  /** @returns {number} an integer in 0 .. 2^32 - 1 */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  /** @param {number} count @returns {number} an integer in 0 .. count - 1 */
  const below = (count) => Math.floor((next() / 4294967296) * count);
  /** @param {number} low @param {number} high @returns {number} an integer in low .. high, small ones more often */
  const skewed = (low, high) => low + Math.min(below(high - low + 1), below(high - low + 1));
  /** @param {number} low @param {number} high @returns {number} an integer in low .. high, middle ones more often */
  const middling = (low, high) => Math.floor((low + below(high - low + 1) + low + below(high - low + 1)) / 2);
  /** @param {number} perMille @returns {boolean} true in so many of a thousand cases */
  const chance = (perMille) => below(1000) < perMille;
  /** @template T @param {readonly T[]} items @returns {T} */
  const pick = (items) => items[below(items.length)];
  /** @param {readonly number[]} weights @returns {number} an index, as often as its weight says */
  const weighted = (weights) => {
    let rest = below(weights.reduce((sum, weight) => sum + weight, 0));
    let index = 0;
    while (rest >= weights[index]) rest -= weights[index++];
    return index;
  };
  return { below, skewed, middling, chance, pick, weighted };
}
