// The sample's funnel counted anew, row by row, with no code of the engine: what the boundary's and the page's tests both expect.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './core.mjs';

/** Fields of a sample's rows; no cell that is used here has a quote in it. @param {string} name @returns {Record<string, string>[]} */
export function sample(name) {
  const [head, ...lines] = readFileSync(join(root, 'web/samples', name), 'utf8').trim().split('\n').map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((one) => /** @type {string} */ (one[1])));
  return lines.map((cells) => Object.fromEntries(head.map((key, i) => [key, cells[i] ?? ''])));
}

export const day = (/** @type {string} */ text) => Date.parse(`${text.slice(0, 10)}T00:00Z`) / 86400000;
export const DATES = ['Create Date', 'Became a Marketing Qualified Lead Date', 'Sales Accepted Date', 'Became a Sales Qualified Lead Date', 'Became an Opportunity Date', 'Became a Customer Date'];
const MOMENTS = ['Handed over at', 'First response at'];

export function sampleLeads() {
  const seen = new Set();
  return sample('crm_leads.csv').filter((row) => !seen.has(row['Record ID']) && seen.add(row['Record ID']));
}

/** The last day of what has happened to leads and deals. */
export function lastDay() {
  const deals = sample('crm_deals.csv');
  return Math.max(...sampleLeads().flatMap((row) => [...DATES, ...MOMENTS].map((key) => (row[key] ? day(row[key]) : 0))), ...deals.map((row) => day(row['Create Date'])),
    ...deals.filter((row) => row['Deal Stage'].startsWith('Closed')).map((row) => day(row['Close Date'])));
}

/** Of the disqualified of each stage, how many give which reason: that of the deal that was lost last. @returns {Map<string, number>[]} */
export function lostByReason() {
  const deals = sample('crm_deals.csv');
  return DATES.slice(0, -1).map((date, s) => {
    /** @type {Map<string, number>} */ const counts = new Map();
    for (const row of sampleLeads()) {
      const own = deals.filter((deal) => deal['Associated Contact IDs'] === row['Record ID']);
      if (!row[date] || DATES.slice(s + 1).some((later) => row[later]) || !own.length || own.some((deal) => deal['Deal Stage'] !== 'Closed Lost')) continue;
      const reasons = own.filter((deal) => deal['Closed Lost Reason']).sort((a, b) => day(b['Close Date']) - day(a['Close Date']));
      const reason = reasons[0]?.['Closed Lost Reason'] ?? '';
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
    return counts;
  });
}

/**
 * Cohorts by month of creation and what they will come to, by the chain ladder on the triangle of days: the share complete at an age is the
 * product of C(s - 1) / C(s) over all later ages s, with C(s) the conversions within s days of all cohorts that are s days old or older.
 * A link over nothing is left out. @param {string} to the date that counts as converted, or a later one
 */
export function cohorts(to) {
  const asOf = lastDay();
  const later = DATES.slice(DATES.indexOf(to));
  const leads = sampleLeads().map((row) => ({ from: day(row[DATES[0]]), month: row[DATES[0]].slice(0, 7), on: Math.min(...later.filter((key) => row[key]).map((key) => day(row[key]))) }));
  const converted = leads.filter(({ on }) => Number.isFinite(on)).map(({ from, on }) => ({ age: asOf - from, lag: on - from }));
  const longest = Math.max(...converted.map(({ age }) => age));
  const completed = Array(longest + 1).fill(1);
  for (let s = longest; s > 0; s--) {
    const old = converted.filter(({ age }) => age >= s);
    const [within, before] = [old.filter(({ lag }) => lag <= s).length, old.filter(({ lag }) => lag < s).length];
    const hasEarlier = converted.some(({ lag }) => lag < s);
    completed[s - 1] = completed[s] * (within && !(before === 0 && hasEarlier) ? before / within : 1);
  }
  return { conversions: converted.length, longest, completed, months: [...new Set(leads.map(({ month }) => month))].sort().map((month) => {
    const own = leads.filter((one) => one.month === month);
    const count = own.filter(({ on }) => Number.isFinite(on)).length;
    const complete = own.reduce((sum, { from }) => sum + (completed[asOf - from] ?? 1), 0) / own.length;
    return { month, entered: own.length, converted: count, complete, final: Math.min(own.length, count / complete) };
  }) };
}

/** Leads that were handed over with a time of day, with hours of waiting until the answer, or to the end of the data. */
export function waits() {
  const minute = (/** @type {string} */ text) => Date.parse(`${text.replace(' ', 'T')}Z`) / 60000;
  const end = (lastDay() + 1) * 1440;
  return sampleLeads().filter((row) => row['Handed over at']?.length === 16 && (!row['First response at'] || row['First response at'].length === 16)).map((row) => {
    const [from, to] = [minute(row['Handed over at']), row['First response at'] ? minute(row['First response at']) : null];
    return { channel: row['Original Source'], hours: ((to ?? end) - from) / 60, open: (end - from) / 60, isAnswered: to !== null, isConverted: DATES.slice(4).some((key) => row[key]) };
  }).filter(({ hours }) => hours >= 0);
}

/** The hours by which a share of the waits are over, by Kaplan and Meier. @param {{hours: number, isAnswered: boolean}[]} all @param {number} share */
export function waitQuantile(all, share) {
  let left = 1;
  for (const hours of [...new Set(all.map((one) => one.hours))].sort((a, b) => a - b)) {
    const risk = all.filter((one) => one.hours >= hours).length;
    left *= 1 - all.filter((one) => one.hours === hours && one.isAnswered).length / risk;
    if (left < 1 - share - 1e-9) return hours;
    if (Math.abs(left - (1 - share)) <= 1e-9) return [hours, Math.min(...all.filter((one) => one.isAnswered && one.hours > hours).map((one) => one.hours))].reduce((a, b) => a + b) / 2;
  }
  return null;
}
