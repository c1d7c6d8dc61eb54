// What marketing spends beside the media, sends, publishes, and writes down by hand.
import { FIRST_DAY, every, formatDay, liveliness, months } from './dates.mjs';
import { formatCsv } from './csv.mjs';

/** @typedef {ReturnType<typeof import('./random.mjs').createRandom>} Random */

/** Kind of cost, euros in the first month, how much it varies and how much more it is two years later, both in percent. */
const COSTS = /** @type {const} */ ([
  ['Content production', 1600, 40, 50], ['Marketing software', 1150, 0, 25], ['Agency fees', 1800, 30, 20], ['Marketing salaries', 8600, 0, 35],
  ['Sales salaries', 12400, 8, 45], ['CRM licences', 620, 0, 40], ['Overhead', 1500, 10, 20], ['Customer success', 4200, 5, 60], ['General and administrative', 9800, 15, 25],
]);

/** @param {Random} random */
export function createCosts(random) {
  return formatCsv([['Month', 'Cost type', 'Amount', 'Currency'], ...months().flatMap((day, index) => COSTS.map(([kind, first, varies, more]) =>
    [formatDay(day), kind, Math.round((first * (2300 + more * index) * (100 - varies + random.below(2 * varies + 1))) / 230000), 'EUR']))]);
}

/**
 * The report on campaigns as Mailchimp writes it: a newsletter every other Tuesday, an invitation every fourth Thursday.
 * @param {Random} random
 */
export function createEmails(random) {
  const rows = every(14, FIRST_DAY + 8).flatMap((day, index) => (index % 2 ? [[day, 'Newsletter', 100]] : [[day, 'Newsletter', 100], [day + 2, 'Webinar series', 55]]));
  return formatCsv([['Title', 'Audience', 'Send Date', 'Total Recipients', 'Successful Deliveries', 'Total Bounces', 'Unique Opens', 'Open Rate', 'Unique Clicks', 'Click Rate', 'Unsubscribes'],
    ...rows.map(([when, title, share]) => {
      const day = Number(when);
      const sent = Math.round(((1900 + (day - FIRST_DAY) * 3 + random.below(60)) * Number(share)) / 100);
      const bounces = Math.round((sent * random.middling(4, 22)) / 1000);
      const opens = Math.round(((sent - bounces) * random.middling(24, 38)) / 100);
      const clicks = Math.round((opens * random.middling(7, 15)) / 100);
      const percent = (/** @type {number} */ part) => `${(Math.round((part * 10000) / (sent - bounces)) / 100).toFixed(2)}%`;
      return [title, title === 'Newsletter' ? 'Subscribers' : 'Engaged subscribers', formatDay(day), sent, sent - bounces, bounces, opens, percent(opens), clicks, percent(clicks),
        Math.round((sent * random.below(6)) / 1000)];
    })]);
}

const TOPICS = ['Predictive maintenance', 'Spare parts', 'Shop floor', 'Compliance'];
const GUIDES = ['Guide: planned downtime', 'Checklist: maintenance audit', 'Report: cost of a standstill'];

/**
 * A post a week, and by month what the guides of the website brought. A post has no downloads, a guide no likes: those cells are empty.
 * @param {Random} random
 */
export function createContent(random) {
  const posts = every(7, FIRST_DAY + 2).map((day, index) => {
    const views = Math.round(liveliness(day) * random.middling(7, 21));
    const topic = random.pick(TOPICS);
    return [day, `${topic} #${index + 1}`, topic, 'LinkedIn', views, Math.round((views * random.middling(14, 34)) / 1000), Math.round((views * random.below(7)) / 1000),
      Math.round((views * random.below(6)) / 1000), Math.round((views * random.middling(8, 26)) / 1000), null, null, null];
  });
  const guides = months().flatMap((day) => GUIDES.map((name, index) => {
    const visits = Math.round((liveliness(day) * random.middling(70, 130) * (index + 2)) / 100);
    const downloads = Math.round((visits * random.middling(9, 19)) / 100);
    return [day, name, TOPICS[index], 'Website', null, null, null, null, null, visits, downloads, Math.round((downloads * random.middling(8, 24)) / 100)];
  }));
  return formatCsv([['Publish date', 'Post title', 'Content topic', 'Social network', 'Impressions', 'Likes', 'Comments', 'Shares', 'Content clicks', 'Content sessions', 'Downloads', 'Content leads'],
    ...[...posts, ...guides].sort((a, b) => Number(a[0]) - Number(b[0])).map(([day, ...cells]) => [formatDay(Number(day)), ...cells])]);
}

/**
 * Figures of which there is no list: a line per figure and month, as someone keeps them in a spreadsheet.
 * @param {Random} random
 */
export function createTotals(random) {
  let users = 410;
  return formatCsv([['Metric', 'Month', 'Value', 'Currency'], ...months().flatMap((day, index) => {
    const start = users;
    users += random.middling(6, 34);
    const figures = [['Quota', 32000 + 2500 * index], ['Active users start', start], ['Active users end', users]];
    return figures.map(([name, value]) => [name, formatDay(day).slice(0, 7), value, name === 'Quota' ? 'EUR' : null]);
  })]);
}
