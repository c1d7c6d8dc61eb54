// Experiments: a verdict in words for each, the rates as marks, the evidence as a table, and what a test to come needs.
import { html, nothing } from 'lit';
import { rangeMark, rangeScale } from '../charts/range-mark.js';
import { formatChange, formatCount, formatPercent, formatRange } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { drawRevenue, revenueLines } from './analysis-experiment-value.js';
import { choiceField, numberField, set } from './analysis-settings.js';
import { amongMany, chance } from './chance.js';
import { reasonMeaning, reasonTitle } from './names.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */
const VIEW = 'experiments';
const points = (/** @type {number|null|undefined} */ value) => formatChange({ delta: value ?? null, ratio: null }, 'percent');
const share = (/** @type {number|null|undefined} */ value) => formatChange({ delta: null, ratio: value ?? null }, 'ratio');
const between = (/** @type {{low: number, high: number}|undefined} */ span, /** @type {(value: number) => string} */ format) => (span ? t('analysis.experiments.between', { low: format(span.low), high: format(span.high) }) : '');
const REFUSED = ['incomplete', 'negative', 'not_whole', 'too_large', 'more_conversions', 'repeated', 'outside', 'beside_visitors'];
const VISITORS_REFUSED = ['in_several_arms', 'without_outcome', 'without_visitor', 'without_arm', 'unreadable', 'visitor_too_large', 'visitor_outside', 'same'];
const TONES = /** @type {Record<string, string>} */ ({ better: 'is-better', better_early: 'is-better', worse: 'is-worse', worse_early: 'is-worse', srm_alarm: 'is-doubtful' });

/** @param {AppState} state @param {any} result */
export function drawExperiments(state, result) {
  const settings = state.analyses.settings[VIEW] ?? {};
  const tests = result.experiments.reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + Number(one.verdict !== null) + Number((one.revenue?.p ?? null) !== null), result.total - result.shown);
  return html`${askFor(settings, result)}
    ${tests > 1 ? html`<p class="kpi-note" data-testid="experiments-many">${t('analysis.experiments.many_looked_at', { shown: formatCount(tests), alarms: formatPercent(1 - (1 - result.alpha) ** tests) })}</p>` : nothing}
    ${result.experiments.map((/** @type {any} */ one, /** @type {number} */ index) => card(one, result, index === 0))}
    ${result.total > result.shown ? html`<p class="kpi-muted">${t('analysis.experiments.more', { shown: formatCount(result.shown), total: formatCount(result.total) })}</p>` : nothing}
    ${rows({ ...result.rows, ...result.visitor_rows, incomplete: result.rows.incomplete, outside: result.rows.outside, too_large: result.rows.too_large, visitor_too_large: result.visitor_rows.too_large, visitor_outside: result.visitor_rows.outside })}${planner(settings, result)}`;
}

/** @param {Record<string, unknown>} settings @param {any} result */
function askFor(settings, result) {
  if (!result.experiments.length) return nothing;
  const isRelative = settings['least_effect_is'] !== 'points';
  const onSplit = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const parts = input.value.trim() === '' ? [] : input.value.split(/[:/;\s]+/).filter(Boolean).map(Number);
    const isWrong = parts.length === 1 || parts.some((part) => !(part > 0) || part > 1e9) || parts.length > 50;
    input.classList.toggle('is-invalid', isWrong);
    input.setAttribute('aria-invalid', String(isWrong));
    if (!isWrong) set(event, VIEW, { split: parts.length ? parts : null });
  };
  return html`<div class="kpi-analysis-ask" data-testid="experiments-settings">
    ${numberField({ view: VIEW, name: 'least_effect', label: t('analysis.experiments.least_effect'), kind: 'percent', value: settings['least_effect'], below: isRelative ? 1e6 : 1 })}
    ${effectKind('least_effect_is', settings)}
    ${numberField({ view: VIEW, name: 'planned_visitors', label: t('analysis.experiments.planned_visitors'), kind: 'count', value: settings['planned_visitors'] })}
    <label class="kpi-field">${t('analysis.experiments.split')}<input class="kpi-input" autocomplete="off" data-testid="set-split" placeholder=${t('analysis.experiments.split_example')} .value=${Array.isArray(settings['split']) ? settings['split'].join(':') : ''} @change=${onSplit}></label>
    ${choiceField({ view: VIEW, name: 'alpha', label: t('analysis.experiments.alpha'), value: settings['alpha'] ?? 0.05, options: [0.01, 0.05, 0.1].map((alpha) => [alpha, formatPercent(alpha, 'exact')]) })}</div>`;
}

/** @param {string} name @param {Record<string, unknown>} settings */
const effectKind = (name, settings) => choiceField({ view: VIEW, name, label: t('analysis.experiments.effect_is'), value: settings[name] ?? 'relative', options: [['relative', t('analysis.experiments.relative')], ['points', t('analysis.experiments.points')]] });

/** @param {any} one @param {any} result @param {boolean} isOpen its evidence */
function card(one, result, isOpen) {
  const name = one.name || t('analysis.experiments.unnamed');
  const scale = rangeScale(one.arms);
  return html`<section class="kpi-sheetlike kpi-experiment" aria-label=${name} data-testid="experiment" data-name=${one.name} data-verdict=${one.verdict ?? nothing} data-p=${one.p ?? nothing}>
    <div class="kpi-table-bar"><h2>${name}</h2>${one.from ? html`<p class="kpi-push">${formatRange(one.from, one.to)}</p>` : nothing}</div>
    <div class="kpi-experiment-body"><p class="kpi-analysis-says ${TONES[one.verdict] ?? ''}" data-testid="verdict">${verdict(one, result)}</p>
      ${one.control_assumed && one.arms.length > 1 ? html`<p class="kpi-muted">${t('analysis.experiments.control_assumed', { name: one.arms[0].name })}</p>` : nothing}
      <div class="kpi-ranges">${one.arms.map((/** @type {any} */ arm, /** @type {number} */ index) => html`<span class="kpi-range-name">${arm.name}${index || arm.name.toLowerCase() === t('analysis.experiments.control') ? nothing : html` <small>${t('analysis.experiments.control')}</small>`}</span>
        ${rangeMark({ value: arm.rate, low: arm.low, high: arm.high }, scale, index ? '' : 'is-control')}<span class="kpi-figure">${formatPercent(arm.rate ?? NaN)}</span>`)}</div></div>
    ${table(one, result)}${ofVisitors(one)}${one.revenue ? drawRevenue(one, result) : nothing}
    ${one.many || one.difference || one.revenue?.pairs.length ? html`<details class="kpi-more kpi-experiment-more" data-testid="evidence-more" ?open=${isOpen}><summary>${t('analysis.experiments.evidence_title')}</summary>${one.many ? pairs(one, result) : details(one, evidence(one, result), [])}</details>` : nothing}</section>`;
}

/** What rows that name their visitors tell beside the counts. @param {any} one */
function ofVisitors(one) {
  const said = ['in_several_arms', 'without_outcome', 'by_amount'].filter((id) => one.visitors?.[id]);
  const counts = one.visitors?.rows_with_counts ? t('analysis.experiments.visitors.rows_with_counts', { visitors: formatCount(one.visitors.counted_visitors), conversions: formatCount(one.visitors.counted_conversions) }) : '';
  if (!said.length && !counts) return nothing;
  return html`<ul class="kpi-plan-notes kpi-muted kpi-experiment-visitors">${said.map((id) => html`<li data-testid="of-visitors" data-id=${id} data-visitors=${one.visitors[id]}>${t(`analysis.experiments.visitors.${id}`, { count: one.visitors[id], shown: formatCount(one.visitors[id]) })}</li>`)}
    ${counts ? html`<li data-testid="of-visitors" data-id="rows_with_counts">${counts}</li>` : nothing}</ul>`;
}

/** @param {any} one @param {any} result */
function verdict(one, result) {
  if (one.undefined) return html`<strong>${reasonTitle(one.undefined)}.</strong> ${one.arms.length < 2 ? t('analysis.experiments.one_arm') : reasonMeaning(one.undefined)}`;
  const size = between(one.uplift, share) || between(one.difference, points);
  const args = { name: one.arms[1].name, control: one.arms[0].name, size: one.uplift ? share(one.uplift.value) : points(one.difference?.value), span: size, share: formatPercent(one.planned_share ?? NaN), alpha: formatPercent(result.alpha, 'exact') };
  return html`<strong>${t(`analysis.experiments.verdict.${one.verdict}.title`, args)}</strong> ${t(`analysis.experiments.verdict.${one.verdict}.meaning`, args)} ${amongMany(one, result)}`;
}

/** @param {any} one @param {any} result */
function table(one, result) {
  const confidence = formatPercent(1 - result.alpha, 'exact');
  return html`<div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${t('analysis.experiments.of', { table: t('analysis.experiments.arms'), name: one.name || t('analysis.experiments.unnamed') })}><table class="kpi-table"><thead><tr>
    ${['arm', 'visitors', 'conversions', 'rate', 'interval'].map((column) => html`<th scope="col"><span>${t(`analysis.experiments.column.${column}`, { confidence })}</span></th>`)}</tr></thead>
    <tbody>${one.arms.map((/** @type {any} */ arm) => html`<tr data-testid="arm" data-arm=${arm.name} data-visitors=${arm.visitors} data-conversions=${arm.conversions} data-low=${arm.low} data-high=${arm.high}><th scope="row">${arm.name}</th>
      <td>${formatCount(arm.visitors)}</td><td>${formatCount(arm.conversions)}</td><td>${formatPercent(arm.rate ?? NaN, 'cell')}</td><td>${between(arm, (value) => formatPercent(value, 'cell'))}</td></tr>`)}</tbody></table></div>`;
}

/** Three arms or more, each against the control. @param {any} one @param {any} result */
function pairs(one, result) {
  return html`<div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${t('analysis.experiments.of', { table: t('analysis.experiments.pairs'), name: one.name || t('analysis.experiments.unnamed') })}><table class="kpi-table"><thead><tr>
    ${['against', 'difference', 'interval', 'p', 'holm', 'benjamini_hochberg'].map((column) => html`<th scope="col"><span>${t(`analysis.experiments.column.${column}`, { confidence: formatPercent(1 - result.alpha, 'exact'), name: one.arms[0].name })}</span></th>`)}</tr></thead>
    <tbody>${one.many.pairs.map((/** @type {any} */ pair) => html`<tr data-testid="pair" data-holm=${pair.holm}><th scope="row">${one.arms[pair.arm].name}</th><td>${points(pair.difference)}</td><td>${between(pair, points)}</td>
      <td>${chance(pair.p)}</td><td>${chance(pair.holm)}</td><td>${chance(pair.benjamini_hochberg)}</td></tr>`)}</tbody></table></div>
    ${details(one, [['overall', chance(one.p), t('analysis.experiments.evidence.overall_note')], ...common(one), ...(one.revenue ? revenueLines(one) : [])], one.many.poor ? ['poor'] : [])}`;
}

/** @param {any} one @returns {[string, string, string][]} */
const common = (one) => [...(one.sample_ratio ? [/** @type {[string, string, string]} */ (['split', chance(one.sample_ratio.p), t(one.sample_ratio.alarm ? 'analysis.experiments.evidence.split_alarm' : 'analysis.experiments.evidence.split_fine')])] : []),
  ...(one.p_of_many === null ? [] : [/** @type {[string, string, string]} */ (['p_of_many', chance(one.p_of_many), t('analysis.experiments.evidence.p_of_many_note')])])];

/** @param {any} one @param {any} result @returns {[string, string, string][]} */
function evidence(one, result) {
  const money = one.revenue ? revenueLines(one) : [];
  if (!one.difference) return money;
  const { uplift, difference, bayes, always_valid: early, reach } = one;
  /** @type {[string, string, string][]} */
  const lines = [['difference', points(difference.value), between(difference, points)]];
  if (uplift) lines.push(['uplift', share(uplift.value), between(uplift, share)]);
  lines.push(['p', chance(one.p), t(one.exact ? 'analysis.experiments.evidence.p_exact' : 'analysis.experiments.evidence.p_pooled')], ...common(one));
  if (bayes) lines.push(['bayes', formatPercent(bayes.probability), t('analysis.experiments.evidence.bayes_note', { variant: points(-bayes.loss_variant), control: points(-bayes.loss_control) })]);
  if (early) lines.push(['always_valid', chance(early.p), t('analysis.experiments.evidence.always_valid_note', { shown: formatCount(early.looks), tau: points(early.tau), span: between(early, points) })]);
  if (reach) {
    lines.push(['power', formatPercent(reach.power ?? NaN), t(reach.of_setting ? 'analysis.experiments.evidence.power_setting' : 'analysis.experiments.evidence.power_seen', { effect: points(reach.effect) })]);
    lines.push(['needed', formatCount(reach.visitors ?? NaN), t('analysis.experiments.evidence.needed_note', { effect: points(reach.effect), power: formatPercent(result.power, 'exact') })]);
    lines.push(['detectable', points(reach.detectable), t('analysis.experiments.evidence.detectable_note', { power: formatPercent(result.power, 'exact') })]);
  }
  return [...lines, ...money];
}

/** @param {any} one @param {[string, string, string][]} lines @param {string[]} notes */
function details(one, lines, notes) {
  const more = [...notes, ...(one.undated ? ['undated'] : []), ...(one.visitors ? ['visitors'] : []), ...(one.revenue ? ['revenue', 'bootstrap', 'cuped', 'per_order'] : [])];
  return html`<div class="kpi-table-wrap" tabindex="0" role="region" aria-label=${t('analysis.experiments.of', { table: t('analysis.experiments.evidence_title'), name: one.name || t('analysis.experiments.unnamed') })}><table class="kpi-table kpi-evidence"><thead><tr>${['measure', 'value', 'meaning'].map((column) => html`<th scope="col"><span>${t(`analysis.experiments.column.${column}`)}</span></th>`)}</tr></thead>
    <tbody>${lines.map(([id, value, note]) => html`<tr data-testid="evidence" data-id=${id}><th scope="row">${t(`analysis.experiments.evidence.${id}`)}</th><td>${value}</td><td class="kpi-evidence-note">${note}</td></tr>`)}</tbody></table></div>
    <details class="kpi-more kpi-plan-foot"><summary>${t('analysis.experiments.how')}</summary><ul class="kpi-plan-notes">${[...more, 'interval', 'test', 'once', 'split', 'bayes', 'always_valid', 'size'].map((note) => html`<li>${t(`analysis.experiments.note.${note}`, { shown: formatCount(one.undated) })}</li>`)}</ul></details>`;
}

/** @param {Record<string, number>} counts */
function rows(counts) {
  const left = [...REFUSED, ...VISITORS_REFUSED].filter((reason) => counts[reason]);
  if (!left.length) return nothing;
  return html`<div class="kpi-note" data-testid="experiments-left-out"><p>${t('analysis.experiments.left_out')}</p><ul class="kpi-plan-notes">${left.map((reason) => html`<li data-testid="left-out" data-reason=${reason} data-rows=${counts[reason]}>${t(`analysis.experiments.refused.${reason}`, { count: counts[reason] ?? 0, shown: formatCount(counts[reason] ?? 0) })}</li>`)}</ul></div>`;
}

/** @param {Record<string, unknown>} settings @param {any} result */
function planner(settings, { plan, alpha, power }) {
  const isRelative = settings['plan_effect_is'] !== 'points';
  const says = plan && (plan.visitors === null ? reasonMeaning(plan.undefined)
    : t('analysis.experiments.plan.says', { visitors: formatCount(plan.visitors), rate: formatPercent(Number(settings['plan_rate'])), other: formatPercent(plan.other_rate), power: formatPercent(power, 'exact'), alpha: formatPercent(alpha, 'exact') }));
  return html`<section class="kpi-sheetlike kpi-experiment" aria-labelledby="plan-a-test"><div class="kpi-table-bar"><h2 id="plan-a-test">${t('analysis.experiments.plan.title')}</h2></div><div class="kpi-experiment-body">
    <div class="kpi-analysis-ask">${numberField({ view: VIEW, name: 'plan_rate', label: t('analysis.experiments.plan.rate'), kind: 'percent', value: settings['plan_rate'], below: 1 })}
      ${numberField({ view: VIEW, name: 'plan_effect', label: t('analysis.experiments.least_effect'), kind: 'percent', value: settings['plan_effect'], below: isRelative ? 1e6 : 1 })}${effectKind('plan_effect_is', settings)}
      ${choiceField({ view: VIEW, name: 'power', label: t('analysis.experiments.plan.power'), value: settings['power'] ?? 0.8, options: [0.7, 0.8, 0.9, 0.95].map((one) => [one, formatPercent(one, 'exact')]) })}</div>
    <p class="kpi-analysis-says" role="status" data-testid="plan-a-test" data-visitors=${plan?.visitors ?? nothing}>${says ?? t('analysis.experiments.plan.empty')}</p></div></section>`;
}
