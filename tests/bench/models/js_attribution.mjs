// Attribution as one would write it in plain JavaScript over arrays in memory: what our module's credits and time are compared with.

/** @typedef {ReturnType<typeof import('./drawn_touches.mjs').drawTouches>} Drawn */

/** Deals credited per channel by three rules. @param {Drawn} drawn */
export function creditByRules({ accounts, channels }) {
  const first = new Float64Array(channels), last = new Float64Array(channels), linear = new Float64Array(channels);
  for (const { channels: through, won } of accounts) {
    if (!won) continue;
    first[through[0]] += 1;
    last[through[through.length - 1]] += 1;
    for (const channel of through) linear[channel] += 1 / through.length;
  }
  return { first_touch: first, last_touch: last, linear };
}

/** Solves a x = b by elimination with pivoting. @param {Float64Array[]} rows of a, b as last column; are overwritten */
function solve(rows) {
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[best][k])) best = i;
    [rows[k], rows[best]] = [rows[best], rows[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i][k] / rows[k][k];
      if (factor !== 0) for (let j = k; j <= n; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  const x = new Float64Array(n);
  for (let k = n - 1; k >= 0; k--) {
    let sum = rows[k][n];
    for (let j = k + 1; j < n; j++) sum -= rows[k][j] * x[j];
    x[k] = sum / rows[k][k];
  }
  return x;
}

/**
 * Markov chain of order 1 with null journeys: removal effects, normalised, times the deals. What goes to a removed channel goes to null.
 * Source: Anderl, Becker, von Wangenheim, Schumann 2016, International Journal of Research in Marketing 33, 457-474.
 * @param {Drawn} drawn
 */
export function creditByMarkov({ accounts, channels }) {
  const counts = Array.from({ length: channels + 1 }, () => new Float64Array(channels + 2));  // from: channels, start; to: channels, won, null
  let deals = 0;
  for (const { channels: through, won } of accounts) {
    let from = channels;
    for (const channel of through) {
      counts[from][channel] += 1;
      from = channel;
    }
    counts[from][won ? channels : channels + 1] += 1;
    if (won) deals += 1;
  }
  const chances = counts.map((row) => {
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((count) => (sum ? count / sum : 0));
  });
  const chanceOfWin = (/** @type {number} */ removed) => {
    const rows = chances.map((row, from) => Float64Array.from({ length: channels + 2 }, (_, to) => {
      if (to === channels + 1) return from === removed ? 0 : row[channels];
      return (from === to ? 1 : 0) - (from === removed || to === removed || to === channels ? 0 : row[to]);
    }));
    return solve(rows)[channels];
  };
  const whole = chanceOfWin(-1);
  const effects = Array.from({ length: channels }, (_, channel) => 1 - chanceOfWin(channel) / whole);
  const sum = effects.reduce((a, b) => a + b, 0);
  return Float64Array.from(effects, (effect) => (effect / sum) * deals);
}
