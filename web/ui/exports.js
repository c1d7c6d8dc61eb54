// Tables of the report as CSV: raw values, so that a spreadsheet can calculate on.
import { download, toCsv } from '../export/csv.js';
import { t } from '../i18n/translate.js';
import { fieldName, kpiName, memberName, reasonTitle } from './names.js';

/** @typedef {import('../state/app-state.js').AppState} AppState */

/** @param {AppState} state */
export function exportKpis({ report }) {
  if (!report) return;
  const head = ['name', 'id', 'value', 'unit', 'currency', 'reason', 'from', 'to', 'low', 'high', 'numerator', 'denominator', 'before', 'change'].map((key) => t(`export.column.${key}`));
  const rows = report.kpis.map((kpi) => [
    kpiName(kpi.id), kpi.id, kpi.value, t(`display.${kpi.display}`), kpi.currency, kpi.undefined ? reasonTitle(kpi.undefined) : '', report.period.from, report.period.to,
    kpi.interval?.[0] ?? null, kpi.interval?.[1] ?? null, kpi.numerator ?? null, kpi.denominator ?? null, kpi.compare?.value ?? null, kpi.compare?.delta ?? null,
    ...(kpi.undefined?.code === 'currency_mixed' ? [] : kpi.series),  // periods of different currencies in one line would read as one
  ]);
  download(t('export.file.kpis'), toCsv([[...head, ...report.buckets.map((bucket) => bucket.label)], ...rows]));
}

/** @param {AppState} state */
export function exportMembers({ report }) {
  if (!report?.groups) return;
  const head = [fieldName(report.groups.dimension), ...report.kpis.map((kpi) => kpiName(kpi.id))];
  const all = [t('table.all'), ...report.kpis.map((kpi) => kpi.value)];
  const { compare } = report.period;
  const before = compare ? [[], [t('compare.against', { range: `${compare.from}..${compare.to}` })], [t('table.all'), ...report.kpis.map((kpi) => kpi.compare?.value ?? null)],
    ...report.groups.members.map((one) => [memberName(one), ...one.compare_values ?? []])] : [];
  download(t('export.file.members'), toCsv([head, all, ...report.groups.members.map((one) => [memberName(one), ...one.values]), ...before]));
}

/** @param {string} name of the file @param {import('../engine/protocol.js').Receipt} receipt */
export function exportReceipt(name, receipt) {
  const counts = Object.entries(receipt.receipt).map(([key, value]) => [t('receipt.counted'), t(`receipt.${key}`), value, '']);
  const aside = receipt.set_aside.map((one) => [t('receipt.row'), t(`aside.${one.reason}`), one.record, one.text]);
  const found = receipt.diagnostics.flatMap((one) => one.items.map((item) => [t('receipt.finding'), one.code, item.record, JSON.stringify(item.args)]));
  const head = ['what', 'kind', 'number', 'text'].map((key) => t(`receipt.column.${key}`));
  download(`${t('export.file.receipt')} ${name.replace(/\.[^.]*$/, '')}.csv`, toCsv([head, ...counts, ...aside, ...found]));
}
