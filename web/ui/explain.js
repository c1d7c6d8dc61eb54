// Where a number comes from: definition, formula in words and with values, inputs with their files, what is missing.
import { html, nothing } from 'lit';
import { formatCount, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { basisNote, formulaWords } from './basis.js';
import { benchmarksOf } from './benchmarks.js';
import { rateWords } from './certainty.js';
import { changeLine, otherChanges } from './change.js';
import './change-parts.js';
import { ask, KpiElement } from './element.js';
import { formulaTree } from './formula-tree.js';
import { icon } from './icons.js';
import { compareWords, fieldName, kpiName, listOf, measureName, reasonMeaning, tableName } from './names.js';
import { ownTools } from './own-tools.js';
import { mixedHelp } from './report-currency.js';
import './solve.js';
import './trend.js';
import { valueText } from './card.js';
import { targetDetail, targetLine } from './target-line.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */
/** @typedef {import('../engine/protocol.js').Explanation} Explanation */
/** @typedef {import('../engine/protocol.js').TraceMeasure} TraceMeasure */
/** @typedef {import('../engine/protocol.js').ReportKpi} ReportKpi */

class KpiExplain extends KpiElement {
  static properties = { state: { attribute: false } };

  constructor() {
    super();
    /** @type {AppState|null} */ this.state = null;
  }

  updated() {
    const dialog = this.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  #close() {
    ask(this, { type: 'close' });
  }

  render() {
    const sheet = this.state?.sheet;
    const report = this.state?.report;
    const kpi = report?.kpis.find((one) => one.id === sheet?.kpi);
    if (!this.state || !sheet || !report || !kpi) return nothing;
    const result = sheet.result;
    const { member } = sheet;
    return html`<dialog class="kpi-side" aria-labelledby="explain-title" data-testid="explain" data-kpi=${kpi.id} @close=${this.#close}
        @click=${(/** @type {Event} */ event) => { if (event.target === event.currentTarget) this.#close(); }}>
      <div class="kpi-side-head"><div><h2 id="explain-title">${kpiName(kpi.id)}</h2>${member ? html`<p class="kpi-muted">${fieldName(member.dimension)}: <bdi>${member.label}</bdi></p>` : nothing}</div>
        <button type="button" class="kpi-button is-quiet is-icon" data-testid="explain-close" aria-label=${t('action.close')} autofocus @click=${this.#close}>${icon('close')}</button></div>
      <div class="kpi-side-body">
        <section>${this.#answer(kpi, result, member !== null)}</section>
        <section><p>${t(`kpi.${kpi.id}.definition`)}</p><p class="kpi-muted">${t(`kpi.${kpi.id}.reading`)}</p></section>
        <section><h3>${t('explain.formula')}</h3><p class="kpi-side-formula" data-testid="formula">${formulaWords(kpi)}</p>${member ? nothing : basisNote(kpi)}</section>
        ${sheet.failed ? html`<p class="kpi-note">${t(`code.${sheet.failed}.title`)}</p>` : nothing}
        ${result ? this.#working(result, kpi) : nothing}
        ${result ? html`<kpi-change-parts .kpi=${kpi} .sheet=${sheet} .report=${report} .catalog=${this.state.catalog} .whole=${this.state.choices.whole}></kpi-change-parts>` : nothing}
        ${result && !member ? html`<section><kpi-solve .kpi=${kpi} .result=${result} .solution=${sheet.solution ?? null} .catalog=${this.state.catalog}></kpi-solve></section>` : nothing}
        ${!member && kpi.value !== null && report.buckets.length > 1 ? html`<kpi-trend fixed .report=${report} .kpi=${kpi}></kpi-trend>` : nothing}
        ${member ? nothing : benchmarksOf(kpi)}
        ${kpi.family === 'own' ? ownTools(this, kpi.id) : this.#about(kpi.id)}
      </div>
    </dialog>`;
  }

  /** @param {ReportKpi} kpi @param {Explanation|null} result @param {boolean} ofMember */
  #answer(kpi, result, ofMember) {
    const value = ofMember ? result?.trace.value ?? null : kpi.value;
    const undef = ofMember ? result?.trace.undefined ?? null : kpi.undefined;
    const compared = this.state?.report?.period.compare;
    return html`<p class="kpi-value" data-testid="explain-value" data-value=${value ?? nothing}>${valueText({ ...kpi, value })}</p>
      ${!ofMember && compared ? html`<p>${changeLine(kpi, compareWords(compared) ?? '')}<br><span class="kpi-small kpi-muted">${t('explain.before', { value: formatValue(kpi.compare?.value, kpi.display, kpi.currency) })}</span></p>
        ${otherChanges(kpi, /** @type {import('../engine/protocol.js').Report} */ (this.state?.report).period)}` : nothing}
      ${!ofMember && kpi.interval && kpi.denominator !== undefined ? html`<p class="kpi-small kpi-muted kpi-figure">${t('explain.interval', { low: formatPercent(kpi.interval[0]), high: formatPercent(kpi.interval[1]), k: formatCount(kpi.numerator ?? 0), n: formatCount(kpi.denominator) })}</p>` : nothing}
      ${ofMember ? rateWords(this.#memberRate(kpi.id)) : nothing}
      ${!ofMember && kpi.target ? html`<p data-testid="explain-target">${targetLine(kpi)} ${targetDetail(kpi)}</p>` : nothing}
      ${value === null && undef ? html`<p class="kpi-note" data-testid="explain-reason" data-code=${undef.code}>${reasonMeaning(undef)}</p>${undef.code === 'currency_mixed' && this.state ? mixedHelp(this, this.state) : nothing}` : nothing}
      ${ofMember ? nothing : kpi.checks.map((check) => html`<div class="kpi-note"><strong>${t(`code.${check.code}.title`)}</strong><p class="kpi-muted">${t(`code.${check.code}.meaning`)} ${t(`code.${check.code}.action`)}</p></div>`)}`;
  }

  /** @param {string} id */
  #memberRate(id) {
    const groups = this.state?.report?.groups;
    const member = this.state?.sheet?.member;
    return groups && groups.dimension === member?.dimension ? groups.members.find((one) => one.key === member.key)?.rates?.[id] : undefined;
  }

  /** @param {Explanation} result @param {ReportKpi} kpi */
  #working(result, kpi) {
    const simple = !result.trace.children?.length || result.trace.op === 'reference' && result.trace.children.length === 1 && !result.trace.children[0].children?.length;
    return html`${simple ? nothing : html`<section><h3>${t('explain.values')}</h3>${formulaTree(result, kpi, this.state?.catalog ?? null)}</section>`}
      ${result.missing.length ? html`<section><h3>${t('explain.missing')}</h3><ul class="kpi-inputs" data-testid="missing">${result.missing.map((one) => html`<li><b>${measureName(one.measure)}</b>
        <p>${one.options.length ? one.options.slice(0, 2).map((option) => html`${t('explain.option', { table: tableName(option.table), fields: listOf(option.fields.map(fieldName)) })} `) : t('explain.parameter')}</p></li>`)}</ul>${result.missing.some((one) => one.options.length) ? html`<p><button type="button" class="kpi-link" data-testid="type-missing" @click=${() => ask(this, { type: 'go', place: 'totals' })}>${t('totals.explain.type')}</button></p>` : nothing}</section>` : nothing}
      ${result.measures.some((one) => one.value !== null) ? html`<section><h3>${t('explain.inputs')}</h3><ul class="kpi-inputs" data-testid="inputs">${result.measures.filter((one) => one.value !== null).map((one) => this.#input(one))}</ul></section>` : nothing}`;
  }

  /** @param {TraceMeasure} measure */
  #input(measure) {
    const files = (measure.files ?? []).map((use) => ({ ...use, typed: this.state?.typedCard?.file === use.file, name: this.state?.files.find((card) => card.file === use.file)?.name ?? '' }));
    const note = measure.source?.note;
    return html`<li><b>${measureName(measure.id)}</b><span class="kpi-figure">${formatValue(measure.value, measure.display, measure.currency ?? '', 'exact')}</span>
      <p>${t(`measure.${measure.id}.definition`)}${note ? ` ${t(`note.${note}`)}` : ''}</p>
      ${files.map((use) => html`<p><bdi>${use.typed ? t('totals.name') : use.name}</bdi> \u00b7 ${t(use.typed ? 'totals.figures' : 'explain.rows', { count: use.rows, shown: formatCount(use.rows) })}</p>`)}</li>`;
  }

  /** Variants and where the definition comes from. @param {string} id */
  #about(id) {
    const entry = this.state?.catalog?.kpis.find((one) => one.id === id);
    if (!entry) return nothing;
    const variants = entry.variants_of.filter((one) => this.state?.report?.kpis.some((kpi) => kpi.id === one));
    return html`${variants.length ? html`<section><h3>${t('explain.variants')}</h3><ul class="kpi-inputs">${variants.map((one) => html`<li><button type="button" class="kpi-link" @click=${() => ask(this, { type: 'explain', kpi: one })}>${kpiName(one)}</button>
          <span class="kpi-figure">${this.#short(one)}</span><p>${t(`kpi.${one}.formula`)}</p></li>`)}</ul></section>` : nothing}
      <section><h3>${t('explain.sources')}</h3>${this.#reference(id)}<p class="kpi-small kpi-muted">${t(`status.${entry.status}`)}${entry.reason ? ` ${entry.reason}` : ''} ${entry.sources.length ? t('explain.articles', { items: listOf(entry.sources.map((one) => (one.item ? `${one.source}-${one.item}` : one.source))) }) : ''}</p></section>`;
  }

  /** The KPI's own page, where the page stands in its folder: a single file has nowhere to lead to. @param {string} id */
  #reference(id) {
    const folder = document.documentElement.dataset.reference;
    return folder ? html`<p><a href=${`${folder}kpi/${id}.html`} target="_blank" rel="noopener" data-testid="reference">${t('explain.reference')}</a></p>` : nothing;
  }

  /** @param {string} id */
  #short(id) {
    const kpi = this.state?.report?.kpis.find((one) => one.id === id);
    return kpi ? valueText(kpi) : nothing;
  }
}

customElements.define('kpi-explain', KpiExplain);
