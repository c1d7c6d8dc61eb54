// Sorts a WebAssembly module's code into the streams that web/engine/module-streams.js puts together again.
import { moduleOf, moveBody, STREAMS } from '../../web/engine/module-streams.js';

const CODE_SECTION = 10;

/** Reads the module and appends to the streams. */
class Reader {
  /** @type {number[][]} */ streams = STREAMS.map(() => []);
  /** Where the alignment hints stand that say less than the natural alignment. @type {{at: number, width: number}[]} */ hints = [];
  at = 8;

  /** @param {Uint8Array} module */
  constructor(module) {
    this.module = module;
  }

  byte() {
    const byte = this.module[this.at++];
    if (byte === undefined) throw new Error('the module ends inside a function');
    return byte;
  }

  leb() {
    let value = 0;
    for (let shift = 0, byte = 128; byte & 128; shift += 7) value |= ((byte = this.byte()) & 127) << shift;
    return value >>> 0;
  }

  /** @returns {import('../../web/engine/module-streams.js').Mover} */
  mover() {
    return {
      bytes: (stream, count) => {
        for (; count > 0; count--) this.streams[stream]?.push(this.byte());
        return this.module[this.at - 1] ?? 0;
      },
      leb: (stream) => {
        const start = this.at;
        const value = this.leb();
        this.streams[stream]?.push(...this.module.subarray(start, this.at));
        return value;
      },
      hint: (width) => { this.hints.push({ at: this.at++, width }); },
    };
  }
}

/**
 * Alignment hints are not kept: they change nothing but the speed on machines that none of the browsers we support runs on, so
 * each becomes the natural alignment of its instruction.
 * Errors: throws where an instruction is not known.
 * @param {Uint8Array} module
 * @returns {Uint8Array}
 */
export function moduleStreams(module) {
  const reader = new Reader(module);
  while (module[reader.at] !== CODE_SECTION) {
    reader.at++;
    const size = reader.leb();
    reader.at += size;
    if (reader.at >= module.length) throw new Error('the module has no code');
  }
  reader.at++;
  reader.leb();
  const count = reader.leb();
  const head = module.subarray(0, reader.at);
  for (let i = 0; i < count; i++) {
    reader.leb();
    moveBody(reader.mover());
  }
  const tail = module.subarray(reader.at);
  const streams = [head, tail, ...reader.streams.slice(2).map((stream) => Uint8Array.from(stream))];
  const lengths = new Uint8Array(STREAMS.length * 4);
  streams.forEach((stream, i) => new DataView(lengths.buffer).setUint32(i * 4, stream.length, true));
  const packed = Uint8Array.from(Buffer.concat([lengths, ...streams]));

  const natural = module.slice();
  for (const { at, width } of reader.hints) natural[at] = width;
  if (Buffer.compare(moduleOf(packed), natural) !== 0) throw new Error('the module does not come back from its streams');
  return packed;
}
