// Wrong requests fail by code, for this call only; the session stays usable.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, load, result, startCore } from './lib/core.mjs';

const LEADS = 'Lead ID,Created At,Lead Source\nL1,2024-01-02,Email\nL2,2024-01-03,Webinar\n';

/** @param {any} answer @param {string} code */
function failsWith(answer, code) {
  assert.equal(answer.ok, false, JSON.stringify(answer).slice(0, 200));
  assert.equal(answer.error.code, code);
}

test('an unknown method, text that is not JSON, a request of the wrong shape', async () => {
  const core = await startCore();
  failsWith(ask(core, 'no_such_method', {}), 'method_unknown');
  failsWith(JSON.parse(core.call('report', '{"from":')), 'request_not_json');
  failsWith(JSON.parse(core.call('report', '')), 'request_not_json');
  failsWith(JSON.parse(core.call('report', '[]')), 'request_invalid');
  failsWith(ask(core, 'open', { name: 7, size: 'big' }), 'request_invalid');
  assert.deepEqual(result(core, 'files').files, []);
});

test('JSON nested a hundred thousand deep is refused, not a crash', async () => {
  const core = await startCore();
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  for (const request of [deep, `{"filters":${deep}}`, '['.repeat(100_000)]) {
    assert.equal(JSON.parse(core.call('report', request)).ok, false);
  }
  assert.deepEqual(result(core, 'files').files, []);
});

test('files that were never opened or were removed', async () => {
  const core = await startCore();
  for (const method of ['finish', 'remove', 'receipt', 'rows', 'reread']) failsWith(ask(core, method, { file: 99 }), 'file_unknown');
  assert.equal(core.reserve(99, 10).length, 0);
  failsWith(JSON.parse(core.commit(99, 10)), 'file_unknown');
  const { card } = load(core, 'leads.csv', LEADS).result;
  result(core, 'remove', { file: card.file });
  failsWith(ask(core, 'receipt', { file: card.file }), 'file_unknown');
  assert.deepEqual(result(core, 'files').files, []);
});

test('a commit of more bytes than were reserved does not read past them', async () => {
  const core = await startCore();
  const { file } = result(core, 'open', { name: 'x.csv', size: 100 });
  core.reserve(file, 10).fill(0x78);
  assert.equal(typeof JSON.parse(core.commit(file, 1_000_000_000)).ok, 'boolean');
  assert.deepEqual(result(core, 'files').files, []);
  assert.equal(load(core, 'leads.csv', LEADS).ok, true);
});

test('a request for more memory than there is fails and leaves the rest usable', async () => {
  const core = await startCore();
  load(core, 'leads.csv', LEADS);
  const { file } = result(core, 'open', { name: 'big.csv', size: 8e9 });
  assert.equal(core.reserve(file, 2_000_000_000).length, 0);
  failsWith(JSON.parse(core.commit(file, 0)), 'memory_exhausted');
  failsWith(ask(core, 'finish', { file }), 'file_unknown');
  assert.equal(result(core, 'files').files.length, 1);
  assert.equal(load(core, 'more.csv', LEADS).ok, true);
});

test('unknown ids and dates of a report', async () => {
  const core = await startCore();
  load(core, 'leads.csv', LEADS);
  failsWith(ask(core, 'report', { from: '2024-02-30', to: null }), 'date_invalid');
  failsWith(ask(core, 'report', { group_by: 'colour' }), 'dimension_unknown');
  failsWith(ask(core, 'explain', { kpi: 'cost_per_moon' }), 'kpi_unknown');
});

test('a change that cannot be asked for', async () => {
  const core = await startCore();
  load(core, 'leads.csv', LEADS);
  const months = { from: '2024-02-01', to: '2024-02-29', compare: 'previous_period' };
  failsWith(ask(core, 'explain_change', { ...months, kpi: 'cost_per_moon' }), 'kpi_unknown');
  failsWith(ask(core, 'explain_change', { ...months, kpi: 'new_leads', split_by: 'colour' }), 'dimension_unknown');
  failsWith(ask(core, 'explain_change', { ...months, kpi: 'new_leads', limit: 0 }), 'request_invalid');
  failsWith(ask(core, 'explain_change', { ...months, kpi: 'new_leads', segments: { dimension: 1 } }), 'request_invalid');
  failsWith(ask(core, 'explain_change', { ...months, kpi: 'new_leads', segments: { dimension: 'channel', from: 'no', to: 'such' } }), 'dimension_unknown');
  failsWith(ask(core, 'explain_change', { kpi: 'new_leads', compare: 'none' }), 'request_invalid');
});

test('wrong kinds of files are told apart', async () => {
  const core = await startCore();
  const ole = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Array(600).fill(0));
  const cases = /** @type {const} */ ([
    ['empty.csv', '', 'file_empty'],
    ['blank.csv', '\n \n\n', 'file_empty'],
    ['header.csv', 'Lead ID,Created At,Lead Source\n', 'file_header_only'],
    ['photo.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), 'file_is_image'],
    ['letter.pdf', '%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n', 'file_is_pdf'],
    ['old.xls', ole, 'file_is_xls'],
  ]);
  for (const [name, content, code] of cases) failsWith(load(core, name, content), code);
  assert.equal(load(core, 'leads.csv', LEADS).ok, true);
});
