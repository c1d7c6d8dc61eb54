// d3-dsv: the whole text at once.
import { csvParseRows } from 'd3-dsv';
import { Tally } from '../lib/job.mjs';

export async function init() {}

export async function run(file) {
  const tally = new Tally();
  csvParseRows(await file.text(), (row, i) => {
    if (i > 0) tally.add(row);
    return null;
  });
  return tally.result();
}
