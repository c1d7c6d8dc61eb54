// One table from spend to customers, by any dimension; the first row is everything together, recomputed.
import { html, nothing } from 'lit';
import { formatRange, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { certaintyLegend, isFew, leftOutMark, rateMark } from './certainty.js';
import { memberChange } from './change.js';
import { ask, KpiElement } from './element.js';
import { exportMembers } from './exports.js';
import { icon } from './icons.js';
import { fieldName, inUsualOrder, kpiName, memberName } from './names.js';
import './needs.js';
import { memberTarget } from './target-cell.js';
import { moveByArrows, oneTabStop } from './roving.js';

/** @typedef {import('../engine/protocol.js').Report} Report */
/** @typedef {import('../engine/protocol.js').Member} Member */
/** @typedef {{index: number, kpi: import('../engine/protocol.js').ReportKpi}} TableColumn */

const COLUMNS = ['marketing_spend', 'impressions', 'clicks', 'click_through_rate', 'cost_per_click', 'sessions', 'conversion_rate', 'new_leads', 'cost_per_lead', 'mqls', 'lead_to_mql_rate', 'sqls', 'mql_to_sql_rate',
  'cost_per_sql', 'opportunities', 'won_deals', 'lost_deals', 'win_rate', 'new_customers', 'lead_to_customer_rate', 'cac_marketing', 'revenue', 'average_deal_size', 'sales_cycle_from_creation', 'roi', 'roas', 'platform_conversions', 'cost_per_platform_conversion'];
const SHARES = ['count', 'money'];
const FIRST_ROWS = 100;

class KpiChannels extends KpiElement {
  static properties = { state: { attribute: false }, sort: { state: true }, all: { state: true } };

  constructor() {
    super();
    /** @type {import('../state/app-state.js').AppState|null} */ this.state = null;
    /** @type {{id: string, up: boolean}|null} */ this.sort = null;
    this.all = false;
  }

  updated() {
    oneTabStop(this);
  }

  render() {
    const report = this.state?.report;
    if (!this.state || !report) return nothing;
    const title = t('channels.title', { name: report.groups ? fieldName(report.groups.dimension).toLocaleLowerCase() : t('place.channels').toLocaleLowerCase() });
    return html`<div class="kpi-stack"><div class="kpi-head"><h1>${title}</h1><p class="kpi-figure">${report.period.from ? formatRange(report.period.from, report.period.to) : t('period.undated')}${report.period.compare
        ? ` \u00b7 ${t(report.period.compare.so_far ? 'compare.so_far.against' : 'compare.against', { range: formatRange(report.period.compare.from, report.period.compare.to) })}` : ''}</p></div>
      <kpi-needs .files=${this.state.files} brief></kpi-needs>
      ${report.groups && report.dimensions.length ? this.#table(report, report.groups) : html`<p class="kpi-note">${t('channels.nothing')}</p>`}</div>`;
  }

  /** @param {Report} report @param {NonNullable<Report['groups']>} groups */
  #table(report, groups) {
    const columns = this.#columns(report, groups);
    const members = this.#sorted(report, groups.members);
    const shown = this.all ? members : members.slice(0, FIRST_ROWS);
    return html`<section class="kpi-sheetlike">
      <div class="kpi-table-bar"><label class="kpi-field">${t('channels.by')}<select class="kpi-input is-small" data-testid="group-by" @change=${(/** @type {Event} */ event) => ask(this, { type: 'query', change: { group: /** @type {HTMLSelectElement} */ (event.target).value } })}>
          ${inUsualOrder(report.dimensions).map((one) => html`<option value=${one.id} .selected=${one.id === groups.dimension}>${fieldName(one.id)}</option>`)}</select></label>
        <p>${t('channels.rows', { count: members.length, shown: members.length })}</p>
        <button type="button" class="kpi-button is-quiet is-small kpi-push" data-testid="export-table" @click=${() => this.state && exportMembers(this.state)}>${icon('export')}${t('export.csv')}</button></div>
      <div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${t('channels.table')}><table class="kpi-table" data-testid="members" @keydown=${moveByArrows}>
        <thead><tr>${this.#header('', fieldName(groups.dimension))}${columns.map(({ kpi }) => this.#header(kpi.id, kpiName(kpi.id)))}</tr></thead>
        <tbody><tr class="is-all" data-testid="member" data-key="all"><th scope="row">${t('table.all')}</th>${columns.map(({ kpi }) => html`<td data-kpi=${kpi.id} data-value=${kpi.value ?? nothing}>${formatValue(kpi.value, kpi.display, kpi.currency, 'cell')}${kpi.compare && kpi.compare.value !== null ? memberChange(kpi, kpi.value, kpi.compare.value) : nothing}${memberTarget(kpi, kpi.target ?? null)}</td>`)}</tr>
          ${shown.map((member) => this.#row(member, columns, groups.dimension, groups.members.indexOf(member)))}</tbody></table></div>
      ${certaintyLegend(shown, columns.map(({ kpi }) => kpi.id))}
      ${shown.length < members.length ? html`<div class="kpi-table-bar"><button type="button" class="kpi-button is-small" @click=${() => { this.all = true; }}>${t('channels.more', { count: members.length, shown: members.length })}</button></div>` : nothing}
    </section>`;
  }

  /** @param {string} id "" = the member's name @param {string} name */
  #header(id, name) {
    const on = this.sort?.id === id;
    const turn = () => { this.sort = on ? { id, up: !this.sort?.up } : { id, up: id === '' }; };
    return html`<th scope="col" aria-sort=${on ? (this.sort?.up ? 'ascending' : 'descending') : nothing}><button type="button" class="kpi-sort" data-testid="sort" data-kpi=${id} @click=${turn}>${name}${on ? icon(this.sort?.up ? 'up' : 'down') : nothing}</button></th>`;
  }

  /** @param {Member} member @param {TableColumn[]} columns @param {string} dimension @param {number} at  where the member stands in the report */
  #row(member, columns, dimension, at) {
    const name = memberName(member);
    return html`<tr data-testid="member" data-key=${member.key}><th scope="row" title=${name}><bdi class=${member.key ? '' : 'kpi-muted'}>${name}</bdi></th>
      ${columns.map(({ index, kpi }) => {
        const value = member.values[index];
        const aim = kpi.target_by_member?.[at] ?? null;
        const text = formatValue(value, kpi.display, member.currencies?.[kpi.id] ?? kpi.currency, 'cell');
        const share = SHARES.includes(kpi.display) && !kpi.unit.includes('/') && value !== null && kpi.value ? value / kpi.value : null;
        return html`<td class=${isFew(member.rates?.[kpi.id]?.n) ? 'is-few' : nothing} data-kpi=${kpi.id} data-value=${value ?? nothing}>${share !== null && share > 0 ? html`<span class="kpi-share" .style=${`inline-size: ${Math.min(100, share * 100)}%`}></span>` : nothing}
          ${rateMark(member.rates?.[kpi.id])}${leftOutMark(member, kpi.id)}${value === null ? html`<span class="kpi-muted">${text}</span>` : html`<button type="button" class="kpi-cell-button" tabindex="-1" aria-haspopup="dialog" title=${t('channels.explain', { kpi: kpiName(kpi.id), name })}
            @click=${() => ask(this, { type: 'explain', kpi: kpi.id, member: { dimension, key: member.key, label: name } })}>${text}</button>`}
          ${member.compare_values ? memberChange(kpi, value, member.compare_values[index]) : nothing}${memberTarget(kpi, aim)}</td>`;
      })}</tr>`;
  }

  /** Those of the usual columns that have any value here. @param {Report} report @param {NonNullable<Report['groups']>} groups @returns {TableColumn[]} */
  #columns(report, groups) {
    const at = new Map(report.kpis.map((kpi, index) => [kpi.id, { index, kpi }]));
    const filled = (/** @type {TableColumn} */ column) => groups.members.some((member) => member.values[column.index] !== null || (member.compare_values?.[column.index] ?? null) !== null);
    const own = report.kpis.filter((kpi) => kpi.family === 'own').map((kpi) => kpi.id);
    const aimed = report.kpis.filter((kpi) => kpi.target_by_member?.some((one) => one) && !COLUMNS.includes(kpi.id)).map((kpi) => kpi.id);
    return [...COLUMNS, ...aimed, ...own.filter((id) => !aimed.includes(id))].map((id) => at.get(id)).filter((column) => column !== undefined).filter(filled);
  }

  /** @param {Report} report @param {Member[]} members */
  #sorted(report, members) {
    const { sort } = this;
    if (!sort) return members;
    const sign = sort.up ? 1 : -1;
    if (!sort.id) return [...members].sort((a, b) => sign * memberName(a).localeCompare(memberName(b)));
    const index = report.kpis.findIndex((kpi) => kpi.id === sort.id);
    const last = sort.up ? Infinity : -Infinity;  // rows without a value stay at the end
    return [...members].sort((a, b) => sign * ((a.values[index] ?? last) - (b.values[index] ?? last)) || 0);
  }
}

customElements.define('kpi-channels', KpiChannels);
