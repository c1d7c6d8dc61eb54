// Plans over the boundary: wrong requests by code, no number that JSON cannot hold, and the goal back from what it needs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, load, result, startCore } from './lib/core.mjs';

test('wrong requests fail by code, for this call only', async () => {
  const core = await startCore();
  for (const request of [{ goal: 'much' }, { change: 0 }, { change: 1 }, { change: 'x' }, { typed: [] }, { typed: { win_rate: '1' } }, { typed: { no_such_rate: 1 } }, { segment: { key: 'email' } }, { segment: 7 }, { currency: 5 }, { rates: 'people' }, { rates: 1 }, { currency: 'x'.repeat(99) }]) {
    assert.equal(ask(core, 'plan', request).error?.code, 'request_invalid', JSON.stringify(request));
  }
  assert.equal(ask(core, 'plan', { day: '2026-02-30' }).error.code, 'date_invalid');
  assert.equal(ask(core, 'plan', { segment: { dimension: 'channel', key: 'email' } }).error.code, 'dimension_unknown');
  assert.equal(JSON.parse(core.call('plan', '{"goal":1e999}')).ok, false);
  assert.equal(result(core, 'plan').rows[0].undefined.code, 'missing_input');
});

test('every need is a finite number or has a reason; the leads needed bring the goal', async () => {
  const core = await startCore();
  load(core, 'totals.csv', 'measure,value\nwon_amount,100000\nwon_deals,20\nlost_deals,60\nlead_opportunities,100\nsqls,125\nmqls,250\nnew_leads,1000\nmedia_spend,50000\n');
  let seen = 0;
  for (const goal of [-1, 0, 5e-324, 1, 1e308]) {
    for (const win_rate of [-1, 0, 1e-300, 0.5, 2, 1e300]) {
      for (const row of result(core, 'plan', { goal, typed: { win_rate } }).rows) {
        assert.equal(row.needed === null, row.undefined !== null, `${row.id} ${goal} ${win_rate}`);
        seen++;
      }
    }
  }
  assert.ok(seen > 300);
  const { rows } = result(core, 'plan', { goal: 200000 });
  const leads = rows.find((/** @type {any} */ row) => row.id === 'new_leads');
  // 1,000 leads brought 100,000: twice as much needs twice as many
  assert.ok(Math.abs(leads.needed - 2000) < 1e-9 && Math.abs(leads.brings - 100000) < 1e-7);
});
