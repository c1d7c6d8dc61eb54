// What the points make of the leads: conversion by band, and whom to call first.
import { html, nothing } from 'lit';
import { rangeMark, rangeScale } from '../charts/range-mark.js';
import { bandLetter, ruleName } from '../export/points-file.js';
import { formatCount, formatDate, formatPercent } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { choiceField } from './analysis-settings.js';
import { ask } from './element.js';
import { between, scoreText, selection, share, table, VIEW } from './scoring-parts.js';

/** @typedef {import('../export/points-file.js').Rule} Rule */

/** @param {import('../state/app-state.js').AppState} state @param {any} points @param {Rule[]} rules */
export function pointResults(state, points, rules) {
  return html`${points.qualified ? html`<div class="kpi-experiment-body">${selection(points.qualified, 'points')}${points.open_qualified === null ? nothing : html`<p data-testid="open-qualified" data-leads=${points.open_qualified}>${t('analysis.scoring.points.open_qualified', { count: points.open_qualified, shown: formatCount(points.open_qualified) })}</p>`}</div>` : nothing}
    ${points.bands?.length ? bands(points) : nothing}${leftOut(points)}${points.list.length ? leads(state, points, rules) : nothing}`;
}

/** @param {any} points */
function bands(points) {
  const known = points.bands.filter((/** @type {any} */ band) => band.low !== null);
  const scale = known.length ? rangeScale(known) : /** @type {[number, number]} */ ([0, 1]);
  return table(t('analysis.scoring.points.by_band'), ['letter', 'from_points', 'people', 'converted', 'rate', 'interval', 'open'], points.bands.map((/** @type {any} */ band, /** @type {number} */ index) => html`<tr data-testid="points-band" data-people=${band.people} data-converted=${band.converted} data-open=${points.open_by_band[index] ?? nothing}>
      <th scope="row">${bandLetter(index)}</th><td>${band.from === null ? t('analysis.scoring.band_below', { above: scoreText(points.bands[index - 1]?.from) }) : scoreText(band.from)}</td><td>${formatCount(band.people)}</td><td>${formatCount(band.converted)}</td><td>${share(band.rate)}</td><td>${between(band, (value) => formatPercent(value, 'cell'))}</td><td>${formatCount(points.open_by_band[index] ?? 0)}</td></tr>`),
    known.length ? html`<div class="kpi-ranges">${points.bands.map((/** @type {any} */ band, /** @type {number} */ index) => (band.low === null ? nothing : html`<span class="kpi-range-name">${bandLetter(index)}</span>${rangeMark({ value: band.rate, low: band.low, high: band.high }, scale)}<span class="kpi-figure">${formatPercent(band.rate)}</span>`))}</div>` : nothing);
}

/** @param {any} points */
function leftOut(points) {
  const out = ['decided', 'unwatched', 'undated', 'undated_outcomes', 'untied', 'undated_activities'].filter((reason) => points[reason]);
  return out.length ? html`<ul class="kpi-plan-notes kpi-plan-foot">${out.map((reason) => html`<li data-testid="points-left" data-reason=${reason} data-rows=${points[reason]}>${t(`analysis.scoring.points.left.${reason}`, { count: points[reason], shown: formatCount(points[reason]) })}</li>`)}</ul>` : nothing;
}

/** @param {import('../state/app-state.js').AppState} state @param {any} points @param {Rule[]} rules */
function leads(state, points, rules) {
  const settings = /** @type {any} */ (state.analyses.settings.scoring ?? {});
  const files = new Map(state.files.map(({ file, name }) => [file, name]));
  const isSigned = (/** @type {number} */ value) => `${value > 0 ? '+' : ''}${scoreText(value)}`;
  const why = (/** @type {[number, number][]} */ by) => by.map(([rule, given]) => { const one = rules[rule]; return one && Math.abs(given) >= 0.05 ? html`<span class="kpi-why">${ruleName(one)} <b>${isSigned(given)}</b></span>` : nothing; });
  const help = html`<p class="kpi-muted">${t('analysis.scoring.list.help', { shown: formatCount(points.list.length), all: formatCount(points.listable) })}</p>
    <div class="kpi-analysis-ask">${choiceField({ view: VIEW, name: 'list', label: t('analysis.scoring.list.which'), value: settings.list?.all ? 'all' : 'open', options: [[/** @type {any} */ ('open'), t('analysis.scoring.list.open')], [/** @type {any} */ ('all'), t('analysis.scoring.list.all')]], made: (which) => ({ list: which === 'all' ? { all: true } : null }) })}
      <button type="button" class="kpi-button" data-testid="points-leads" @click=${(/** @type {Event} */ event) => ask(/** @type {HTMLElement} */ (event.target), { type: 'points_leads' })}>${t('analysis.scoring.list.export')}</button></div>`;
  return table(t('analysis.scoring.list.title'), ['lead', 'account', 'points', 'letter', 'state', 'created', 'rules'], points.list.map((/** @type {any} */ lead, /** @type {number} */ index) => html`<tr data-testid="lead" data-record=${lead.record} data-points=${lead.points}>
    <th scope="row" title=${t('analysis.scoring.list.place', { file: files.get(lead.file) ?? '', record: formatCount(lead.record) })}><bdi>${points.ids?.[index] || t('analysis.scoring.list.row', { record: formatCount(lead.record) })}</bdi></th><td class="kpi-lead-account"><bdi>${lead.account}</bdi></td><td>${scoreText(lead.points)}</td><td>${bandLetter(lead.band)}</td><td>${t(`analysis.scoring.state.${lead.state}`)}</td><td>${lead.created ? formatDate(lead.created) : ''}</td><td class="kpi-lead-why">${why(lead.by)}</td></tr>`), help);
}
