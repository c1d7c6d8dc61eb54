// What the figures are of: period, comparison, filters; and search, export and settings.
import { html, nothing } from 'lit';
import { formatRange } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { exportAnalysis } from './analysis-export.js';
import { exportKpis, exportMembers } from './exports.js';
import './filter-panel.js';
import { icon } from './icons.js';
import { fieldName, listOf, memberName } from './names.js';
import './period-panel.js';
import { closePanel, popover } from './popover.js';
import './settings-panel.js';
import { chooseButton } from './start.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */
const COMPARISONS = /** @type {const} */ (['none', 'previous_period', 'same_period_last_year', 'same_weekdays_last_year']);
const MAX_BACK = 120;

class KpiTopbar extends KpiElement {
  static properties = { state: { attribute: false } };

  constructor() {
    super();
    /** @type {AppState|null} */ this.state = null;
  }

  render() {
    const { state } = this;
    if (!state) return nothing;
    const { report } = state;
    return html`<header class="kpi-topbar">
      ${report?.period.data_from ? html`${this.#period(state)}${this.#compare(state)}` : nothing}${report ? this.#filters(state) : nothing}
      <div class="kpi-topbar-end">${chooseButton(this, t('data.add'), 'is-small kpi-add')}
        <button type="button" class="kpi-button is-quiet is-icon" data-testid="search-open" aria-label=${t('search.open')} title=${t('search.open')} aria-keyshortcuts="/"
          @click=${() => /** @type {any} */ (document.querySelector('kpi-search'))?.open()}>${icon('search')}</button>
        ${report ? this.#export(state) : nothing}
        ${popover('settings', { label: icon('settings'), title: t('settings.title'), name: t('settings.title'), className: 'is-quiet is-icon' },
          html`<kpi-settings-panel .state=${state}></kpi-settings-panel>`)}
      </div>
    </header>`;
  }

  /** @param {AppState} state */
  #period({ report, query, choices }) {
    const { period } = /** @type {import('../engine/protocol.js').Report} */ (report);
    const range = period.from ? formatRange(period.from, period.to) : t('period.undated');
    const label = html`${icon('period')}<span class="kpi-cut">${query.preset === 'custom' || query.preset === 'all' ? range : html`${t(`period.${query.preset}`)} <span class="kpi-label">${range}</span>`}</span>${icon('down')}`;
    return popover('period', { label, title: t('period.title') }, html`<kpi-period-panel .query=${query} .period=${period} .choices=${choices}></kpi-period-panel>`);
  }

  /** @param {AppState} state */
  #compare({ query, choices }) {
    const label = html`${icon('compare')}<span class="kpi-cut">${t(query.compare === 'none' || choices.whole ? 'compare.button' : `compare.${query.compare}`)}</span>${icon('down')}`;
    const choose = (/** @type {Event} */ event) => ask(this, { type: 'query', change: { compare: /** @type {any} */ (event.target).value } });
    const back = (/** @type {Event} */ event) => {
      const wanted = Math.round(Number(/** @type {HTMLInputElement} */ (event.target).value));
      ask(this, { type: 'query', change: { back: Math.min(Math.max(wanted || 1, 1), MAX_BACK) } });
    };
    return popover('compare', { label, title: t('compare.title') }, html`<fieldset class="kpi-options"><legend>${t('compare.title')}</legend>
        ${COMPARISONS.map((one) => html`<label class="kpi-option"><input type="radio" name="compare" value=${one} .checked=${query.compare === one} ?disabled=${choices.whole && one !== 'none'}
          data-testid="compare-${one}" @change=${choose}>${t(`compare.${one}`)}</label>`)}</fieldset>
      ${query.compare === 'none' || choices.whole ? nothing : html`<label class="kpi-field">${t(`compare.back.${query.compare === 'previous_period' ? 'periods' : 'years'}`)}
        <input class="kpi-input" type="number" min="1" max=${MAX_BACK} step="1" data-testid="compare-back" .value=${String(query.back)} @change=${back}></label>`}
      ${query.compare === 'none' || choices.whole ? nothing : this.#alsoCompare(query)}
      ${choices.whole ? html`<p class="kpi-small kpi-muted">${t('compare.whole')}</p>` : nothing}`);
  }

  /** Further comparisons, and how far a period that still runs is compared. @param {AppState['query']} query */
  #alsoCompare(query) {
    const others = COMPARISONS.filter((one) => one !== 'none' && one !== query.compare);
    const turn = (/** @type {typeof others[number]} */ one) => (/** @type {Event} */ event) => {
      const on = /** @type {HTMLInputElement} */ (event.target).checked;
      ask(this, { type: 'query', change: { also: others.filter((other) => (other === one ? on : query.also.includes(other))) } });
    };
    return html`<fieldset class="kpi-options"><legend>${t('compare.also')}</legend>
        ${others.map((one) => html`<label class="kpi-option"><input type="checkbox" data-testid="compare-also-${one}" .checked=${query.also.includes(one)} @change=${turn(one)}>${t(`compare.${one}`)}</label>`)}</fieldset>
      <label class="kpi-option"><input type="checkbox" data-testid="compare-so-far" .checked=${query.soFar}
        @change=${(/** @type {Event} */ event) => ask(this, { type: 'query', change: { soFar: /** @type {HTMLInputElement} */ (event.target).checked } })}>${t('compare.so_far.choice')}</label>`;
  }

  /** @param {AppState} state */
  #filters({ query, report }) {
    const dimensions = report?.dimensions ?? [];
    if (!dimensions.length) return nothing;
    return html`${query.filters.map((filter) => this.#chip(filter, dimensions))}
      ${popover('filter', { label: html`${icon('filter')}${t('filter.add')}`, title: t('filter.add') },
        html`<kpi-filter-panel .dimensions=${dimensions} .filters=${query.filters}></kpi-filter-panel>`)}`;
  }

  /** @param {{dimension: string, values: string[]}} filter @param {import('../engine/protocol.js').Dimension[]} dimensions */
  #chip(filter, dimensions) {
    const known = dimensions.find((one) => one.id === filter.dimension)?.values ?? [];
    const names = filter.values.map((key) => memberName(known.find((one) => one.key === key) ?? { key, canonical: false, label: key }));
    const text = names.length > 2 ? t('filter.several', { count: names.length, shown: names.length }) : listOf(names);
    const rest = (/** @type {AppState} */ state) => state.query.filters.filter((one) => one.dimension !== filter.dimension);
    return html`<span class="kpi-chip" data-testid="filter-chip"><span class="kpi-cut"><span class="kpi-muted">${fieldName(filter.dimension)}:</span> <bdi>${text}</bdi></span>
      <button type="button" class="kpi-button is-quiet is-icon is-small" aria-label=${t('filter.remove', { name: fieldName(filter.dimension) })}
        @click=${() => this.state && ask(this, { type: 'query', change: { filters: rest(this.state) } })}>${icon('close')}</button></span>`;
  }

  /** @param {AppState} state */
  #export(state) {
    const row = (/** @type {string} */ key, /** @type {() => void} */ run) => html`<button type="button" class="kpi-option" data-testid="export-${key}"
      @click=${(/** @type {Event} */ event) => { closePanel(event.currentTarget); run(); }}>${t(`export.${key}`)}</button>`;
    return popover('export', { label: icon('export'), title: t('export.title'), name: t('export.title'), className: 'is-quiet is-icon' }, html`<div class="kpi-options">
      ${row('kpis', () => exportKpis(state))}
      ${state.report?.groups ? row('members', () => exportMembers(state)) : nothing}
      ${state.place === 'analysis' && state.analyses.answers[state.analyses.view]?.result ? row('analysis', () => exportAnalysis(state.analyses.view)) : nothing}
      ${row('print', () => print())}</div>`);
  }
}

customElements.define('kpi-topbar', KpiTopbar);
