// The company: Tindra, an invented seller of maintenance-planning software to European manufacturers.
// All names are made up; any likeness is by chance.

/**
 * Per channel. Shares and chances in per mille; days as [least, most]; size = typical deal in euros.
 * crm, web: what the CRM and the web analytics call it; null = it does not occur there.
 */
export const CHANNELS = [
  { crm: 'Organic Search', web: 'Organic Search', share: 255, mql: 480, sql: 620, opportunity: 740, win: 380, size: 21000, days: [35, 190], visits: 1150 },
  { crm: 'Paid Search', web: 'Paid Search', share: 240, mql: 450, sql: 560, opportunity: 700, win: 350, size: 18000, days: [28, 150], visits: 245 },
  { crm: 'Paid Social', web: 'Paid Social', share: 195, mql: 370, sql: 420, opportunity: 640, win: 280, size: 27000, days: [45, 230], visits: 120 },
  { crm: 'Email Marketing', web: 'Email', share: 100, mql: 420, sql: 520, opportunity: 680, win: 350, size: 15000, days: [25, 130], visits: 240 },
  { crm: 'Direct Traffic', web: 'Direct', share: 95, mql: 440, sql: 570, opportunity: 720, win: 390, size: 17000, days: [30, 160], visits: 690 },
  { crm: 'Referrals', web: 'Referral', share: 70, mql: 610, sql: 700, opportunity: 800, win: 480, size: 26000, days: [25, 140], visits: 150 },
  { crm: 'Offline Sources', web: null, share: 45, mql: 650, sql: 660, opportunity: 780, win: 400, size: 34000, days: [60, 260], visits: 0 },
];

/**
 * Paid campaigns. share: of the channel's leads; cost: euros in an average week of 2024; click: price of one in cents;
 * impressions: per click; from, to: days since the start, where the campaign did not run all the time.
 */
export const CAMPAIGNS = [
  { channel: 'Paid Search', name: 'Search - Brand', share: 300, cost: 190, click: 140, impressions: 9 },
  { channel: 'Paid Search', name: 'Search - Maintenance', share: 480, cost: 640, click: 610, impressions: 24 },
  { channel: 'Paid Search', name: 'Search - Competitors', share: 220, cost: 300, click: 790, impressions: 31, from: 182 },
  { channel: 'Paid Social', name: 'LinkedIn - Plant managers', share: 620, cost: 520, click: 720, impressions: 140 },
  { channel: 'Paid Social', name: 'LinkedIn - Retargeting', share: 380, cost: 230, click: 410, impressions: 95, from: 91 },
];

/** Campaigns of unpaid channels, by CRM channel. */
export const FREE_CAMPAIGNS = {
  'Email Marketing': ['Newsletter', 'Webinar series'],
  'Offline Sources': ['Hannover fair', 'Customer day'],
  'Referrals': ['Partner portal'],
};

export const OWNERS = ['Astrid Lund', 'Jonas Weber', 'Marta Kowalska', 'Pierre Lambert', 'Sofia Conti'];
export const LOST_REASONS = ['Price', 'No decision', 'Competitor', 'Missing feature', 'Timing'];
export const OPEN_STAGES = ['Appointment Scheduled', 'Qualified to Buy', 'Presentation Scheduled', 'Contract Sent'];

const COUNTRIES = ['Germany', 'Netherlands', 'France', 'Sweden', 'Italy', 'Poland', 'Denmark', 'Iceland'];
const COUNTRY_SHARES = [31, 14, 15, 12, 11, 9, 6, 2];
const FORMS = { Germany: 'GmbH', Netherlands: 'BV', France: 'SAS', Sweden: 'AB', Italy: 'SpA', Poland: 'SA', Denmark: 'A/S', Iceland: 'ehf.' };

const FIRST_WORDS = ['Alder', 'Borg', 'Castell', 'Dahl', 'Elbe', 'Falk', 'Gruber', 'Holm', 'Iversen', 'Jansen', 'Kessel', 'Lindqvist', 'Møller',
  'Nord', 'Ostrava', 'Pellini', 'Quint', 'Rhein', 'Tarn', 'Ulmer', 'Vistula', 'Wolter', 'Zander', 'Þorri', 'Łuczak', 'Bühler', 'Orléans'];
/** What a company makes, and the industry that this is. */
const TRADES = [
  ['Pumps', 'Machinery'], ['Drives', 'Machinery'], ['Bearings', 'Machinery'], ['Foods', 'Food & Beverages'], ['Dairy', 'Food & Beverages'],
  ['Motors', 'Automotive'], ['Coatings', 'Chemicals'], ['Polymers', 'Chemicals'], ['Packaging', 'Packaging'], ['Energy', 'Energy'],
];

/**
 * @param {ReturnType<typeof import('./random.mjs').createRandom>} random
 * @param {number} count at most 250
 * @returns {{name: string, industry: string, country: string, employees: number, owner: string}[]} with different names
 */
export function createAccounts(random, count) {
  const accounts = [];
  const taken = new Set();
  while (accounts.length < count) {
    const country = COUNTRIES[random.weighted(COUNTRY_SHARES)];
    const [trade, industry] = random.pick(TRADES);
    const words = `${random.pick(FIRST_WORDS)} ${trade}`;
    if (taken.has(words)) continue;
    taken.add(words);
    const form = FORMS[/** @type {keyof typeof FORMS} */ (country)];
    const name = random.chance(50) ? `${words.replace(' ', ', ')} & Co.` : random.chance(500) ? `${words} ${form}` : words;
    accounts.push({ name, country, industry, employees: random.skewed(3, 120) * 10, owner: random.pick(OWNERS) });
  }
  return accounts;
}
