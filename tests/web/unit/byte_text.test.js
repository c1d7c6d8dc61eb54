import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byteText } from '../../../scripts/lib/byte-text.mjs';
import { bytesOf } from '../../../web/engine/byte-text.js';

const everyByte = Uint8Array.from({ length: 256 }, (_, i) => i);
/** Like a module: begins with a zero, ends with a blank, some bytes far more often than others. */
const skewed = Uint8Array.from([0, 0x61, 0x73, 0x6d, ...Array.from({ length: 5000 }, (_, i) => (i * i) % 97), ...everyByte, 0x20]);

test('bytes survive the trip through the page, with white space around', () => {
  for (const bytes of [new Uint8Array(), everyByte, everyByte.toReversed(), skewed]) {
    assert.deepEqual(bytesOf(byteText(bytes)), bytes);
    assert.deepEqual(bytesOf(`\n\t ${byteText(bytes)} \r\n`), bytes);
  }
});

test('the text has nothing that HTML, a normalisation or a line ending could change', () => {
  const text = byteText(skewed);
  assert.match(text, /^[\x20-\x7e\p{L}]+$/u);
  assert.doesNotMatch(text, /[<&]/);
  for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) assert.equal(text.normalize(form), text, form);
});

test('text that is damaged is refused', () => {
  const text = byteText(skewed);
  for (const damaged of ['', 'abc', text.slice(0, 200), text.replace('m', '\ufffd'), text.slice(0, -1)]) assert.throws(() => bytesOf(damaged), RangeError);
});
