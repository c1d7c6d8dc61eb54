// BG/NBD fitted as one would in plain JavaScript: the log-likelihood of Fader, Hardie and Lee 2005 (Marketing Science 24, 275-284, equation 6)
// in logs, climbed by the simplex of Nelder and Mead 1965. What our module's fit and time are compared with.

/** ln gamma by Lanczos 1964 with the coefficients of Godfrey 2001 (g = 7, n = 9). @param {number} x above 0 */
function logGamma(x) {
  const c = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];
  let sum = c[0];
  for (let i = 1; i < 9; i++) sum += c[i] / (x - 1 + i);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** @typedef {{repeats: number, recency: number, age: number}} Buyer times in weeks */

/** @param {Buyer[]} buyers @param {number[]} parameters r, alpha, a, b */
export function logLikelihood(buyers, [r, alpha, a, b]) {
  let sum = buyers.length * (r * Math.log(alpha) - logGamma(r));
  for (const { repeats: x, recency, age } of buyers) {
    const common = logGamma(r + x) + logGamma(a + b) - logGamma(b);
    const alive = logGamma(b + x) - logGamma(a + b + x) - (r + x) * Math.log(alpha + age);
    if (x === 0) {
      sum += common + alive;
      continue;
    }
    const gone = Math.log(a / (b + x - 1)) + logGamma(b + x) - logGamma(a + b + x) - (r + x) * Math.log(alpha + recency);
    const most = Math.max(alive, gone);
    sum += common + most + Math.log(Math.exp(alive - most) + Math.exp(gone - most));
  }
  return sum;
}

/** @param {Buyer[]} buyers @returns {{parameters: number[], logLikelihood: number, evaluations: number}} */
export function fitBgNbd(buyers) {
  let evaluations = 0;
  const cost = (/** @type {number[]} */ logs) => {
    evaluations += 1;
    const value = -logLikelihood(buyers, logs.map(Math.exp));
    return Number.isFinite(value) ? value : Infinity;
  };
  let simplex = [[0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]].map((at) => ({ at, cost: cost(at) }));
  const mix = (/** @type {number[]} */ x, /** @type {number[]} */ y, /** @type {number} */ t) => x.map((value, i) => value + t * ((y[i] ?? 0) - value));
  for (let step = 0; step < 600; step++) {
    simplex.sort((x, y) => x.cost - y.cost);
    const [best, , , second, worst] = simplex;
    if (worst.cost - best.cost < 1e-7) break;
    const centre = best.at.map((_, i) => simplex.slice(0, 4).reduce((sum, { at }) => sum + at[i], 0) / 4);
    const tryAt = (/** @type {number} */ t) => { const at = mix(centre, worst.at, t); return { at, cost: cost(at) }; };
    const reflected = tryAt(-1);
    let next = reflected;
    if (reflected.cost < best.cost) {
      const expanded = tryAt(-2);
      if (expanded.cost < reflected.cost) next = expanded;
    } else if (reflected.cost >= second.cost) {
      next = tryAt(reflected.cost < worst.cost ? -0.5 : 0.5);
      if (next.cost >= Math.min(worst.cost, reflected.cost)) {
        simplex = simplex.map((one) => { const at = mix(best.at, one.at, 0.5); return one === best ? best : { at, cost: cost(at) }; });
        continue;
      }
    }
    simplex[4] = next;
  }
  simplex.sort((x, y) => x.cost - y.cost);
  return { parameters: simplex[0].at.map(Math.exp), logLikelihood: -simplex[0].cost, evaluations };
}
