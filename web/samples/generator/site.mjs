// What visitors did on the site beside visiting it.
import { FIRST_DAY, every, formatDay, liveliness, months } from './dates.mjs';
import { formatCsv } from './csv.mjs';

/** @typedef {ReturnType<typeof import('./random.mjs').createRandom>} Random */

/** Event, and how often it happens in a month of liveliness 100. */
const EVENTS = /** @type {const} */ ([
  ['form_view', 330], ['form_start', 96], ['form_submit', 58], ['view_promotion', 4300], ['select_promotion', 215], ['newsletter_signup', 41], ['file_download', 74],
  ['request_demo', 15], ['sign_up', 24], ['activation', 9],
]);

/** @param {Random} random */
export function createEvents(random) {
  return formatCsv([['Date', 'Event', 'Device', 'Events'], ...months().flatMap((day) => EVENTS.flatMap(([event, count]) =>
    [['desktop', 70], ['mobile', 30]].map(([device, share]) => [formatDay(day), event, device, Math.round((liveliness(day) * count * Number(share) * random.middling(86, 114)) / 1000000)])))]);
}

/** Name, day of the start, conversions of a thousand visitors of each arm. */
const TESTS = /** @type {const} */ ([
  ['Pricing page: plans side by side', 63, 31, 38], ['Demo form: five fields instead of nine', 217, 42, 55], ['Home page: customer video', 427, 36, 35], ['Guide: form after page two', 602, 52, 61],
]);

/** Six weeks a test, both arms by week. @param {Random} random */
export function createExperiments(random) {
  return formatCsv([['Week', 'Experiment', 'Variant', 'Visitors', 'Conversions'], ...TESTS.flatMap(([name, from, control, variant]) => every(7, FIRST_DAY + from).slice(0, 6).flatMap((week) =>
    [['Control', control], ['Variant', variant]].map(([arm, rate]) => {
      const visitors = Math.round((liveliness(week) * random.middling(560, 640)) / 100);
      return [formatDay(week), name, arm, visitors, Math.round((visitors * Number(rate) * random.middling(88, 112)) / 100000)];
    })))]);
}

/** Six weeks of a test on the page where customers add seats, visitor by visitor; a few come back on another device and see the other arm. @param {Random} random */
export function createExperimentVisitors(random) {
  const rows = Array.from({ length: 1240 }, (_, index) => {
    const isVariant = random.chance(500);
    const seats = random.skewed(1, 16);
    const before = random.chance(720) ? Math.round(seats * random.middling(30, 50)) : 0;
    const day = 616 + random.below(42);
    const orders = random.chance(before ? 560 : 140) ? 1 + Number(random.chance(90)) : 0;
    const row = (/** @type {number} */ later, /** @type {boolean} */ isInVariant, /** @type {number} */ ordered) => [formatDay(FIRST_DAY + day + later), 'Seats page: price per year', isInVariant ? 'Variant' : 'Control', `v-${10000 + index}`,
      ordered ? 'yes' : 'no', ordered ? Math.round((seats * random.middling(36, 46) * (isInVariant ? 128 : 100)) / 100) : 0, before, ordered, 'EUR'];
    if (random.chance(6)) return [row(0, isVariant, 0), row(1 + random.below(9), !isVariant, 0)];
    return orders === 2 ? [row(0, isVariant, 1), row(1 + random.below(5), isVariant, 1)] : [row(0, isVariant, orders)];
  });
  return formatCsv([['Date', 'Experiment', 'Variant', 'Visitor ID', 'Converted', 'Revenue', 'Revenue before', 'Orders', 'Currency'], ...rows.flat()]);
}
