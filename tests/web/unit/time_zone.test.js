// When clocks change: by the rules that are in force, EU directive 2000/84/EC and the US Energy Policy Act of 2005.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeZones, zoneOffsets } from '../../../web/format/time-zone.js';

const utc = (/** @type {string} */ text) => Date.parse(`${text}Z`) / 1000;

test('Berlin: the last Sundays of March and October at 1:00 UTC', () => {
  const changes = zoneOffsets('Europe/Berlin') ?? [];
  const of2024 = changes.filter(([from]) => from >= utc('2024-01-01T00:00') && from < utc('2025-01-01T00:00'));
  assert.deepEqual(of2024, [[utc('2024-03-31T01:00'), 7200], [utc('2024-10-27T01:00'), 3600]]);
  assert.deepEqual(changes[0], [utc('2000-01-01T00:00'), 3600]);
  assert.equal(changes.length, 81, 'two a year for forty years, and where it begins');
});

test('New York: the second Sunday of March at 7:00 and the first of November at 6:00 UTC', () => {
  const changes = (zoneOffsets('America/New_York') ?? []).filter(([from]) => from >= utc('2025-01-01T00:00') && from < utc('2026-01-01T00:00'));
  assert.deepEqual(changes, [[utc('2025-03-09T07:00'), -4 * 3600], [utc('2025-11-02T06:00'), -5 * 3600]]);
});

test('a zone without changes, one of half an hour, and none', () => {
  assert.deepEqual(zoneOffsets('UTC'), [[utc('2000-01-01T00:00'), 0]]);
  assert.deepEqual(zoneOffsets('Asia/Kolkata'), [[utc('2000-01-01T00:00'), 19800]]);
  assert.equal(zoneOffsets('Middle/Earth'), null);
  assert.equal(zoneOffsets(''), null);
  assert.ok(timeZones().includes('Europe/Berlin'));
});
