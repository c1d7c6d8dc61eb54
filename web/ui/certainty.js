// How far a rate can be leaned on: few cases are greyed, and what chance alone explains is marked.
import { html, nothing } from 'lit';
import { formatCount, formatPercent } from '../format/format.js';
import { t } from '../i18n/translate.js';

/** @typedef {import('../engine/protocol.js').MemberRate} MemberRate */

/** Below this many cases a share says little: 5 of 30 may be 7 % or 34 %. */
const FEW = 30;

/** @param {number|undefined} n */
export const isFew = (n) => n !== undefined && n < FEW;

/** Marks of one cell. @param {MemberRate|undefined} rate */
export function rateMark(rate) {
  if (rate?.differs !== false) return nothing;
  return html`<span class="kpi-alike" data-testid="alike" title=${t('certainty.alike')}><span aria-hidden="true">\u2248</span><span class="kpi-hidden">${t('certainty.alike')}</span></span> `;
}

/** A figure of a member that lacks a part which only the total knows. @param {{left_out?: string[]}} member @param {string} kpi */
export function leftOutMark(member, kpi) {
  if (!member.left_out?.includes(kpi)) return nothing;
  return html`<span class="kpi-alike" data-testid="left-out" title=${t('code.part_left_out.meaning')}><span aria-hidden="true">\u2020</span><span class="kpi-hidden">${t('code.part_left_out.title')}</span></span> `;
}

/** In words, for a member's explanation. @param {MemberRate|undefined} rate */
export function rateWords(rate) {
  if (!rate) return nothing;
  const words = rate.differs === null ? '' : t(rate.differs ? 'certainty.differs' : 'certainty.alike');
  return html`<p class="kpi-small kpi-muted kpi-figure" data-testid="member-rate" data-differs=${rate.differs ?? nothing}>${t('explain.interval', { low: formatPercent(rate.low), high: formatPercent(rate.high), k: formatCount(rate.k), n: formatCount(rate.n) })}
    ${words} ${isFew(rate.n) ? t('certainty.few') : ''}</p>`;
}

/** What the marks of a table mean, where it has any. @param {{rates?: Record<string, MemberRate>, left_out?: string[]}[]} members @param {string[]} shown ids of KPIs */
export function certaintyLegend(members, shown) {
  const rates = members.flatMap((member) => shown.map((id) => member.rates?.[id]).filter((rate) => rate !== undefined));
  const lines = [rates.some((rate) => rate.differs === false) ? t('certainty.legend') : '', rates.some((rate) => isFew(rate.n)) ? t('certainty.grey') : '',
    members.some((member) => member.left_out?.some((kpi) => shown.includes(kpi))) ? t('certainty.left_out') : ''].filter(Boolean);
  return lines.length ? html`<p class="kpi-small kpi-muted kpi-table-legend" data-testid="certainty">${lines.join(' ')}</p>` : nothing;
}
