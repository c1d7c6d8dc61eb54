// What "try sample data" loads is what the tests of the core read.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { loadSamples } from '../../../web/samples/index.js';

const folder = new URL('../../../web/samples/', import.meta.url);

test('the page generates the committed sample files, byte for byte', async () => {
  const samples = await loadSamples();
  assert.deepEqual(samples.map(({ name }) => name).sort(), readdirSync(folder).filter((name) => name.endsWith('.csv')).sort());
  for (const { name, text } of samples) assert.equal(text, readFileSync(new URL(name, folder), 'utf8'), name);
});
