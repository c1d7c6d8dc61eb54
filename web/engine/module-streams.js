// A WebAssembly module with its code sorted into streams: all opcodes, then all local indices, all constants and so on.
// Brotli and gzip find more in like next to like. scripts/lib/module-streams.mjs writes it; why: web/README.md.

/** What each stream holds, in the order they are stored. HEAD and TAIL are the module before and after its function bodies. */
export const STREAMS = /** @type {const} */ (['HEAD', 'TAIL', 'OPCODE', 'LOCAL', 'CONSTANT', 'OFFSET', 'CALL', 'LABEL', 'TYPE', 'DECLARATION', 'RAW']);
const [HEAD, TAIL, OPCODE, LOCAL, CONSTANT, OFFSET, CALL, LABEL, TYPE, DECLARATION, RAW] = STREAMS.keys();

/** Base-2 logarithm of the bytes that each load and store from opcode 0x28 on moves. */
const WIDTH = '23230011001122232301012';

/**
 * Moves one function body from one side to the other; writing and reading the streams differ only in what `move` does.
 * @typedef {object} Mover
 * @property {(stream: number, count: number) => number} bytes moves so many bytes, returns the last
 * @property {(stream: number) => number} leb moves one LEB128 number, returns it (its low 32 bits)
 * @property {(width: number) => void} hint the alignment hint of a load or store, which follows from the opcode
 */

/** Errors: RangeError at an instruction that is not known. @param {Mover} move */
export function moveBody({ bytes, leb, hint }) {
  for (let groups = leb(DECLARATION); groups > 0; groups--) {
    leb(DECLARATION);
    bytes(DECLARATION, 1);
  }
  for (let depth = 1; depth > 0;) {
    const op = bytes(OPCODE, 1);
    if (op >= 0x02 && op <= 0x04) {  // block, loop, if
      leb(TYPE);
      depth++;
    } else if (op === 0x0b) depth--;  // end
    else if (op === 0x0c || op === 0x0d) leb(LABEL);  // br, br_if
    else if (op === 0x0e) for (let labels = leb(LABEL) + 1; labels > 0; labels--) leb(LABEL);  // br_table
    else if (op === 0x10) leb(CALL);
    else if (op === 0x11) {  // call_indirect
      leb(TYPE);
      leb(TYPE);
    } else if (op >= 0x20 && op <= 0x24) leb(LOCAL);  // locals, globals
    else if (op >= 0x28 && op <= 0x3e) {  // loads, stores
      hint(Number(WIDTH[op - 0x28]));
      leb(OFFSET);
    } else if (op === 0x3f || op === 0x40) bytes(RAW, 1);  // memory.size, memory.grow
    else if (op === 0x41 || op === 0x42) leb(CONSTANT);
    else if (op === 0x43) bytes(RAW, 4);
    else if (op === 0x44) bytes(RAW, 8);
    else if (op === 0xfc) bytes(RAW, [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1][leb(RAW)] ?? unknown());  // conversions, bulk memory
    else if (op === 0xfd) moveVector(leb(RAW), { bytes, leb });
    else if (!(op < 2 || op === 0x05 || op === 0x0f || op === 0x1a || op === 0x1b || (op >= 0x45 && op <= 0xc4))) unknown();
  }
}

/**
 * @param {number} op the number after the prefix of vector instructions
 * @param {Pick<Mover, 'bytes'|'leb'>} move
 */
function moveVector(op, { bytes, leb }) {
  if (op <= 11 || (op >= 84 && op <= 93)) {  // loads, stores
    bytes(RAW, 1);
    leb(OFFSET);
    if (op >= 84 && op <= 91) bytes(RAW, 1);  // lane
  } else if (op <= 13) bytes(RAW, 16);  // constant, shuffle
  else if (op >= 21 && op <= 34) bytes(RAW, 1);  // lane
}

/** @returns {never} */
function unknown() {
  throw new RangeError('unknown instruction');
}

/** @param {number} value @returns {number[]} */
export function lebOf(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...lebOf(value >>> 7)];
}

/**
 * The module that the streams were made from. Damaged input gives bytes that `WebAssembly.compile` refuses, or throws RangeError.
 * @param {Uint8Array} packed the stream lengths (32 bits each, little-endian), then the streams
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function moduleOf(packed) {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  let start = STREAMS.length * 4;
  const at = STREAMS.map((_, i) => (start += view.getUint32(i * 4, true)) - view.getUint32(i * 4, true));
  if (start !== packed.length) throw new RangeError('damaged');
  const out = new Uint8Array(packed.length * 2);  // hints and sizes come back: a few per cent
  let end = 0;
  /** @type {Mover} */
  const move = {
    bytes(stream, count) {
      for (; count > 0; count--) out[end++] = packed[at[stream]++];
      return out[end - 1];
    },
    leb(stream) {
      let value = 0;
      for (let shift = 0, byte = 128; byte & 128; shift += 7) value |= ((byte = move.bytes(stream, 1)) & 127) << shift;
      return value >>> 0;
    },
    hint(width) { out[end++] = width; },
  };
  const bodies = at[OPCODE];
  move.bytes(HEAD, at[TAIL] - at[HEAD]);
  for (const stop = at[LOCAL]; at[OPCODE] < stop;) {
    const body = end;
    moveBody(move);
    const size = lebOf(end - body);
    out.copyWithin(body + size.length, body, end);
    out.set(size, body);
    end += size.length;
  }
  move.bytes(TAIL, bodies - at[TAIL]);
  return out.slice(0, end);
}
