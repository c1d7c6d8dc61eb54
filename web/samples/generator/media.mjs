// Advertising and web traffic, one row per week and campaign or channel.
import { CAMPAIGNS, CHANNELS } from './company.mjs';
import { FIRST_DAY, LAST_DAY, formatDay, liveliness } from './dates.mjs';
import { formatCsv, withThousands } from './csv.mjs';

/** @typedef {ReturnType<typeof import('./random.mjs').createRandom>} Random */

const weeks = () => Array.from({ length: Math.ceil((LAST_DAY - FIRST_DAY + 1) / 7) }, (_, index) => FIRST_DAY + 7 * index);

/**
 * The spend report: a title and a date range above the header, a total below, thousands separated.
 * @param {Random} random
 * @returns {string}
 */
export function createSpend(random) {
  const rows = [];
  const total = { cents: 0, impressions: 0, clicks: 0, conversions: 0 };
  for (const week of weeks()) {
    const days = Math.min(7, LAST_DAY - week + 1);
    for (const campaign of CAMPAIGNS) {
      if (week - FIRST_DAY < (campaign.from ?? 0)) continue;
      const clicks = Math.max(1, Math.round((campaign.cost * liveliness(week) * days * random.middling(80, 120)) / (campaign.click * 700)));
      const cents = clicks * campaign.click + clicks * random.below(41) - clicks * 15;
      const impressions = Math.round((clicks * campaign.impressions * random.middling(85, 115)) / 100);
      const conversions = Math.round((clicks * random.middling(8, 26)) / 1000);
      rows.push([formatDay(week), campaign.channel, campaign.name, withThousands(cents / 100, 2), withThousands(impressions), clicks, conversions]);
      total.cents += cents;
      total.impressions += impressions;
      total.clicks += clicks;
      total.conversions += conversions;
    }
  }
  return formatCsv([
    ['Paid media report'],
    ['1 January 2024 - 31 December 2025'],
    ['Date', 'Channel', 'Campaign', 'Cost (EUR)', 'Impressions', 'Clicks', 'Conversions'],
    ...rows,
    ['Total', '', '', withThousands(total.cents / 100, 2), withThousands(total.impressions), withThousands(total.clicks), withThousands(total.conversions)],
  ], '\r\n');
}

/**
 * The web analytics export: comment lines above the header, dates without hyphens.
 * @param {Random} random
 * @returns {string}
 */
export function createWebSessions(random) {
  const rows = [];
  for (const week of weeks()) {
    for (const channel of CHANNELS) {
      if (channel.web === null) continue;
      const days = Math.min(7, LAST_DAY - week + 1);
      const sessions = Math.round((channel.visits * liveliness(week) * days * random.middling(88, 112)) / 70000);
      const engaged = Math.round((sessions * random.middling(50, 60)) / 100);
      const views = Math.round((sessions * random.middling(19, 25)) / 10);
      const conversions = Math.round((sessions * channel.share * random.middling(8, 20)) / (channel.visits * 1000));
      rows.push([formatDay(week).replaceAll('-', ''), channel.web, sessions, engaged, views, conversions]);
    }
  }
  return formatCsv([['# ----------------------------------------'], ['# tindra.example - GA4'], ['# Traffic by week'], ['# 20240101-20251231'],
    ['# ----------------------------------------'], [],
    ['Date', 'Session default channel group', 'Sessions', 'Engaged sessions', 'Views', 'Key events'], ...rows]);
}
