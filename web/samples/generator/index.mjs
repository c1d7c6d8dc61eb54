// Writes the sample files: node web/samples/generator/index.mjs [--check] (scripts/sample calls it).
// --check writes nothing and fails when a file differs from what would be written.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SAMPLE_NAMES, createSampleFiles } from './files.mjs';

const isCheck = process.argv.includes('--check');
let differing = 0;
let files = 0;
for (const [table, text] of createSampleFiles()) {
  const name = SAMPLE_NAMES[/** @type {keyof typeof SAMPLE_NAMES} */ (table)];
  files += 1;
  const path = fileURLToPath(new URL(`../${name}`, import.meta.url));
  if (!isCheck) {
    writeFileSync(path, text);
    console.log(`${name}: ${Buffer.byteLength(text)} bytes`);
  } else if (!readFileSync(path).equals(Buffer.from(text))) {
    console.error(`${name} is not what the generator writes; run scripts/sample`);
    differing += 1;
  }
}
if (isCheck && differing === 0) console.log(`sample files: ${files} as generated`);
process.exitCode = differing === 0 ? 0 : 1;
