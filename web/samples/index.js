// The sample company's files, written anew when someone asks for them: the generator is a seventh of what it writes, packed.
import { createSampleFiles } from './generator/files.mjs';

/** @returns {Promise<{name: string, text: string}[]>} the texts of web/samples/*.csv, leads first */
export async function loadSamples() {
  return Array.from(createSampleFiles(), ([name, text]) => ({ name, text }));
}
