// Recurring revenue of a subscriptions file, counted again from its rows: what each customer pays at the ends of the months.
import { readFileSync } from 'node:fs';

/** @typedef {{customer: string, start: string, end: string, mrr: number, country: string}} Row */

/** @param {string} path a file with the headers of the sample @returns {Row[]} */
export function subscriptionRows(path) {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const at = (/** @type {string} */ name) => head.trim().split(',').indexOf(name);
  return lines.map((line) => {
    const cells = (line.trim().match(/("[^"]*"|[^,]*)(,|$)/g) ?? []).map((cell) => cell.replace(/,$/, ''));
    return { customer: cells[at('Customer')] ?? '', start: cells[at('Start date')] ?? '', end: cells[at('End date')] ?? '', mrr: Number(cells[at('MRR')]), country: cells[at('Country')] ?? '' };
  });
}

/** The last day of the month that is `months` after that of `day`. @param {string} day @param {number} months */
export function monthEnd(day, months) {
  const [year, month] = day.split('-').map(Number);
  return new Date(Date.UTC(Number(year), Number(month) + months, 0)).toISOString().slice(0, 10);
}

/**
 * Movements of each month from the first start to the last day, a month's end.
 * @param {Row[]} rows @param {string} last
 */
export function revenueMonths(rows, last) {
  const first = rows.map(({ start }) => start).sort()[0] ?? '';
  /** What each customer who has something active pays. @param {string} day */
  const paid = (day) => {
    /** @type {Map<string, number>} */
    const all = new Map();
    for (const row of rows) if (row.start <= day && (!row.end || row.end > day)) all.set(row.customer, (all.get(row.customer) ?? 0) + row.mrr);
    return all;
  };
  const seen = new Set();
  let before = new Map();
  const months = [];
  for (let age = 0; monthEnd(first, age) <= last; age++) {
    const now = paid(monthEnd(first, age));
    const sum = (/** @type {Map<string, number>} */ all) => [...all.values()].reduce((x, y) => x + y, 0);
    const month = { start: `${monthEnd(first, age).slice(0, 7)}-01`, opening: sum(before), new: 0, reactivation: 0, expansion: 0, contraction: 0, churn: 0, closing: sum(now), customers_opening: before.size, customers_lost: 0, customers_closing: now.size };
    for (const [customer, mrr] of now) {
      const was = before.get(customer);
      if (was === undefined) month[seen.has(customer) ? 'reactivation' : 'new'] += mrr;
      else month[mrr > was ? 'expansion' : 'contraction'] += Math.abs(mrr - was);
      seen.add(customer);
    }
    for (const [customer, mrr] of before) {
      if (now.has(customer)) continue;
      month.churn += mrr;
      month.customers_lost++;
    }
    months.push(month);
    before = now;
  }
  return months;
}
