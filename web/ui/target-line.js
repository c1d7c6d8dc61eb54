// How a figure stands against its target: a shape, a word and a figure, since colour alone says nothing.
import { html, nothing } from 'lit';
import { formatChange, formatDate, formatPercent, formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { icon } from './icons.js';
import { reasonMeaning, reasonTitle } from './names.js';

/** @typedef {import('../engine/protocol.js').ReportKpi} ReportKpi */
/** @typedef {import('../engine/protocol.js').Target} Target */

const JUDGED = ['met', 'near', 'missed'];
const TONES = /** @type {Record<string, string>} */ ({ met: 'kpi-better', near: 'kpi-doubtful', missed: 'kpi-worse' });

/** Whether a target says anything about this figure. @param {{status: string}|null|undefined} target */
export const isJudged = (target) => JUDGED.includes(target?.status ?? '');

/** @param {string} status met, near or missed */
export const statusMark = (status) => html`<span class="kpi-status ${TONES[status]}" data-testid="target-status" data-status=${status}>${icon(status)}${t(`board.status.${status}`)}</span>`;

/** A signed difference in the KPI's own unit; percentage points for percentages. @param {number} difference @param {ReportKpi} kpi */
export function differenceText(difference, kpi) {
  if (kpi.display === 'percent') return formatChange({ delta: difference, ratio: null }, 'percent');
  return `${difference > 0 ? '+' : ''}${formatValue(difference, kpi.display, kpi.currency)}`;
}

/** Attainment, or the distance where a share says nothing: percentages, targets of zero. @param {ReportKpi} kpi @param {Target} target */
function distance(kpi, target) {
  if (kpi.display !== 'percent' && target.attainment !== null) return t('board.attained', { share: formatPercent(target.attainment) });
  return target.difference === null ? '' : t('board.off', { difference: differenceText(target.difference, kpi) });
}

/** One line for a card. @param {ReportKpi} kpi */
export function targetLine(kpi) {
  const { target } = kpi;
  if (!target || !isJudged(target)) return nothing;
  return html`<span class="kpi-aim" data-testid="target-line" data-target=${target.value ?? nothing} data-attainment=${target.attainment ?? nothing}>${statusMark(target.status)} <span><bdi>${distance(kpi, target)}</bdi></span></span>`;
}

/** What was aimed at, and how that came about. @param {ReportKpi} kpi */
export function targetDetail(kpi) {
  const { target } = kpi;
  if (!target) return html`<span class="kpi-muted">${t('board.none')}</span>`;
  if (target.value === null) return html`<span class="kpi-muted" title=${target.undefined ? reasonMeaning(target.undefined) : ''} data-testid="target-reason" data-code=${target.undefined?.code ?? ''}>${target.undefined ? reasonTitle(target.undefined) : ''}</span>`;
  const shown = (/** @type {number|null} */ value) => formatValue(value, kpi.display, target.currency || kpi.currency);
  const byDays = target.whole === null ? t('board.by_days', { day: formatDate(target.to) }) : t('board.by_days_of', { day: formatDate(target.to), whole: shown(target.whole) });
  return html`<span>${t('board.target', { target: shown(target.value) })}</span>${target.by_days ? html` <small class="kpi-muted" data-testid="by-days">${byDays}</small>` : nothing}`;
}
