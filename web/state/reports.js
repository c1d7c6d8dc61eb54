// Reports of the loaded files: asked for once, kept while the files stay.
import { USUAL_TOLERANCE } from './board.js';
import { reportRequest } from './report-request.js';

/** @typedef {import('../engine/protocol.js').Report} Report */
/** @typedef {import('../engine/protocol.js').ReportRequest} ReportRequest */
/** @typedef {import('./url-state.js').Query} Query */

const MAX_REFINEMENTS = 4;
const KEPT = 8;
const MAX_MEMBERS = 2000;  // a larger report is not kept: it would take more memory than the answer is worth

export class Reports {
  /** @type {Map<string, Report>} by request, the latest last */ #kept = new Map();

  /** @param {import('../engine/client.js').EngineClient} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** To be called when the files are others. */
  forget() {
    this.#kept = new Map();
  }

  /**
   * The report for a query. What is known of the data makes the request; it is refined where the report knows better.
   * Errors: EngineFailure.
   * @param {Query} query
   * @param {import('./report-request.js').Known} known
   * @param {() => boolean} isWanted  asked after each answer
   * @param {import('./periods.js').Grain} [least]  of the steps that trends are drawn in
   * @param {number} [tolerance]  of targets
   * @returns {Promise<Report|null>} null where it is no longer wanted
   */
  async fitting(query, known, isWanted, least = 'day', tolerance = USUAL_TOLERANCE) {
    const aimed = (/** @type {ReportRequest} */ one) => (tolerance === USUAL_TOLERANCE ? one : { ...one, target_tolerance: tolerance });
    let request = aimed(reportRequest(query, known, least));
    for (let i = 0; ; i++) {
      const report = await this.#ask(request).catch((error) => {
        if (i > 0 || error?.code !== 'dimension_unknown') throw error;
        return null;  // the cards promised too much: ask without, and hear from the report what there is
      });
      if (!isWanted()) return null;
      const refined = aimed(reportRequest(query, report, least));
      if (report && (i >= MAX_REFINEMENTS || JSON.stringify(refined) === JSON.stringify(request))) return report;
      request = refined;
    }
  }

  /** @param {ReportRequest} request @returns {Promise<Report>} */
  async #ask(request) {
    const key = JSON.stringify(request);
    const kept = this.#kept;
    const report = /** @type {Report} */ (kept.get(key) ?? await this.engine.call('report', request));
    if ((report.groups?.members.length ?? 0) > MAX_MEMBERS) return report;
    kept.delete(key);
    kept.set(key, report);
    for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
    return report;
  }
}
