// The size of the pieces in which a file arrives never changes an answer.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { load, root, startCore } from './lib/core.mjs';

const folder = join(root, 'web/samples');
const samples = readdirSync(folder).filter((name) => name.endsWith('.csv')).sort();
const REPORT = JSON.stringify({ from: null, to: null, grain: 'month', group_by: 'channel', filters: [], compare: 'previous_period' });

/** Every answer about the sample files, read in pieces of this size. @param {number} chunk */
async function answers(chunk) {
  const core = await startCore();
  const cards = samples.map((name) => load(core, name, readFileSync(join(folder, name)), { chunk }));
  for (const card of cards) assert.equal(card.ok, true, JSON.stringify(card.error));
  const about = samples.flatMap((_, index) => [
    core.call('receipt', JSON.stringify({ file: index + 1 })),
    core.call('rows', JSON.stringify({ file: index + 1, offset: 0, count: 50 })),
  ]);
  return JSON.stringify(cards) + about.join('\n') + core.call('report', REPORT);
}

test('pieces of 1, 7, 4,096 and 65,537 bytes and the whole file give the same answers', async () => {
  assert.ok(samples.length > 0);
  const whole = await answers(1 << 24);
  for (const chunk of [1, 7, 4096, 65_537]) assert.ok((await answers(chunk)) === whole, `pieces of ${chunk} bytes differ`);
});

test('UTF-16 and quoted line breaks may be cut anywhere', async () => {
  const text = 'Lead ID;Created At;Lead Source\r\nL1;2024-01-02;"a\r\nb; ""c"""\r\nL2;2024-01-03;Zo\u00eb \u{1f600}\r\n';
  const utf16 = new Uint8Array(2 + text.length * 2);
  utf16.set([0xff, 0xfe]);
  for (let i = 0; i < text.length; i++) new DataView(utf16.buffer).setUint16(2 + 2 * i, text.charCodeAt(i), true);
  /** @type {Set<string>} */
  const seen = new Set();
  for (const chunk of [1, 2, 3, 5, 64, 4096]) {
    const core = await startCore();
    const answer = load(core, 'leads.csv', utf16, { chunk });
    assert.equal(answer.ok, true, JSON.stringify(answer.error));
    assert.equal(answer.result.card.rows_used, 2);
    seen.add(JSON.stringify(answer) + core.call('rows', '{"file":1,"offset":0,"count":10}'));
  }
  assert.equal(seen.size, 1);
});
