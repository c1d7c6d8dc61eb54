// uDSV: infers the schema from the first chunk, then hands over arrays of texts, streaming over 4 MB of text.
import { inferSchema, initParser } from 'udsv';
import { Tally } from '../lib/job.mjs';
import { textSlices } from '../lib/source.mjs';

export async function init() {}

export async function run(file) {
  const tally = new Tally();
  let parser = null;
  for await (const text of textSlices(file, 4 << 20)) {
    parser ??= initParser(inferSchema(text));
    parser.chunk(text, parser.stringArrs, (row) => { tally.add(row); });
  }
  parser.end();
  return tally.result();
}
