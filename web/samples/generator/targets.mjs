// The company's plan: what each quarter of the two years was to bring, and the levels to hold.
import { OWNERS } from './company.mjs';
import { formatCsv } from './csv.mjs';

const MONTHS = [['01-01', '03-31'], ['04-01', '06-30'], ['07-01', '09-30'], ['10-01', '12-31']];
/** Sums of a quarter, growing by a tenth each time. @type {[string, number, string][]} */
const SUMS = [['New leads', 110, ''], ['Revenue', 190000, 'EUR']];
/** Levels for a whole year: KPI, 2024, 2025, currency. @type {[string, string, string, string][]} */
const LEVELS = [['Win rate', '36%', '38%', ''], ['Cost per lead', '560', '510', 'EUR'], ['MQL to SQL', '55%', '56%', '']];

/** @returns {string} */
export function createTargets() {
  const sums = SUMS.flatMap(([kpi, first, currency], owner) => [0, 1, 2, 3, 4, 5, 6, 7].map((quarter) => {
    const [from, to] = MONTHS[quarter % 4];
    const year = 2024 + Math.floor(quarter / 4);
    return [kpi, `${year}-${from}`, `${year}-${to}`, String(Math.round((first * (10 + quarter)) / 100) * 10), currency, OWNERS[owner]];
  }));
  const levels = LEVELS.flatMap(([kpi, ...rest], owner) => [0, 1].map((year) => [kpi, `${2024 + year}-01-01`, `${2024 + year}-12-31`, rest[year], rest[2], OWNERS[owner + 2]]));
  return formatCsv([['KPI', 'Period start', 'Period end', 'Target', 'Currency', 'Owner'], ...sums, ...levels]);
}
