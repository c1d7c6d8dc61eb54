// The sample files as texts. Runs in the page as well as in Node: no module of either, integer arithmetic only.
import { PRODUCTS, createOrders, createSubscriptions } from './billing.mjs';
import { OWNERS, createAccounts } from './company.mjs';
import { createCrm } from './crm.mjs';
import { formatCsv } from './csv.mjs';
import { createContent, createCosts, createEmails, createTotals } from './marketing.mjs';
import { createSpend, createWebSessions } from './media.mjs';
import { createRandom } from './random.mjs';
import { createRates } from './rates.mjs';
import { createEvents, createExperimentVisitors, createExperiments } from './site.mjs';
import { createTargets } from './targets.mjs';
import { createAgreedTimes, createStageHistory, createTouches } from './touches.mjs';

const SEED = 20240101;
const ACCOUNTS = 96;

/** Table -> its file. The first five are the small sample. */
export const SAMPLE_NAMES = {
  leads: 'crm_leads.csv', opportunities: 'crm_deals.csv', ad_spend: 'ad_spend.csv', web_sessions: 'web_sessions.csv', accounts: 'accounts.csv',
  other_costs: 'other_costs.csv', web_events: 'web_events.csv', email_sends: 'email_sends.csv', content: 'content.csv', orders: 'orders.csv', subscriptions: 'subscriptions.csv',
  experiments: 'experiments.csv', totals: 'totals.csv', products: 'products.csv', owners: 'owners.csv', fx_rates: 'exchange_rates.csv', targets: 'targets.csv',
  touchpoints: 'touchpoints.csv', stage_history: 'stage_history.csv', sla_rules: 'agreed_times.csv', experiment_visitors: 'experiment_visitors.csv',
};

/** @param {string[]} [tables] those that are wanted @returns {Map<string, string>} table -> text; the same on every machine */
export function createSampleFiles(tables = Object.keys(SAMPLE_NAMES)) {
  const random = (/** @type {number} */ index) => createRandom(SEED + index);
  const accounts = createAccounts(random(0), ACCOUNTS);
  const { leads, deals, made, people } = createCrm(random(1), accounts, random(13));
  // One company was never entered in the accounts file: its rows have no industry.
  const accountRows = accounts.slice(0, -1).map((account) => [account.name, account.industry, account.country, account.employees]);
  /** @type {Record<keyof typeof SAMPLE_NAMES, () => string>} */
  const texts = {
    leads: () => leads,
    opportunities: () => deals,
    ad_spend: () => createSpend(random(2)),
    web_sessions: () => createWebSessions(random(3)),
    accounts: () => formatCsv([['Company name', 'Industry', 'Country/Region', 'Number of Employees'], ...accountRows]),
    other_costs: () => createCosts(random(4)),
    web_events: () => createEvents(random(5)),
    email_sends: () => createEmails(random(6)),
    content: () => createContent(random(7)),
    orders: () => createOrders(random(8), made),
    subscriptions: () => createSubscriptions(random(9), made, accounts),
    experiments: () => createExperiments(random(10)),
    totals: () => createTotals(random(11)),
    products: () => formatCsv([['Product name', 'Product line', 'List price', 'Currency'], ...PRODUCTS.map((row) => [...row, 'EUR'])]),
    owners: () => formatCsv([['Sales agent', 'Manager', 'Sales team'], ...OWNERS.map((name, index) => [name, ...(index < 3 ? ['Ingrid Halvorsen', 'North'] : ['Tomás Rey', 'South'])])]),
    fx_rates: () => createRates(random(12)),
    targets: createTargets,
    touchpoints: () => createTouches(random(14), people),
    stage_history: () => createStageHistory(people),
    sla_rules: createAgreedTimes,
    experiment_visitors: () => createExperimentVisitors(random(15)),
  };
  return new Map(tables.map((table) => [table, texts[/** @type {keyof typeof SAMPLE_NAMES} */ (table)]()]));
}
