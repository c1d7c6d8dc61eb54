// Keeps the analyses in step with their place: asks the engine when the view, its settings or the report behind it have changed.
import { checkedWeights } from './attribution-weights.js';
import { exportLeads } from './lead-export.js';
import { checkedPoints, fromPointsFile } from './lead-points.js';
import { remember, remembered } from './persist.js';
import { reportRequest } from './report-request.js';
import { rowIds } from './row-ids.js';

/** @typedef {import('./app-state.js').AppState} AppState */
/** The analyses, in the order of their tabs. @typedef {'attribution'|'customers'|'experiments'|'scoring'|'funnel'|'forecast'} AnalysisView */
/**
 * Settings are of the view alone and go to the engine as they are.
 * @typedef {{view: AnalysisView, settings: Partial<Record<AnalysisView, Record<string, unknown>>>, answers: Partial<Record<AnalysisView, AnalysisAnswer>>, asking: boolean, imported: Imported|null}} Analyses
 * Rules of points that a file has put in place of others; `left`: entries that are no rules.
 * @typedef {{rules: number, left: number, before: Record<string, unknown>|undefined}} Imported
 * An answer of the engine, or the code of what went wrong; `report` and `settings` are what it was made of.
 * @typedef {{result: any, failed: string|null, report: unknown, settings: unknown}} AnalysisAnswer
 * @typedef {{type: 'analysis_view', view: AnalysisView} | {type: 'analysis_settings', view: AnalysisView, change: Record<string, unknown>}
 *   | {type: 'points_import', text: string} | {type: 'points_undo'} | {type: 'points_leads'}} AnalysisAction
 */

/** @returns {Analyses} */
export const noAnalyses = () => ({ view: 'attribution', settings: {}, answers: {}, asking: false, imported: null });

/** What leads are called by, the first that a file has. */
const LEAD_IDS = ['lead_id', 'email'];
/** As many leads as the engine lists. */
const MOST_LEADS = 200_000;

export class Analyst {
  /** @type {unknown} what was asked last */ #asked = null;

  /**
   * @param {import('../engine/client.js').EngineClient} engine
   * @param {import('./store.js').Store<AppState>} store
   */
  constructor(engine, store) {
    this.engine = engine;
    this.store = store;
    store.subscribe((state) => void this.#follow(state));
  }

  /** Rules and weights of before a reload: they are of the user, not of a file. */
  restore() {
    const { settings } = this.store.state.analyses;
    const points = checkedPoints(remembered().points), weights = checkedWeights(remembered().weights);
    this.#put({ settings: { ...settings, ...(points.rules.length ? { scoring: /** @type {any} */ (points) } : {}), ...(weights ? { attribution: { ...settings.attribution, weights } } : {}) } });
  }

  /** Nothing set, nothing kept. */
  forget() {
    if (remembered().points || remembered().weights) remember({ points: null, weights: null });
    this.store.set({ analyses: { ...noAnalyses(), view: this.store.state.analyses.view } });
  }

  /** The files are gone; rules and weights are not about them. */
  clear() {
    this.store.set({ analyses: { ...noAnalyses(), view: this.store.state.analyses.view } });
    this.restore();
  }

  /** @param {Partial<Analyses>} change */
  #put(change) {
    this.store.set({ analyses: { ...this.store.state.analyses, ...change } });
  }

  /** @param {AnalysisAction} action */
  async act(action) {
    const { analyses } = this.store.state;
    switch (action.type) {
      case 'analysis_view': return this.#put({ view: action.view });
      case 'analysis_settings': return this.#set(action.view, { ...analyses.settings[action.view], ...action.change });
      case 'points_import': return this.#import(action.text);
      case 'points_undo': return analyses.imported ? this.#set('scoring', analyses.imported.before ?? {}) : undefined;
      case 'points_leads': return this.#exportLeads();
    }
  }

  /** @param {AnalysisView} view @param {Record<string, unknown>} settings */
  #set(view, settings) {
    this.#put({ settings: { ...this.store.state.analyses.settings, [view]: settings }, imported: null });
    if (view === 'attribution') remember({ weights: checkedWeights(settings['weights']) });
    if (view !== 'scoring') return;
    const points = checkedPoints(settings);
    remember({ points: points.rules.length ? points : null });
  }

  /** A file that is none changes nothing. @param {string} text */
  #import(text) {
    const file = fromPointsFile(text);
    if (!file) return this.store.set({ notice: { code: 'points_file_wrong', args: {} } });
    const before = this.store.state.analyses.settings.scoring;
    this.#set('scoring', { ...before, ...file.points });
    this.#put({ imported: { rules: file.points.rules.length, left: file.left, before } });
  }

  /** @param {{file: number, offset: number}[]} rows @param {string[]} fields */
  #ids(rows, fields) {
    return rowIds(rows, fields, this.store.state.files, (file) => this.engine.blob(file));
  }

  async #exportLeads() {
    const { query, report, analyses, files } = this.store.state;
    if (!report) return;
    const settings = analyses.settings.scoring ?? {};
    try {
      const result = await this.engine.call('analyse_scoring', { ...reportRequest(query, report), group_by: null, compare: 'none', ...settings, list: { count: MOST_LEADS, all: true } });
      const list = result.points?.list ?? [];
      exportLeads(result.points, await this.#ids(list, LEAD_IDS), checkedPoints(settings).rules, files);
    } catch (error) {
      this.store.set({ notice: { code: /** @type {{code?: string}} */ (error)?.code ?? 'engine_stopped', args: {} } });
    }
  }

  /** @param {AppState} state */
  async #follow({ place, engine, computing, report, query, analyses }) {
    const { view } = analyses;
    const settings = analyses.settings[view] ?? null;
    const answer = analyses.answers[view];
    if (place !== 'analysis' || engine !== 'ready' || computing || !report) return;
    if (answer && answer.report === report && answer.settings === settings) return;
    const question = { view, report, settings };
    const asked = /** @type {typeof question|null} */ (this.#asked);
    if (asked?.view === view && asked.report === report && asked.settings === settings) return;
    this.#asked = question;
    this.store.set({ analyses: { ...analyses, asking: true } });
    /** @type {AnalysisAnswer} */ let next;
    try {
      const result = await this.engine.call(`analyse_${view}`, { ...reportRequest(query, report), group_by: null, compare: 'none', ...settings });
      if (result.points?.list) result.points.ids = await this.#ids(result.points.list, LEAD_IDS);
      if (result.buyers?.list) result.buyers.ids = await this.#ids(result.buyers.list.map((/** @type {any[]} */ buyer) => ({ file: buyer[0], offset: buyer[7] })), ['customer_id']);
      next = { result, failed: null, report, settings };
    } catch (error) {
      next = { result: null, failed: /** @type {{code?: string}} */ (error)?.code ?? 'engine_stopped', report, settings };
    }
    if (this.#asked !== question) return;
    this.#asked = null;
    const now = this.store.state.analyses;
    this.store.set({ analyses: { ...now, asking: false, answers: { ...now.answers, [view]: next } } });
  }
}
