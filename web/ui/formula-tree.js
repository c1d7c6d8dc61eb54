// The formula with its values, as a nested list: each line is a step, its parts below it.
import { html, nothing } from 'lit';
import { formatValue } from '../format/format.js';
import { t } from '../i18n/translate.js';
import { measureName } from './names.js';

/** @typedef {import('../engine/protocol.js').TraceNode} TraceNode */
/** @typedef {import('../engine/protocol.js').Explanation} Explanation */
/** @typedef {import('../engine/protocol.js').Catalog} Catalog */

const SIGNS = /** @type {Record<string, string>} */ ({ add: '+', subtract: '\u2212', multiply: '\u00d7', divide: '\u00f7', add_known: '+', power: '^' });

/**
 * @param {Explanation} explanation
 * @param {{id: string, display: string}} kpi
 * @param {Catalog|null} catalog
 */
export function formulaTree(explanation, kpi, catalog) {
  const root = explanation.trace.id === kpi.id && explanation.trace.children?.length === 1 ? explanation.trace.children[0] : explanation.trace;
  const displays = new Map((catalog?.kpis ?? []).map((one) => [one.id, one.display]));
  const measures = new Map(explanation.measures.map((one) => [one.id, one.display]));
  const display = (/** @type {TraceNode} */ node) => {
    if (node === root) return kpi.display;
    if (node.id && displays.has(node.id)) return /** @type {string} */ (displays.get(node.id));
    return (node.id && measures.get(node.id)) ?? (node.currency ? 'money' : 'count');
  };
  return html`<ul class="kpi-tree" data-testid="tree">${branch(root, '', display, kpi.id)}</ul>`;
}

/**
 * @param {TraceNode} node
 * @param {string} sign
 * @param {(node: TraceNode) => string} display
 * @param {string} [root] the KPI's id at the top
 * @returns {import('lit').TemplateResult}
 */
function branch(node, sign, display, root = '') {
  const children = node.children ?? [];
  const value = node.value === null ? html`<span class="is-none">${t('explain.none')}</span>` : html`<b>${formatValue(node.value, display(node), node.currency ?? '', 'exact')}</b>`;
  const name = root ? measureName(root) : node.id ? measureName(node.id) : node.op === 'number' ? t('explain.constant') : t(`explain.op.${node.op}`);
  // a reference to another KPI shows that KPI's own formula right below it
  const below = node.op === 'reference' && children.length === 1 && !children[0].id ? children[0].children ?? [] : children;
  const operation = node.op === 'reference' && children.length === 1 ? children[0].op : node.op;
  return html`<li><div class="kpi-tree-row">${root ? nothing : html`<span class="kpi-tree-op">${sign}</span>`}<span class="kpi-tree-name">${name}</span>${value}</div>
    ${below.length ? html`<ul>${below.map((child, i) => branch(child, i ? SIGNS[operation] ?? '' : '', display))}</ul>` : nothing}</li>`;
}
