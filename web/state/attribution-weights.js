// Weights of the user's own for attribution.

const WEIGHTS = ['first', 'lead', 'opportunity', 'close', 'last', 'others'];

/** Weights of the user's own for attribution, checked like anything from outside: shares that sum to 1, or nothing. @param {any} kept @returns {Record<string, number>|null} */
export function checkedWeights(kept) {
  const shares = WEIGHTS.map((one) => kept?.[one] ?? 0);
  const isGood = shares.every((one) => typeof one === 'number' && one >= 0 && one <= 1) && Math.abs(shares.reduce((sum, one) => sum + one, 0) - 1) <= 1e-9;
  return isGood ? Object.fromEntries(WEIGHTS.map((one, index) => [one, shares[index]])) : null;
}
