// The company: Tindra, an invented seller of maintenance-planning software to European manufacturers.
// All names are made up; any likeness is by chance.

/**
 * Per channel. Shares and chances in per mille; days as [least, most]; size = typical deal in euros.
 * crm, web: what the CRM and the web analytics call it; null = it does not occur there.
 */
export const CHANNELS = [
  { crm: 'Organic Search', web: 'Organic Search', share: 255, mql: 430, sql: 520, opportunity: 640, win: 330, size: 21000, days: [35, 190], visits: 1150 },
  { crm: 'Paid Search', web: 'Paid Search', share: 235, mql: 410, sql: 470, opportunity: 620, win: 290, size: 18000, days: [28, 150], visits: 520 },
  { crm: 'Paid Social', web: 'Paid Social', share: 185, mql: 330, sql: 340, opportunity: 560, win: 240, size: 29000, days: [45, 230], visits: 430 },
  { crm: 'Email Marketing', web: 'Email', share: 95, mql: 380, sql: 430, opportunity: 600, win: 300, size: 15000, days: [25, 130], visits: 240 },
  { crm: 'Direct Traffic', web: 'Direct', share: 90, mql: 400, sql: 480, opportunity: 640, win: 340, size: 17000, days: [30, 160], visits: 690 },
  { crm: 'Referrals', web: 'Referral', share: 60, mql: 560, sql: 640, opportunity: 730, win: 430, size: 26000, days: [25, 140], visits: 150 },
  { crm: 'Organic Social', web: 'Organic Social', share: 45, mql: 240, sql: 300, opportunity: 520, win: 220, size: 14000, days: [35, 180], visits: 210 },
  { crm: 'Offline Sources', web: null, share: 35, mql: 600, sql: 600, opportunity: 700, win: 350, size: 34000, days: [60, 260], visits: 0 },
];

/**
 * Paid campaigns. share: of the channel's leads; cost: euros in an average week of 2024; click: price of one in cents;
 * impressions: per click; from, to: days since the start, where the campaign did not run all the time.
 */
export const CAMPAIGNS = [
  { channel: 'Paid Search', name: 'Search - Brand', share: 300, cost: 380, click: 140, impressions: 9 },
  { channel: 'Paid Search', name: 'Search - Maintenance software', share: 420, cost: 1450, click: 610, impressions: 24 },
  { channel: 'Paid Search', name: 'Search - Spare parts planning', share: 180, cost: 620, click: 480, impressions: 27 },
  { channel: 'Paid Search', name: 'Search - Competitors', share: 100, cost: 520, click: 790, impressions: 31, from: 182 },
  { channel: 'Paid Social', name: 'LinkedIn - Plant managers', share: 460, cost: 1180, click: 720, impressions: 140 },
  { channel: 'Paid Social', name: 'LinkedIn - Downtime guide', share: 380, cost: 760, click: 530, impressions: 120 },
  { channel: 'Paid Social', name: 'LinkedIn - Retargeting', share: 160, cost: 300, click: 410, impressions: 95, from: 91 },
];

/** Campaigns of unpaid channels, by CRM channel. */
export const FREE_CAMPAIGNS = {
  'Email Marketing': ['Newsletter', 'Downtime guide', 'Webinar series'],
  'Offline Sources': ['Hannover fair', 'Customer day'],
  'Referrals': ['Partner portal'],
};

export const OWNERS = ['Astrid Lund', 'Jonas Weber', 'Marta Kowalska', 'Pierre Lambert', 'Sofia Conti'];
export const LOST_REASONS = ['Price', 'No decision', 'Competitor', 'Missing feature', 'Timing'];
export const OPEN_STAGES = ['Appointment Scheduled', 'Qualified to Buy', 'Presentation Scheduled', 'Contract Sent'];

export const INDUSTRIES = ['Machinery', 'Food & Beverages', 'Automotive', 'Chemicals', 'Packaging', 'Electronics', 'Energy'];
const INDUSTRY_SHARES = [26, 19, 15, 13, 11, 9, 7];
const COUNTRIES = ['Germany', 'Netherlands', 'France', 'Sweden', 'Italy', 'Poland', 'Denmark', 'Norway', 'Spain', 'Iceland'];
const COUNTRY_SHARES = [30, 12, 13, 10, 9, 8, 6, 5, 5, 2];

const FIRST_WORDS = ['Alder', 'Borg', 'Castell', 'Dahl', 'Elbe', 'Falk', 'Gruber', 'Holm', 'Iversen', 'Jansen', 'Kessel', 'Lindqvist', 'Møller',
  'Nord', 'Ostrava', 'Pellini', 'Quint', 'Rhein', 'Sørby', 'Tarn', 'Ulmer', 'Vistula', 'Wolter', 'Zander', 'Þorri', 'Łuczak', 'Bühler', 'Orléans'];
const SECOND_WORDS = ['Foods', 'Motors', 'Pumps', 'Plastics', 'Steel', 'Chemie', 'Packaging', 'Drives', 'Electronics', 'Energy', 'Bearings', 'Works'];
const FORMS = { Germany: 'GmbH', Netherlands: 'BV', France: 'SAS', Sweden: 'AB', Italy: 'SpA', Poland: 'Sp. z o.o.', Denmark: 'A/S', Norway: 'AS', Spain: 'SL', Iceland: 'ehf.' };

/**
 * @param {ReturnType<typeof import('./random.mjs').createRandom>} random
 * @param {number} count at most 300
 * @returns {{name: string, industry: string, country: string, employees: number}[]} with different names
 */
export function createAccounts(random, count) {
  const accounts = [];
  const taken = new Set();
  while (accounts.length < count) {
    const country = COUNTRIES[random.weighted(COUNTRY_SHARES)];
    const words = `${random.pick(FIRST_WORDS)} ${random.pick(SECOND_WORDS)}`;
    const name = random.chance(60) ? `${words.replace(' ', ', ')} & Co.` : random.chance(450) ? `${words} ${FORMS[country]}` : words;
    if (taken.has(words)) continue;
    taken.add(words);
    accounts.push({ name, country, industry: INDUSTRIES[random.weighted(INDUSTRY_SHARES)], employees: random.skewed(3, 120) * 10 });
  }
  return accounts;
}
