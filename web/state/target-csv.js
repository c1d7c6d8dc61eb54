// Typed targets as the one CSV text that the core reads, with the options that say what its columns are.
import { csvOf } from './typed-csv.js';

/** @typedef {import('./board.js').TypedTarget} TypedTarget */

/** No file of a user can have a slash in its name. */
export const TARGETS_NAME = '//targets';

/** @type {[string, (target: TypedTarget) => string|number][]} */
const COLUMNS = [['kpi', (one) => one.kpi], ['period', (one) => one.from], ['period_end', (one) => one.to], ['target', (one) => one.value], ['currency', (one) => one.currency], ['channel', (one) => one.channel], ['owner', (one) => one.owner]];

/** @param {TypedTarget[]} targets */
export const targetCsv = (targets) => csvOf('targets', COLUMNS, targets, ['kpi', 'target']);
