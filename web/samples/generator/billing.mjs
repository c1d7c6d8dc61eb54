// What customers bought and what they pay by the month, from the deals that were won.
import { FIRST_DAY, LAST_DAY, formatDay } from './dates.mjs';
import { formatCsv } from './csv.mjs';

/** @typedef {ReturnType<typeof import('./random.mjs').createRandom>} Random */
/** @typedef {ReturnType<typeof import('./company.mjs').createAccounts>[number]} Account */
/** @typedef {ReturnType<typeof import('./crm.mjs').createCrm>['made'][number]} Deal */

/** Product, series, list price in euros: the first three are sold to new customers, the last two on top. */
export const PRODUCTS = /** @type {const} */ ([
  ['Tindra Plan', 'Core', 12000], ['Tindra Predict', 'Core', 24000], ['Tindra Enterprise', 'Core', 48000], ['Tindra Mobile', 'Add-on', 6000], ['Tindra Sensors', 'Add-on', 9000],
]);
const PLANS = ['Starter', 'Team', 'Enterprise'];

/** @param {number} amount a year @returns {number} 0 .. 2 */
const size = (amount) => (amount < 12000 ? 0 : amount < 30000 ? 1 : 2);

/** By the day of the signature. @param {Deal[]} deals */
const wonDeals = (deals) => deals.filter((deal) => deal.isWon).sort((a, b) => a.closes - b.closes);

/**
 * The orders of the accounting: every won deal, with its own amount, so that orders and deals add up to the same.
 * @param {Random} random
 * @param {Deal[]} deals
 */
export function createOrders(random, deals) {
  return formatCsv([['Order number', 'Order date', 'Customer', 'Product', 'Country', 'Channel', 'Order value', 'Cost of goods', 'Currency'],
    ...wonDeals(deals).map(({ closes, account, amount, isNew, channel }, index) => [`SO-${1001 + index}`, formatDay(closes), account.name,
      PRODUCTS[isNew ? size(amount) : 3 + random.below(2)][0], account.country, channel, amount, Math.round((amount * random.middling(13, 23)) / 100), 'EUR'])]);
}

/**
 * The billing system's list. It began on the first day: contracts of before stand with that day. What customers buy later replaces
 * the subscription that they have; some cancel, some take less after a year.
 * @param {Random} random
 * @param {Deal[]} deals
 * @param {Account[]} accounts
 */
export function createSubscriptions(random, deals, accounts) {
  /** @typedef {{account: Account, start: number, end: number | null, mrr: number, channel: string | null}} Subscription */
  /** @type {Map<string, Subscription>} the latest of each account */
  const latest = new Map();
  /** @type {Subscription[]} */
  const all = [];
  const begin = (/** @type {Account} */ account, /** @type {number} */ start, /** @type {number} */ mrr, /** @type {string | null} */ channel) => {
    if (start > LAST_DAY) return;
    const made = { account, start, end: null, mrr, channel };
    latest.set(account.name, made);
    all.push(made);
  };
  for (const account of accounts) {
    if (deals.every((deal) => deal.account !== account)) begin(account, FIRST_DAY, random.skewed(45, 260) * 10, random.pick(['Offline Sources', 'Referrals']));
  }
  for (const { account, closes, amount, isNew, channel } of wonDeals(deals)) {
    const before = latest.get(account.name);
    const start = closes + random.below(15);
    const price = Math.round(amount / 12);
    if (isNew || !before) begin(account, start, price, channel);
    else if (start <= LAST_DAY) {
      before.end = start;
      begin(account, start, before.mrr + price, before.channel);
    }
  }
  for (const one of [...all]) {
    const cancels = one.start + 150 + random.below(400);
    const renews = one.start + (one.start < FIRST_DAY + 60 ? 366 : 365);  // the same day a year later
    const turn = random.below(100);
    if (one.end !== null) continue;
    if (turn < 24 && cancels <= LAST_DAY) one.end = cancels;
    else if (turn >= 75 && renews <= LAST_DAY) {
      one.end = renews;
      begin(one.account, renews, Math.round((one.mrr * random.middling(60, 85)) / 100), one.channel);
    }
  }
  return formatCsv([['Subscription ID', 'Customer', 'Plan', 'Billing interval', 'MRR', 'Currency', 'Start date', 'End date', 'Acquisition channel', 'Country'],
    ...all.sort((a, b) => a.start - b.start).map(({ account, start, end, mrr, channel }, index) => [`SUB-${2001 + index}`, account.name, PLANS[size(12 * mrr)],
      mrr < 900 ? 'monthly' : 'yearly', mrr, 'EUR', formatDay(start), end === null ? null : formatDay(end), channel, account.country])]);
}
