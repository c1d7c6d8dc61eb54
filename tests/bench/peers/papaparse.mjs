// Papa Parse: streams the File in its own 10 MB chunks.
import Papa from 'papaparse';
import { Tally } from '../lib/job.mjs';

export async function init() {}

export const run = (file) => new Promise((resolve, reject) => {
  const tally = new Tally();
  let isFirst = true;
  Papa.parse(file, {
    delimiter: ',', newline: '\n', skipEmptyLines: true, error: reject,
    chunk({ data }) {
      for (let i = isFirst ? 1 : 0; i < data.length; i++) tally.add(data[i]);
      isFirst = false;
    },
    complete: () => resolve(tally.result()),
  });
});
