import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moduleStreams } from '../../../scripts/lib/module-streams.mjs';
import { lebOf, moduleOf } from '../../../web/engine/module-streams.js';

/** @param {number} id @param {number[]} content */
const section = (id, content) => [id, ...lebOf(content.length), ...content];

/** @param {number[]} code */
const body = (code) => [...lebOf(code.length), ...code];

/** A function with an instruction of every shape: by hand, from the WebAssembly specification's binary format. @param {number} hint */
const everyShape = (hint) => [
  1, 1, 0x7f,                               // one local, i32
  0x02, 0x40, 0x03, 0x40,                   // block, loop
  0x20, 0x00, 0x0e, 0x01, 0x00, 0x01,       // br_table 0 1
  0x0b, 0x0b,
  0x41, 0xc0, 0x00, 0x29, hint, 0x08, 0x1a, // i64.load offset 8
  0x41, 0x00, 0x28, 0x02, 0x80, 0x01, 0x1a, // i32.load offset 128
  0x42, 0x7f, 0x1a,
  0x43, 0, 0, 0x80, 0x3f, 0xfc, 0x00, 0x1a, // f32.const 1, i32.trunc_sat_f32_s
  0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x1a, // f64.const 1
  0x3f, 0x00, 0x1a,                         // memory.size
  0xfd, 0x0c, ...Array.from({ length: 16 }, (_, i) => i), 0x1a,
  0x41, 0x00, 0xfd, 0x00, 0x04, 0x00, 0xfd, 0x15, 0x03, 0x1a,        // v128.load, i8x16.extract_lane_s 3
  0x41, 0x00, 0xfd, 0x0c, ...Array.from({ length: 16 }, () => 0x0b), // a constant full of "end"
  0xfd, 0x54, 0x00, 0x00, 0x01, 0x1a,       // v128.load8_lane 1
  0x41, 0x00, 0x41, 0x00, 0x41, 0x00, 0xfc, 0x0a, 0x00, 0x00,        // memory.copy
  0x41, 0x00, 0x41, 0x00, 0x41, 0x00, 0xfc, 0x0b, 0x00,              // memory.fill
  0x41, 0x00, 0x04, 0x40, 0x0c, 0x00, 0x0b, // if, br 0
  0x41, 0x00, 0x11, 0x00, 0x00,             // call_indirect
  0x10, 0x00,
  0x0b,
];

/** @param {number} hint */
const moduleWith = (hint) => Uint8Array.from([
  0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  ...section(1, [1, 0x60, 0, 0]),
  ...section(3, [2, 0, 0]),
  ...section(4, [1, 0x70, 0, 1]),
  ...section(5, [1, 0, 1]),
  ...section(10, [2, ...body(everyShape(hint)), ...body([0, ...Array.from({ length: 300 }, () => 0x01), 0x0b])]),
  ...section(11, [1, 0, 0x41, 0x00, 0x0b, 3, 1, 2, 3]),
]);

test('a module comes back byte for byte from its streams', () => {
  const module = moduleWith(3);
  assert.ok(WebAssembly.validate(module), 'the test module is a module');
  const packed = moduleStreams(module);
  assert.deepEqual(moduleOf(packed), module);
  assert.notDeepEqual(packed.slice(-module.length), module);
});

test('an alignment hint becomes the natural one of its instruction', () => {
  assert.ok(WebAssembly.validate(moduleWith(0)));
  assert.deepEqual(moduleOf(moduleStreams(moduleWith(0))), moduleWith(3));
});

test('instructions that are not known stop the build', () => {
  const unknown = moduleWith(3);
  unknown.set([0xfe, 0x10, 0x02, 0x80], unknown.indexOf(0x42)); // an atomic load, where the i64.const stood
  assert.throws(() => moduleStreams(unknown));
});

test('streams that are damaged never give a module', () => {
  const packed = moduleStreams(moduleWith(3));
  assert.throws(() => moduleOf(packed.slice(0, -1)), RangeError);
  assert.throws(() => moduleOf(new Uint8Array()), RangeError);
  const noEnd = packed.slice();
  noEnd[packed.lastIndexOf(0x0b)] = 0x01;
  let refused = false;
  try {
    refused = !WebAssembly.validate(moduleOf(noEnd));
  } catch (error) {
    refused = error instanceof RangeError;
  }
  assert.ok(refused);
});
