// Leads and the deals that some of them become, as a HubSpot export writes them.
import { CAMPAIGNS, CHANNELS, FREE_CAMPAIGNS, LOST_REASONS, OPEN_STAGES } from './company.mjs';
import { FIRST_DAY, LAST_DAY, formatDay, liveliness, weekday } from './dates.mjs';
import { formatCsv } from './csv.mjs';
import { leadExtras } from './touches.mjs';

const LEADS_PER_WORKDAY_PERCENT = 160;  // of liveliness 100: 1.6 leads on a working day at the start
const FIRST_LEAD = 10001;
const FIRST_DEAL = 5001;

const EXISTING = CHANNELS[4];  // existing customers buy as quickly as those who come by themselves

/** @typedef {ReturnType<typeof import('./random.mjs').createRandom>} Random */
/** @typedef {ReturnType<typeof import('./company.mjs').createAccounts>[number]} Account */

/** @param {Random} random @param {typeof CHANNELS[number]} channel */
function pickCampaign(random, channel) {
  const paid = CAMPAIGNS.filter((campaign) => campaign.channel === channel.crm);
  if (paid.length > 0) return paid[random.weighted(paid.map((campaign) => campaign.share))];
  const free = FREE_CAMPAIGNS[/** @type {keyof typeof FREE_CAMPAIGNS} */ (channel.crm)];
  return free === undefined ? null : { name: random.pick(free), from: 0 };
}

/** @param {number} day @returns {number | null} the day when it has come */
const happened = (day) => (day <= LAST_DAY ? day : null);

/** @param {number} day @returns {number} the same day, or the Monday after a weekend */
const onWorkday = (day) => day + [0, 0, 0, 0, 0, 2, 1][weekday(day)];

/** One person's way through the funnel. A stage that lies after the last day has not happened. @param {Random} random @param {number} created @param {Account[]} accounts */
export function createLead(random, created, accounts) {
  const channel = CHANNELS[random.weighted(CHANNELS.map((entry) => entry.share))];
  const campaign = pickCampaign(random, channel);
  const isRunning = campaign !== null && created - FIRST_DAY >= (campaign.from ?? 0);
  const lead = { channel, campaign: isRunning ? campaign.name : null, created, account: random.pick(accounts),
    mql: /** @type {number | null} */ (null), sal: /** @type {number | null} */ (null), sql: /** @type {number | null} */ (null),
    opportunity: /** @type {number | null} */ (null), customer: /** @type {number | null} */ (null), isDisqualified: false };
  if (random.chance(channel.mql)) lead.mql = happened(created + random.skewed(0, 21));
  if (lead.mql !== null && random.chance(850)) lead.sal = happened(lead.mql + random.skewed(0, 6));
  if (lead.sal !== null && random.chance(Math.floor((channel.sql * 100) / 85))) lead.sql = happened(lead.sal + random.skewed(1, 24));
  if (lead.sql !== null && random.chance(channel.opportunity)) lead.opportunity = happened(onWorkday(lead.sql + random.skewed(1, 20)));
  lead.isDisqualified = lead.mql === null && random.chance(120);
  return lead;
}

/** A deal that starts on `created`; the forecast of an open one lies after the last day. @param {Random} random @param {typeof CHANNELS[number]} channel @param {Account} account @param {number} created @param {boolean} isNew */
function createDeal(random, channel, account, created, isNew) {
  const days = random.skewed(channel.days[0], channel.days[1]);
  const isWon = random.chance(isNew ? channel.win : channel.win + 180);
  const closes = onWorkday(created + (isWon ? days : Math.floor((days * random.middling(50, 110)) / 100)));
  const isClosed = closes <= LAST_DAY;
  const amount = Math.round((channel.size * random.skewed(40, 230) * (80 + Math.min(account.employees, 900) / 15)) / 1000000) * 100;
  const stage = !isClosed ? OPEN_STAGES[Math.min(3, Math.floor(((LAST_DAY - created) * 4) / (closes - created)))] : isWon ? 'Closed Won' : 'Closed Lost';
  return { account, created, closes, isWon: isClosed && isWon, isClosed, stage, amount: isNew ? amount : Math.round(amount / 200) * 100, isNew,
    reason: isClosed && !isWon ? random.pick(LOST_REASONS) : null };
}

const STAGE_NAMES = ['Lead', 'Marketing Qualified Lead', 'Sales Accepted Lead', 'Sales Qualified Lead', 'Opportunity', 'Customer'];
const LEAD_HEADER = ['Record ID', 'Create Date', 'Lifecycle Stage', 'Original Source', 'Campaign', 'Associated Company',
  'Became a Marketing Qualified Lead Date', 'Sales Accepted Date', 'Became a Sales Qualified Lead Date', 'Became an Opportunity Date', 'Became a Customer Date', 'HubSpot Score', 'Handed over at', 'First response at', 'How did you hear about us?'];
const DEAL_HEADER = ['Record ID', 'Deal Stage', 'Amount', 'Currency', 'Create Date', 'Close Date', 'Deal Type', 'Original Source',
  'Associated Company', 'Deal owner', 'Associated Contact IDs', 'Closed Lost Reason'];

/**
 * @param {Random} random
 * @param {Account[]} accounts
 * @param {Random} extras its own numbers, so that the rest stays what it was
 * @returns the two files, the deals that are in the second and the people in the first
 */
export function createCrm(random, accounts, extras) {
  const leads = /** @type {(ReturnType<typeof createLead> & {id: number})[]} */ ([]);
  const deals = /** @type {(ReturnType<typeof createDeal> & {lead: {id: number} | null, channel: string | null})[]} */ ([]);
  let waiting = 0;
  for (let day = FIRST_DAY; day <= LAST_DAY; day++) {
    waiting += Math.floor(liveliness(day) * (weekday(day) < 5 ? LEADS_PER_WORKDAY_PERCENT  : 25)) * (60 + random.below(81));
    for (; waiting >= 1000000; waiting -= 1000000) {
      const lead = { id: FIRST_LEAD + leads.length, ...createLead(random, day, accounts) };
      leads.push(lead);
      if (lead.opportunity !== null) {
        const deal = { lead, channel: lead.channel.crm, ...createDeal(random, lead.channel, lead.account, lead.opportunity, true) };
        if (deal.isWon) lead.customer = deal.closes;
        deals.push(deal);
      }
    }
    // Customers buy more, without a lead behind it.
    if (weekday(day) < 5 && random.chance(150)) {
      const known = deals.filter((deal) => deal.isWon && deal.closes < day);
      if (known.length > 0) {
        const account = random.pick(known).account;
        deals.push({ lead: null, channel: null, ...createDeal(random, EXISTING, account, day, false) });
      }
    }
  }
  deals.sort((a, b) => a.created - b.created);
  const date = (/** @type {number | null} */ day) => (day === null ? null : formatDay(day));
  const leadRows = leads.map((lead) => {
    const reached = [lead.customer, lead.opportunity, lead.sql, lead.sal, lead.mql].findIndex((day) => day !== null);
    const stage = lead.isDisqualified ? 'Other' : STAGE_NAMES[reached < 0 ? 0 : 5 - reached];
    // What people forget to fill in: some sources and companies.
    const source = lead.id % 89 === 0 ? null : lead.channel.crm;
    const company = lead.id % 37 === 0 ? null : lead.account.name;
    return [lead.id, date(lead.created), stage, source, lead.campaign, company,
      date(lead.mql), date(lead.sal), date(lead.sql), date(lead.opportunity), date(lead.customer), ...leadExtras(extras, lead)];
  });
  leadRows.splice(802, 0, leadRows[801]);  // one person stands twice
  const dealRows = deals.map((deal, index) => [FIRST_DEAL + index, deal.stage, deal.stage === OPEN_STAGES[0] && index % 3 === 0 ? null : deal.amount, 'EUR',
    formatDay(deal.created), formatDay(deal.closes), deal.isNew ? 'New Business' : 'Existing Business', deal.channel, deal.account.name, deal.account.owner, deal.lead === null ? null : deal.lead.id, deal.reason]);
  return { leads: formatCsv([LEAD_HEADER, ...leadRows]), deals: formatCsv([DEAL_HEADER, ...dealRows]), made: deals, people: leads };
}
