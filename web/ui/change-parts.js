// Why a KPI changed: what each member and each factor gave, as a table whose effects add up to the change.
import { html, nothing } from 'lit';
import { formatCount, formatEffect, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { ask, KpiElement } from './element.js';
import { fieldName, inUsualOrder, measureName, memberName, reasonMeaning } from './names.js';

/** @typedef {import('../engine/protocol.js').Change} Change */
/** @typedef {import('../engine/protocol.js').ChangeLine} ChangeLine */
/** @typedef {import('../engine/protocol.js').MemberSplit} MemberSplit */
/** @typedef {import('../engine/protocol.js').FactorSplit} FactorSplit */
/** @typedef {import('../engine/protocol.js').ReportKpi} ReportKpi */
/** @typedef {import('../state/app-state.js').Sheet} Sheet */

const SIGNS = /** @type {Record<string, string>} */ ({ '+': '+', '-': '\u2212', '*': '\u00d7', '/': '\u00f7', '': '' });

const dimensionName = (/** @type {string} */ id) => fieldName(id).toLocaleLowerCase();

/** A formula over ids in words: "won_deals + lost_deals" is "Won deals + Lost deals". @param {string} formula */
const inWords = (formula) => formula.replaceAll('+?', '+').replace(/[a-z_][a-z0-9_]*/g, measureName);

class KpiChangeParts extends KpiElement {
  static properties = { kpi: { attribute: false }, sheet: { attribute: false }, report: { attribute: false }, catalog: { attribute: false }, whole: { attribute: false } };

  constructor() {
    super();
    /** @type {ReportKpi} */ this.kpi = /** @type {any} */ (null);
    /** @type {Sheet|null} */ this.sheet = null;
    /** @type {import('../engine/protocol.js').Report|null} */ this.report = null;
    /** @type {import('../engine/protocol.js').Catalog|null} */ this.catalog = null;
    this.whole = true;  // all the data: there is no other period
  }

  render() {
    const { sheet, report, kpi } = this;
    if (!sheet || !report || kpi.value === null) return nothing;
    const parts = sheet.member ? this.#segments(sheet.member, report) : this.#periods(report);
    return parts === nothing ? nothing : html`<section class="kpi-parts" data-testid="change"><h3>${t(sheet.member ? 'change.segments' : 'change.title')}</h3>${parts}</section>`;
  }

  /** @param {import('../engine/protocol.js').Report} report */
  #periods(report) {
    if (report.period.compare) return this.#answer();
    return html`<p class="kpi-small kpi-muted" data-testid="change-off">${t('change.off')} ${this.whole ? t('compare.whole')
      : html`<button type="button" class="kpi-link" data-testid="change-on" @click=${() => ask(this, { type: 'query', change: { compare: 'previous_period' } })}>${t('change.on')}</button>`}</p>`;
  }

  /** @param {NonNullable<Sheet['member']>} member @param {import('../engine/protocol.js').Report} report */
  #segments(member, report) {
    const others = report.groups?.dimension === member.dimension ? report.groups.members.filter((one) => one.key !== member.key) : [];
    if (!others.length) return nothing;
    const against = this.sheet?.change?.against ?? null;
    return html`<label class="kpi-field">${t('change.against')}<select class="kpi-input is-small" data-testid="change-against" @change=${(/** @type {Event} */ event) => this.#wish({ against: /** @type {HTMLSelectElement} */ (event.target).value })}>
        <option value="" disabled .selected=${against === null}>${t('change.choose')}</option>
        ${others.slice(0, 200).map((one) => html`<option value=${one.key} .selected=${one.key === against}>${memberName(one)}</option>`)}</select></label>
      ${against === null ? nothing : this.#answer()}`;
  }

  /** @param {import('../state/change-request.js').ChangeWish} wish */
  #wish(wish) {
    ask(this, { type: 'explain_change', wish });
  }

  /** @param {number|null|undefined} effect */
  #effect(effect) {
    return formatEffect(effect, this.kpi.display, this.sheet?.change?.answer?.currency ?? '');
  }

  /** @param {number|null} value */
  #value(value) {
    return formatValue(value, this.kpi.display, this.sheet?.change?.answer?.currency ?? '');
  }

  #answer() {
    const change = this.sheet?.change;
    if (!change) return nothing;
    if (change.failed) return html`<p class="kpi-note">${t(`code.${change.failed}.title`)}</p>`;
    const { answer } = change;
    if (!answer) return html`<p class="kpi-parts-wait" aria-busy="true"></p>`;
    if (answer.undefined || answer.total_change === null) {
      return html`<p class="kpi-note" data-testid="change-nothing" data-code=${answer.undefined?.code ?? nothing}>${t(answer.before.value === null ? 'change.nothing_before' : 'change.nothing')} ${answer.undefined ? reasonMeaning(answer.undefined) : ''}</p>`;
    }
    return html`<p data-testid="change-total" data-value=${answer.total_change}><b class="kpi-parts-total kpi-figure">${this.#effect(answer.total_change)}</b> <span class="kpi-muted">${t('change.from', { before: this.#value(answer.before.value), after: this.#value(answer.after.value) })}</span></p>
      ${answer.members ? this.#members(answer.members, answer, change) : nothing}
      ${answer.factors ? this.#factors(answer.factors) : nothing}`;
  }

  /** @param {MemberSplit} split @param {Change} answer @param {import('../state/change-request.js').SheetChange} change */
  #members(split, answer, change) {
    const name = dimensionName(split.dimension);
    const isMix = split.method === 'rate_mix';
    const choice = html`<label class="kpi-field kpi-parts-by">${t('change.by')}<select class="kpi-input is-small" data-testid="change-by" @change=${(/** @type {Event} */ event) => this.#wish({ by: /** @type {HTMLSelectElement} */ (event.target).value })}>
      ${inUsualOrder(change.dimensions.map((id) => ({ id }))).map(({ id }) => html`<option value=${id} .selected=${id === change.by}>${fieldName(id)}</option>`)}</select></label>`;
    if (!split.method) return html`${split.undefined?.code === 'not_by_dimension' ? choice : nothing}<p class="kpi-small kpi-muted" data-testid="change-unsplit" data-code=${split.undefined?.code ?? nothing}>${split.undefined ? reasonMeaning(split.undefined) : ''}</p>`;
    const most = Math.max(...split.lines.map((line) => Math.abs(line.effect)), 0);
    return html`${split.reversed ? this.#reversal(split, answer) : nothing}
      ${isMix ? html`<p>${t('change.within', { dimension: name, rate: this.#effect(split.rate_effect), mix: this.#effect(split.mix_effect) })}${split.unsplit_effect ? ` ${t('change.unsplit', { effect: this.#effect(split.unsplit_effect) })}` : ''}</p>` : nothing}
      ${choice}
      <div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${t('change.table', { dimension: name })}><table class="kpi-table kpi-parts-table" data-testid="change-members" data-dimension=${split.dimension} data-method=${split.method}>
        <thead><tr><th scope="col"><span>${fieldName(split.dimension)}</span></th>${(isMix ? ['effect', 'rate', 'mix', 'before', 'after'] : ['effect', 'before', 'after']).map((id) => html`<th scope="col"><span>${t(`change.${id}`)}</span></th>`)}</tr></thead>
        <tbody>${split.lines.map((line) => this.#line(line, name, isMix, most))}</tbody>
        <tfoot><tr class="is-all"><th scope="row">${t('table.all')}</th><td data-testid="change-sum" data-value=${split.sum_of_effects}>${this.#effect(split.sum_of_effects)}</td>
          ${isMix ? html`<td>${this.#effect(split.rate_effect)}</td><td>${this.#effect(split.mix_effect)}</td>` : nothing}<td>${this.#value(answer.before.value)}</td><td>${this.#value(answer.after.value)}</td></tr></tfoot></table></div>
      <p class="kpi-small kpi-muted">${t(`change.how.${split.method}`, { whole: inWords(split.share_of ?? ''), reference: this.#value(split.reference ?? null) })}</p>`;
  }

  /** @param {ChangeLine} line @param {string} dimension @param {boolean} isMix @param {number} most the largest effect */
  #line(line, dimension, isMix, most) {
    const name = line.kind === 'rest' ? t('change.rest', { dimension }) : line.kind === 'others' ? t('change.others', { count: line.members, shown: formatCount(line.members) }) : memberName(line);
    return html`<tr data-testid="change-line" data-kind=${line.kind} data-key=${line.key} data-state=${line.state} data-rate=${line.rate_effect ?? nothing} data-mix=${line.mix_effect ?? nothing}>
      <th scope="row" title=${name}><bdi class=${line.kind === 'member' && line.key ? '' : 'kpi-muted'}>${name}</bdi>${line.kind === 'member' && line.state !== 'both' ? html` <span class="kpi-parts-chip">${t(`change.${line.state}`)}</span>` : nothing}
        ${line.kind === 'others' ? html` <button type="button" class="kpi-link" data-testid="change-all" @click=${() => this.#wish({ all: true })}>${t('change.all')}</button>` : nothing}</th>
      ${this.#bar(line.effect, most)}${isMix ? html`<td>${this.#effect(line.rate_effect)}</td><td>${this.#effect(line.mix_effect)}</td>` : nothing}
      <td>${this.#value(line.before)}</td><td>${this.#value(line.after)}</td></tr>`;
  }

  /** An effect with its bar, to the end side where it adds and to the start side where it takes. @param {number|null} effect @param {number} most */
  #bar(effect, most) {
    const size = most > 0 && effect !== null ? Math.abs(effect) / most * 50 : 0;
    const tone = this.kpi.better === 'neutral' || !effect ? '' : (effect > 0) === (this.kpi.better === 'higher') ? 'is-better' : 'is-worse';
    return html`<td class="kpi-parts-bar" data-testid="change-effect" data-value=${effect ?? nothing}><i class=${tone} aria-hidden="true" .style=${`inline-size: ${size}%; inset-inline-start: ${(effect ?? 0) < 0 ? 50 - size : 50}%`}></i><span>${this.#effect(effect)}</span></td>`;
  }

  /** @param {MemberSplit} split @param {Change} answer */
  #reversal(split, answer) {
    const fell = (answer.total_change ?? 0) < 0;
    const { driver } = split;
    const share = (/** @type {number|undefined} */ value) => formatPercent(value ?? 0);
    const grew = driver && (driver.share_after ?? 0) > (driver.share_before ?? 0);
    return html`<p class="kpi-note" role="note" data-testid="reversal" data-driver=${driver?.key ?? nothing}><strong>${t(fell ? 'change.rose' : 'change.fell', { dimension: dimensionName(split.dimension) })}</strong>
      ${driver ? t(grew ? 'change.towards' : 'change.away', { name: driver.kind === 'rest' ? t('change.rest', { dimension: dimensionName(split.dimension) }) : memberName(driver), whole: inWords(split.share_of ?? ''), before: share(driver.share_before), after: share(driver.share_after) }) : nothing}</p>`;
  }

  /** What the columns of before and after are called: periods, or the two members. */
  #sides() {
    const { member, change } = /** @type {Sheet} */ (this.sheet);
    const other = this.report?.groups?.members.find((one) => one.key === change?.against);
    return member && other ? [memberName(other), member.label] : [t('change.before'), t('change.after')];
  }

  /** @param {FactorSplit} split */
  #factors(split) {
    const most = Math.max(...split.lines.map((line) => Math.abs(line.effect ?? 0)), 0);
    const display = (/** @type {string} */ id) => (this.catalog?.measures.find((one) => one.id === id) ?? this.catalog?.kpis.find((one) => one.id === id))?.display ?? 'count';
    return html`<div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${t('change.factors')}><table class="kpi-table kpi-parts-table" data-testid="change-factors" data-method=${split.method ?? nothing}>
        <thead><tr>${[t('change.factor'), t('change.effect'), ...this.#sides()].map((name) => html`<th scope="col"><span>${name}</span></th>`)}</tr></thead>
        <tbody>${split.lines.map((line, i) => html`<tr data-testid="change-factor" data-id=${line.id}><th scope="row" title=${measureName(line.id)}>${i || line.sign === '/' || line.sign === '-' ? html`<span aria-hidden="true">${SIGNS[line.sign]}</span> ` : nothing}${measureName(line.id)}</th>${this.#bar(line.effect, most)}
          <td>${formatValue(line.before, display(line.id), line.currency)}</td><td>${formatValue(line.after, display(line.id), line.currency)}</td></tr>`)}</tbody></table></div>
      <p class="kpi-small kpi-muted">${split.method ? t(`change.how.${split.method}`) : split.undefined ? reasonMeaning(split.undefined) : ''}</p>`;
  }
}

customElements.define('kpi-change-parts', KpiChangeParts);
