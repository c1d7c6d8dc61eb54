// The sample company's files, inflated from the page only when someone asks for them.
import { embeddedBytes } from '../engine/boot.js';

/** @returns {Promise<{name: string, text: string}[]>} */
export async function loadSamples() {
  return JSON.parse(new TextDecoder().decode(await embeddedBytes('samples')));
}
