// Exchange rates by month, made up: the invented company keeps its books in euros and is asked for dollars and kronor.
import { formatCsv } from './csv.mjs';
import { formatDay, months } from './dates.mjs';

/** What one euro is in ten-thousandths at first, and by how many of them it moves within a month at most. */
const QUOTED = /** @type {const} */ ([['USD', 10900, 180], ['SEK', 112500, 1400]]);

/** @param {ReturnType<typeof import('./random.mjs').createRandom>} random */
export function createRates(random) {
  return formatCsv([['Date', 'From currency', 'To currency', 'Rate'], ...months().flatMap((day) => QUOTED.map(([code, first, moves]) =>
    [formatDay(day), 'EUR', code, ((first + random.below(2 * moves + 1) - moves) / 10000).toFixed(4)]))]);
}
