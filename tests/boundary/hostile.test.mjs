// Names, cells and requests are text, whatever their bytes: every answer is valid JSON and valid UTF-8.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load, result, startCore } from './lib/core.mjs';

const utf8 = new TextEncoder();

test('names with control characters and markup come back as text', async () => {
  const core = await startCore();
  const names = ['a\0b.csv', '<img src=x onerror=alert(1)>.csv', '../../etc/passwd', '\u202egnp.csv', 'x'.repeat(10_000)];
  for (const name of names) {
    const answer = load(core, name, 'Lead ID,Created At\n1,2024-01-01\n');
    assert.equal(answer.ok, true, JSON.stringify(answer.error));
    assert.equal(typeof answer.result.card.name, 'string');
  }
  assert.equal(result(core, 'files').files.length, names.length);
});

test('a lone surrogate is no JSON text: refused, or replaced where it comes as bytes', async () => {
  const core = await startCore();
  assert.equal(JSON.parse(core.call('open', JSON.stringify({ name: '\ud800.csv', size: 3 }))).error.code, 'request_not_json');
  const answer = core.call('open', '{"name":"\ud800.csv","size":3}');
  assert.ok(JSON.parse(answer).ok && answer.isWellFormed());
});

test('a request of invalid UTF-8 is refused or repaired, never a trap', async () => {
  const core = await startCore();
  const request = Uint8Array.of(...utf8.encode('{"name":"'), 0xff, 0xfe, 0xc3, 0x28, ...utf8.encode('.csv","size":3}'));
  const answer = JSON.parse(core.call('open', request));
  assert.equal(typeof answer.ok, 'boolean');
  assert.equal(JSON.parse(core.call(Uint8Array.of(0xff, 0xff), '{}')).error.code, 'method_unknown');
  assert.equal(result(core, 'files').files.length <= 1, true);
});

test('cells with invalid UTF-8 are replaced and counted', async () => {
  const core = await startCore();
  const head = utf8.encode('\ufeffLead ID,Created At,Lead Source\nL1,2024-01-02,Caf\u00e9\nL2,2024-01-03,');
  const bytes = Uint8Array.of(...head, 0xff, 0xc3, ...utf8.encode('\nL3,2024-01-04,Email\n'));
  const answer = load(core, 'leads.csv', bytes);
  assert.equal(answer.ok, true, JSON.stringify(answer.error));
  const { card } = answer.result;
  assert.equal(card.records, 4, 'header and three rows');
  assert.ok(card.diagnostics.some((/** @type {{code: string}} */ item) => item.code === 'encoding_invalid_bytes'));
});

test('cells that look like formulas or markup stay text', async () => {
  const core = await startCore();
  const answer = load(core, 'leads.csv', 'Lead ID,Created At,Lead Source\nL1,2024-01-02,=1+1\nL2,2024-01-02,<b>x</b>\nL3,2024-01-03,"a ""b"""\n');
  const { card } = answer.result;
  const column = card.columns[2];
  assert.deepEqual(column.samples.slice(0, 3), ['=1+1', '<b>x</b>', 'a "b"']);
});
