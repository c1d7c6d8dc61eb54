// The sample company's files, written anew when someone asks for them: the generator is a fraction of what it writes, packed.
import { createSampleFiles, SAMPLE_NAMES } from './generator/files.mjs';

/** Every table that has a sample. */
export const SAMPLE_TABLES = Object.keys(SAMPLE_NAMES);
/** What "try the sample" opens: the files that nearly everyone has. */
export const FIRST_TABLES = SAMPLE_TABLES.slice(0, 5);

/** @param {string[]} tables of SAMPLE_TABLES @returns {Promise<{name: string, text: string}[]>} the texts of web/samples/*.csv, in the order of the tables */
export async function loadSamples(tables) {
  return Array.from(createSampleFiles(tables), ([table, text]) => ({ name: SAMPLE_NAMES[/** @type {keyof typeof SAMPLE_NAMES} */ (table)], text }));
}
