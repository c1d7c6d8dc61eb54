// The scorecard: a handful of KPIs, suggested or chosen, each with target, status, trend, owner and definition.
import { html, nothing } from 'lit';
import { formatCount, formatDate } from '../format/format.js';
import { t } from '../i18n/translate.js';
import './board-choose.js';
import './board-targets.js';
import './card.js';
import { KpiElement } from './element.js';
import { icon } from './icons.js';
import { compareWords } from './names.js';
import { exportScorecard } from './scorecard-export.js';
import { isJudged, targetDetail } from './target-line.js';

/** @typedef {import('../engine/protocol.js').Report} Report */
/** @typedef {import('../engine/protocol.js').ReportKpi} ReportKpi */

const HEADLINES = ['revenue', 'new_customers', 'cac_marketing', 'cost_per_lead', 'win_rate', 'new_leads', 'pipeline_created', 'marketing_spend', 'won_deals', 'average_deal_size',
  'sales_cycle_from_creation', 'roas', 'mqls', 'clicks', 'cost_per_click', 'click_through_rate', 'impressions', 'sessions', 'conversion_rate', 'pipeline_velocity',
  'mrr', 'net_revenue_retention', 'customer_churn_rate', 'clv_to_cac', 'avg_purchase_value', 'email_click_rate', 'email_open_rate', 'form_completion_rate', 'signups', 'ab_uplift',
  'social_engagement_rate', 'content_lead_rate'];
const HEADLINE_COUNT = 6;

/** The user's own KPIs that are to lead the suggestions. @param {import('../state/own-kpis.js').OwnKpis} own */
export const pinnedOf = (own) => own.kpis.filter((one) => one.pinned).map((one) => one.id);

/** The KPIs that are suggested: pinned ones of the user's own, then the best known ones, of those that have a value. @param {Report} report @param {string[]} pinned @returns {ReportKpi[]} */
function headlines(report, pinned) {
  const ready = [...pinned, ...HEADLINES].map((id) => report.kpis.find((kpi) => kpi.id === id)).filter((kpi) => kpi && kpi.value !== null);
  const zeroLast = /** @type {ReportKpi[]} */ (ready).sort((a, b) => Number(a.value === 0) - Number(b.value === 0));
  return zeroLast.slice(0, HEADLINE_COUNT);
}

/** The KPIs of the scorecard: those that the user chose, or the suggested ones. @param {Report} report @param {string[]|null} chosen @param {string[]} pinned */
export function boardKpis(report, chosen, pinned) {
  const known = (chosen ?? []).map((id) => report.kpis.find((kpi) => kpi.id === id)).filter((kpi) => kpi !== undefined);
  return known.length ? known : headlines(report, pinned);
}

class KpiScorecard extends KpiElement {
  static properties = { state: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
  }

  /** @param {string} name of the dialog's element */
  #open(name) {
    /** @type {{open(): void}|null} */ (/** @type {unknown} */ (this.querySelector(name)))?.open();
  }

  /** Only the scorecard goes on the paper. */
  #print() {
    const root = document.documentElement;
    root.classList.add('is-board');
    addEventListener('afterprint', () => root.classList.remove('is-board'), { once: true });
    print();
  }

  render() {
    const { state } = this;
    const report = state?.report;
    if (!state || !report) return nothing;
    const { board } = state;
    const kpis = boardKpis(report, board.kpis, pinnedOf(state.own));
    if (!kpis.length) return html`<p class="kpi-note">${t('overview.nothing')}</p>`;
    const full = board.kpis !== null || kpis.some((kpi) => kpi.target) || kpis.some((kpi) => board.notes[kpi.id]);
    const judged = kpis.filter((kpi) => isJudged(kpi.target));
    const met = judged.filter((kpi) => kpi.target?.status === 'met').length;
    return html`<div class="kpi-board-bar"><h2>${t('overview.scorecard')}</h2>
        ${judged.length ? html`<p class="kpi-muted" data-testid="board-met" data-met=${met} data-of=${judged.length}>${t('board.met', { count: judged.length, met: formatCount(met), shown: formatCount(judged.length) })}</p>` : nothing}
        <div class="kpi-row kpi-push">
          <button type="button" class="kpi-button is-quiet is-small" data-testid="board-choose" aria-haspopup="dialog" @click=${() => this.#open('kpi-board-choose')}>${icon('overview')}${t('board.choose.open')}</button>
          <button type="button" class="kpi-button is-quiet is-small" data-testid="board-targets" aria-haspopup="dialog" @click=${() => this.#open('kpi-board-targets')}>${icon('target')}${t('board.targets.open')}</button>
          <button type="button" class="kpi-button is-quiet is-small is-icon" data-testid="board-export" aria-label=${t('board.export')} title=${t('board.export')} @click=${() => exportScorecard(state, kpis)}>${icon('export')}</button>
          <button type="button" class="kpi-button is-quiet is-small is-icon" data-testid="board-print" aria-label=${t('board.print')} title=${t('board.print')} @click=${this.#print}>${icon('file')}</button></div></div>
      <section class="kpi-scorecard kpi-sheetlike ${full ? 'is-full' : ''}" aria-label=${t('overview.scorecard')} data-count=${kpis.length} data-testid="scorecard"><div class="kpi-cells">
        ${kpis.map((kpi) => (full ? this.#whole(kpi, report) : html`<kpi-card .kpi=${kpi} .compare=${compareWords(report.period.compare)}></kpi-card>`))}</div></section>
      <kpi-board-choose .state=${state} .chosen=${kpis.map((kpi) => kpi.id)}></kpi-board-choose>
      <kpi-board-targets .state=${state} .chosen=${kpis.map((kpi) => kpi.id)}></kpi-board-targets>`;
  }

  /** A card with everything that a board asks for. @param {ReportKpi} kpi @param {Report} report */
  #whole(kpi, report) {
    const note = this.state?.board.notes[kpi.id];
    const owner = note?.owner || kpi.target?.owner || '';
    const agreed = note?.on ? t(note.by ? 'board.agreed_by' : 'board.agreed', { by: note.by, on: formatDate(note.on) }) : t('board.not_agreed');
    return html`<article class="kpi-whole" data-testid="board-card" data-kpi=${kpi.id}><kpi-card .kpi=${kpi} .compare=${compareWords(report.period.compare)}></kpi-card>
      <div class="kpi-whole-foot"><p class="kpi-whole-target">${targetDetail(kpi)}</p>
        <p class="kpi-whole-definition">${t(`kpi.${kpi.id}.definition`)}</p>
        <p class="kpi-whole-people"><span data-testid="board-owner">${owner ? html`${t('board.owner')}: <bdi>${owner}</bdi>` : t('board.no_owner')}</span><span data-testid="board-agreed">${agreed}</span></p></div></article>`;
  }
}

customElements.define('kpi-scorecard', KpiScorecard);
