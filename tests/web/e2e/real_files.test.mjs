// Real exports, dropped with no help: figures of shared/data/README.md and expected.json. Only where those files lie beside the repository.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, visit } from './lib/app.mjs';

const shared = process.env['KPI_SHARED'] ?? join(root, '../shared');
const data = join(shared, 'data');
const skip = process.env['CI'] === 'true' ? 'real files are not part of a checkout' : !existsSync(data) && 'no shared data here';

/** Value, and how many digits of it the source states. @typedef {Record<string, [number, number]>} Figures */

const CASES = /** @type {{files: string[], values: Figures, members?: [string, Record<string, Figures>]}[]} */ ([
  { files: ['crm/maven/sales_pipeline.csv', 'crm/maven/accounts.csv', 'crm/maven/products.csv', 'crm/maven/sales_teams.csv'],
    values: { won_deals: [4238, 0], lost_deals: [2473, 0], win_rate: [0.631501, 6], revenue: [10005534, 0], average_deal_size: [2360.9094, 4], median_deal_size: [1117, 0],
      sales_cycle_from_creation: [51.782, 3], sales_cycle_from_creation_median: [57, 0] },
    members: ['industry', { retail: { won_deals: [799, 0], win_rate: [0.6306, 4], revenue: [1867528, 0] }, finance: { won_deals: [375, 0], revenue: [950908, 0] } }] },
  { files: ['crm/olist/olist_marketing_qualified_leads_dataset.csv', 'crm/olist/olist_closed_deals_dataset.csv'],
    values: { mqls: [8000, 0], won_deals: [842, 0] } },
  { files: ['crm/hubspot/hubspot_deals.csv'],
    values: { won_deals: [71, 0], lost_deals: [69, 0], win_rate: [0.507143, 6], revenue: [8934361.48, 2], average_deal_size: [125836.0772, 4] } },
  { files: ['ads/facebook_KAG_conversion_data.csv'],
    values: { impressions: [21957412, 0], clicks: [5239, 0], marketing_spend: [9050.19, 2], click_through_rate: [0.000238598, 9], cost_per_click: [1.727465, 6] } },
  { files: ['ads/google_ads_campaign_report_INR_preamble_totals.csv'], values: { marketing_spend: [2565.93, 2], impressions: [46168, 0] } },
  { files: ['ads/google_ads_bericht_zu_suchbegriffen_DE.csv'], values: { clicks: [194, 0], impressions: [2206, 0], marketing_spend: [275.02, 2] } },
  { files: ['vendor/linkedin_ad_performance_preamble_crlf.csv'], values: { marketing_spend: [567.13, 2], impressions: [19522, 0] } },
  { files: ['vendor/meta_ads_daily_ad_level.csv'], values: { clicks: [119, 0] } },
]);

/** @param {Record<string, number|null>} actual @param {Figures} wanted @param {string} where */
function assertStated(actual, wanted, where) {
  for (const [kpi, [value, digits]] of Object.entries(wanted)) {
    const seen = actual[kpi];
    assert.ok(typeof seen === 'number' && Math.abs(seen - value) <= 0.5001 * 10 ** -digits, `${where}: ${kpi} is ${seen}, stated ${value}`);
  }
}

for (const { files, values, members } of CASES) {
  test(files.join(' + '), { skip, timeout: 180_000 }, () => visit('chromium', 'file', async (app, browser) => {
    await app.addFiles(files.map((file) => join(data, file)));
    assert.deepEqual(await app.messages(), []);
    await app.go('overview');
    assertStated(await app.values(), values, files[0] ?? '');
    if (!members) return;
    await app.go('channels');
    await browser.choose('[data-testid="group-by"]', members[0]);
    await app.settled();
    const rows = await app.members();
    for (const [key, wanted] of Object.entries(members[1])) {
      const row = rows[key] ?? {};
      const shown = Object.fromEntries(Object.entries(wanted).filter(([kpi]) => kpi in row));
      assert.ok(Object.keys(shown).length > 0, `${members[0]} ${key} is shown`);
      assertStated(row, shown, key);
    }
  }));
}
