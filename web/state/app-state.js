// The one state that the page is drawn from.
import { SAMPLE_TABLES } from '../samples/index.js';
import { noOwnKpis } from './own-kpis.js';
import { noAnalyses } from './analyst.js';
import { emptyBoard } from './board.js';
import { emptyPlan } from './plan.js';
import { nothingTyped } from './typed.js';
import { formOf } from './typed-form.js';
import { DEFAULT_QUERY } from './url-state.js';

/**
 * @typedef {import('../engine/protocol.js').Card} Card
 * @typedef {import('../engine/protocol.js').Report} Report
 * @typedef {import('../engine/protocol.js').Explanation} Explanation
 * @typedef {import('./url-state.js').Query} Query
 * @typedef {import('./url-state.js').Place} Place
 */
/** What can be chosen from, given the data. @typedef {{presets: {id: import('./periods.js').Preset, from: string|null, to: string|null}[], dimension: string|null, whole: boolean}} Choices */
/** A file that could not be read. @typedef {{id: number, name: string, code: string, args: Record<string, unknown>}} FileFailure */
/** @typedef {{name: string, index: number, count: number, done: number, total: number, pass: number}} Busy */
/** @typedef {{kpi: string, member: {dimension: string, key: string, label: string}|null, result: Explanation|null, failed: string|null, solution?: import('../engine/protocol.js').Solution|null, change?: import('./change-request.js').SheetChange|null}} Sheet */
/**
 * @typedef {object} AppState
 * @property {'starting'|'ready'|'failed'} engine
 * @property {Place} place
 * @property {Query} query
 * @property {import('../engine/protocol.js').Catalog|null} catalog
 * @property {Card[]} files  without the typed figures
 * @property {boolean} ownFiles  the user brought files: no sample may be mixed with them
 * @property {string[]} sampleTables  tables that have a sample
 * @property {Card|null} typedCard  what the engine holds of the typed figures
 * @property {import('./typed.js').Typed} typed
 * @property {import('./typed-form.js').Form} form
 * @property {import('./typed-figures.js').Pasted|null} pasted
 * @property {boolean} typing  figures were typed that the engine does not hold yet
 * @property {import('./board.js').Board} board  the scorecard and its typed targets
 * @property {boolean} aiming  targets were typed that the engine does not hold yet
 * @property {Record<number, import('../engine/protocol.js').Receipt>} receipts  by file, once asked for
 * @property {number[]} recalled  files read with remembered choices
 * @property {FileFailure[]} failures
 * @property {Busy|null} busy
 * @property {boolean} computing
 * @property {Report|null} report
 * @property {Choices} choices
 * @property {Sheet|null} sheet
 * @property {{code: string, args: Record<string, unknown>}|null} notice
 * @property {import('./plan.js').PlanInput} plan
 * @property {import('../engine/protocol.js').Plan|null} planned
 * @property {boolean} planning  the engine has been asked for a plan
 * @property {import('./analyst.js').Analyses} analyses
 * @property {import('./persist.js').Theme} theme
 * @property {import('./own-kpis.js').OwnKpis} own  the user's KPIs
 */

/** @returns {AppState} */
export function initialState() {
  return {
    engine: 'starting', place: 'overview', query: DEFAULT_QUERY, catalog: null, files: [], ownFiles: false, sampleTables: SAMPLE_TABLES,
    typedCard: null, typed: nothingTyped(), form: formOf(nothingTyped(), null), pasted: null, typing: false, board: emptyBoard(), aiming: false, receipts: {}, recalled: [], failures: [],
    busy: null, computing: false, report: null,
    choices: { presets: [], dimension: null, whole: true }, sheet: null, notice: null, plan: emptyPlan(), planned: null, planning: false, analyses: noAnalyses(), theme: 'system', own: noOwnKpis(),
  };
}
