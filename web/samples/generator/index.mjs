// Writes the five sample files: node web/samples/generator/index.mjs [--check] (scripts/sample calls it).
// --check writes nothing and fails when a file differs from what would be written.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const isCheck = process.argv.includes('--check');
  let differing = 0;
  for (const [name, text] of createSampleFiles()) {
    const path = fileURLToPath(new URL(`../${name}`, import.meta.url));
    if (!isCheck) {
      writeFileSync(path, text);
      console.log(`${name}: ${Buffer.byteLength(text)} bytes`);
    } else if (!readFileSync(path).equals(Buffer.from(text))) {
      console.error(`${name} is not what the generator writes; run scripts/sample`);
      differing += 1;
    }
  }
  if (isCheck && differing === 0) console.log('sample files: 5 as generated');
  process.exitCode = differing === 0 ? 0 : 1;
}
