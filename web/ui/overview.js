// The answer first: questions that block, the scorecard, the trend, then families of cards.
import { html, nothing } from 'lit';
import { formatRange } from '../format/format.js';
import { t } from '../i18n/translate.js';
import './card.js';
import { cardState } from './card.js';
import { ask, KpiElement } from './element.js';
import { icon } from './icons.js';
import { compareWords, kpiName, listOf, reasonTitle, tableName } from './names.js';
import './needs.js';
import './own-family.js';
import { boardKpis, pinnedOf } from './scorecard.js';
import './trend.js';

/** @typedef {import('../engine/protocol.js').Report} Report */
/** @typedef {import('../engine/protocol.js').ReportKpi} ReportKpi */

class KpiOverview extends KpiElement {
  static properties = { state: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
  }

  render() {
    const { state } = this;
    const report = state?.report;
    if (!state || !report) return nothing;
    const { period } = report;
    const top = boardKpis(report, state.board.kpis, pinnedOf(state.own));
    const focus = report.kpis.find((kpi) => kpi.id === state.query.focus && kpi.value !== null) ?? top.find((kpi) => kpi.series.filter((value) => value).length > 1);
    const families = this.#families(report);
    const open = families.filter(({ kpis }) => kpis.some((kpi) => cardState(kpi) !== 'needs'));
    const closed = families.filter((one) => !open.includes(one));
    return html`<div class="kpi-stack">
      <div class="kpi-head"><h1>${t('place.overview')}</h1><p class="kpi-figure" data-testid="range">${period.from ? formatRange(period.from, period.to) : t('period.undated')}${period.compare
        ? ` \u00b7 ${t(period.compare.so_far ? 'compare.so_far.against' : 'compare.against', { range: formatRange(period.compare.from, period.compare.to) })}` : ''}</p></div>
      <kpi-needs .files=${state.files} ?brief=${top.length > 0}></kpi-needs>
      <kpi-scorecard .state=${state}></kpi-scorecard>
      ${focus && report.buckets.length > 1 ? html`<kpi-trend .report=${report} .kpi=${focus}></kpi-trend>` : nothing}
      ${report.next.length ? this.#next(report) : nothing}
      ${open.map(({ id, kpis }) => this.#family(id, kpis, report))}
      <kpi-own-family .own=${state.own} .report=${report}></kpi-own-family>
      ${closed.length ? this.#closed(closed) : nothing}
    </div>`;
  }

  /** @param {ReportKpi[]} kpis @param {Report} report */
  #cards(kpis, report) {
    return kpis.map((kpi) => html`<kpi-card .kpi=${kpi} .compare=${compareWords(report.period.compare)}></kpi-card>`);
  }

  /** Families in the catalogue's order, those with values first. @param {Report} report */
  #families(report) {
    /** @type {Map<string, ReportKpi[]>} */
    const families = new Map();
    for (const kpi of report.kpis) if (kpi.family !== 'own') families.set(kpi.family, [...(families.get(kpi.family) ?? []), kpi]);
    const covered = (/** @type {ReportKpi[]} */ kpis) => kpis.filter((kpi) => kpi.value !== null).length / kpis.length;
    return [...families].map(([id, kpis]) => ({ id, kpis, share: covered(kpis) })).sort((a, b) => Number(b.share > 0) - Number(a.share > 0));
  }

  /** @param {string} id @param {ReportKpi[]} kpis @param {Report} report */
  #family(id, kpis, report) {
    const open = kpis.filter((kpi) => cardState(kpi) !== 'needs');
    const locked = kpis.filter((kpi) => cardState(kpi) === 'needs');
    return html`<section class="kpi-family" data-testid="family" data-family=${id} aria-labelledby="family-${id}">
      <div class="kpi-family-head"><h2 id="family-${id}">${t(`family.${id}.name`)}</h2><p>${t(`family.${id}.definition`)}</p></div>
      <div class="kpi-sheetlike">${open.length ? html`<div class="kpi-cells">${this.#cards(open, report)}</div>` : nothing}
        ${locked.length ? this.#locked(t('overview.locked', { count: locked.length, shown: locked.length }), locked) : nothing}
      </div>
    </section>`;
  }

  /** Families that nothing in the files opens, together. @param {{id: string, kpis: ReportKpi[]}[]} families */
  #closed(families) {
    return html`<section class="kpi-family" aria-labelledby="family-closed"><div class="kpi-family-head"><h2 id="family-closed">${t('overview.closed')}</h2></div>
      <div class="kpi-sheetlike">${families.map(({ id, kpis }) => this.#locked(t('overview.closed_family', { name: t(`family.${id}.name`), count: kpis.length, shown: kpis.length }), kpis))}</div></section>`;
  }

  /** @param {string} summary @param {ReportKpi[]} kpis that need other data */
  #locked(summary, kpis) {
    return html`<details class="kpi-locked" data-testid="locked"><summary>${summary}</summary>
          <ul>${kpis.map((kpi) => html`<li><button type="button" class="kpi-locked-row" data-testid="kpi-card" data-kpi=${kpi.id} data-state="needs" aria-haspopup="dialog"
            @click=${() => ask(this, { type: 'explain', kpi: kpi.id })}><span>${kpiName(kpi.id)}</span><small>${kpi.undefined ? reasonTitle(kpi.undefined) : ''}</small></button></li>`)}</ul></details>`;
  }

  /** Which files would open more. @param {Report} report */
  #next(report) {
    return html`<section class="kpi-next" aria-label=${t('next.label')} data-testid="next">${icon('plus')}<ul>${report.next.slice(0, 3).map((one) => html`<li>${t('next.line', { table: tableName(one.table), count: one.unlocks.length, shown: one.unlocks.length })}
      <small>(${listOf([...one.unlocks.slice(0, 3).map(kpiName), ...(one.unlocks.length > 3 ? [t('next.more', { shown: one.unlocks.length - 3, count: one.unlocks.length - 3 })] : [])])})</small></li>`)}</ul></section>`;
  }
}

customElements.define('kpi-overview', KpiOverview);
