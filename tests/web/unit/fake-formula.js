// Parses and evaluates the small formula language, for the fake engine only.

/** @typedef {{op: string, id?: string, value?: number, children?: Tree[]}} Tree */

/** @param {string} text @returns {Tree} */
export function parse(text) {
  const words = text.match(/[a-z_]+|[\d.]+|[-+*/()]/g) ?? [];
  let at = 0;
  /** @param {Record<string, string>} ops @param {() => Tree} next @returns {Tree} */
  const chain = (ops, next) => {
    let left = next();
    while (ops[words[at]]) left = { op: ops[words[at++]], children: [left, next()] };
    return left;
  };
  /** @returns {Tree} */
  const atom = () => {
    const word = words[at++];
    if (word === '(') {
      const inner = sum();
      at++;
      return inner;
    }
    return /\d/.test(word) ? { op: 'number', value: Number(word) } : { op: 'reference', id: word };
  };
  const product = () => chain({ '*': 'multiply', '/': 'divide' }, atom);
  const sum = () => chain({ '+': 'add', '-': 'subtract' }, product);
  return sum();
}

/**
 * @param {Tree} tree
 * @param {Record<string, number|null>} sums
 * @param {{kpis: {id: string, formula: string}[]}} catalog
 * @returns {any} a trace node, with the measures that it needs
 */
export function evaluate(tree, sums, catalog) {
  if (tree.op === 'number') return { op: 'number', value: tree.value, children: [], measures: [] };
  if (tree.op === 'reference') {
    const id = /** @type {string} */ (tree.id);
    const kpi = id in sums ? null : catalog.kpis.find((one) => one.id === id);
    if (kpi) {
      const inner = evaluate(parse(kpi.formula), sums, catalog);
      return { ...inner, op: 'reference', id, children: [inner] };
    }
    const value = sums[id] ?? null;
    return { op: 'reference', id, value, children: [], measures: [id], ...(value === null ? { undefined: { code: 'missing_input', args: [id] } } : {}) };
  }
  const [a, b] = (tree.children ?? []).map((child) => evaluate(child, sums, catalog));
  const node = { op: tree.op, children: [a, b], measures: [...a.measures, ...b.measures], left: a.value, right: b.value };
  const missing = [...(a.undefined?.args ?? []), ...(b.undefined?.args ?? [])];
  if (missing.length) return { ...node, value: null, undefined: { code: 'missing_input', args: [...new Set(missing)] } };
  if (a.value === null || b.value === null || (tree.op === 'divide' && b.value === 0)) {
    return { ...node, value: null, undefined: { code: 'denominator_zero', args: [] } };
  }
  const value = { add: a.value + b.value, subtract: a.value - b.value, multiply: a.value * b.value, divide: a.value / b.value }[tree.op];
  return { ...node, value };
}
