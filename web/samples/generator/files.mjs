// The five sample files as texts. Runs in the page as well as in Node: no module of either, integer arithmetic only.
import { createAccounts } from './company.mjs';
import { createCrm } from './crm.mjs';
import { formatCsv } from './csv.mjs';
import { createSpend, createWebSessions } from './media.mjs';
import { createRandom } from './random.mjs';

const SEED = 20240101;
const ACCOUNTS = 96;

/** @returns {Map<string, string>} file name -> text; the same on every machine */
export function createSampleFiles() {
  const accounts = createAccounts(createRandom(SEED), ACCOUNTS);
  const crm = createCrm(createRandom(SEED + 1), accounts);
  // One company was never entered in the accounts file: its rows have no industry.
  const accountRows = accounts.slice(0, -1).map((account) => [account.name, account.industry, account.country, account.employees]);
  return new Map([
    ['crm_leads.csv', crm.leads],
    ['crm_deals.csv', crm.deals],
    ['ad_spend.csv', createSpend(createRandom(SEED + 2))],
    ['web_sessions.csv', createWebSessions(createRandom(SEED + 3))],
    ['accounts.csv', formatCsv([['Company name', 'Industry', 'Country/Region', 'Number of Employees'], ...accountRows])],
  ]);
}
