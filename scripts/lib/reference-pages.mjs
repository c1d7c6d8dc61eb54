// The pages of the KPI reference, as text.

/** @typedef {import('./catalogue.mjs').Kpi} Kpi */
/** @typedef {import('./catalogue.mjs').Measure} Measure */
/** @typedef {ReturnType<typeof import('./catalogue.mjs').readCatalogue>} Catalogue */
/** @typedef {{kpi: string, low: number|null, high: number|null, source: string, note: string}} Benchmark */

const STYLE = `
body { margin: 0; background: var(--kpi-canvas); color: var(--kpi-text); font: 16px/1.55 var(--kpi-font); }
main { max-inline-size: 46rem; margin-inline: auto; padding: 32px 16px 64px; }
h1 { font-size: 1.6rem; margin-block: 8px; } h2 { font-size: 1.05rem; margin-block: 28px 6px; }
a { color: var(--kpi-accent); } code { font-family: var(--kpi-mono); font-size: .92em; overflow-wrap: anywhere; }
.muted { color: var(--kpi-muted); } .formula { padding: 12px 16px; background: var(--kpi-surface); border: 1px solid var(--kpi-line); border-radius: var(--kpi-radius); }
table { border-collapse: collapse; inline-size: 100%; } td, th { text-align: start; padding: 6px 12px 6px 0; border-block-end: 1px solid var(--kpi-line); vertical-align: top; }
ul { padding-inline-start: 20px; } li { margin-block: 4px; }`;

/** @param {unknown} text */
const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => /** @type {Record<string, string>} */ ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

const ARTICLES = /** @type {Record<string, string>} */ ({ ext: 'users of comparable tools expect it' });

/**
 * @param {Catalogue} catalogue
 * @param {any} texts of one language
 * @param {string} tokens colours and fonts of the page
 * @param {Benchmark[]} benchmarks
 * @param {(table: string) => {key: string, href: string}[]} [downloads]  of a table: the text `templates.KEY`, and where the file lies as seen from reference/table/
 * @returns {{name: string, text: string}[]}
 */
export function referencePages(catalogue, texts, tokens, benchmarks, downloads = () => []) {
  const { families, kpis, measures, tables, cases, inputs } = catalogue;
  const kpiName = (/** @type {string} */ id) => escaped(texts.kpi[id].name);
  const tableName = (/** @type {string} */ id) => escaped(texts.table[id].name);
  const kpiLink = (/** @type {string} */ id, up = '../') => `<a href="${up}kpi/${id}.html">${kpiName(id)}</a>`;
  const tableLink = (/** @type {string} */ id, up = '../') => `<a href="${up}table/${id}.html">${tableName(id)}</a>`;

  /** @param {string} title @param {string} body @param {string} up */
  const page = (title, body, up) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title} · ${escaped(texts.app.name)}</title><style>${tokens}${STYLE}</style>
<main>${up ? `<p><a href="${up}index.html">KPI reference</a></p>` : ''}${body}</main></html>
`;

  /** @param {Measure} measure */
  const howMeasured = (measure) => {
    const name = `<strong>${escaped(texts.measure[measure.id].name)}</strong> <code>${measure.id}</code>`;
    const from = measure.parameter ? `A setting${measure.standard === undefined ? '' : `, ${measure.standard} unless another is typed`}.` : measure.calendar ? 'From the calendar.'
      : measure.of ? `From <code>${escaped(measure.of)}</code>${measure.earlier ? ', of an earlier time' : ', over all members'}; or typed.`
      : measure.sources?.length ? `From ${[...new Set(measure.sources.map((s) => s.table))].map((id) => tableLink(id)).join(', ')}, or typed.` : 'Typed.';
    return `<li>${name}: ${escaped(texts.measure[measure.id].definition)} ${from}</li>`;
  };

  /** The first case with a value. @param {Kpi} kpi */
  const example = (kpi) => {
    const one = cases.get(kpi.id)?.find((candidate) => candidate.value !== undefined);
    if (!one) throw new Error(`${kpi.id} has no example`);
    const rows = Object.entries(one.inputs).map(([id, input]) => {
      const { value, currency = '' } = typeof input === 'object' && input !== null ? /** @type {{value?: number, currency?: string}} */ (input) : { value: input };
      return `<tr><td>${escaped(texts.measure[id]?.name ?? id)}</td><td>${escaped(value)} ${escaped(currency)}</td></tr>`;
    });
    return `<h2>Worked example</h2><table>${rows.join('')}</table><p class="formula"><code>${escaped(one.arithmetic)}</code></p><p class="muted">${escaped(one.source)}</p>`;
  };

  /** @param {Kpi} kpi */
  const published = (kpi) => {
    const shown = (/** @type {number|null} */ value) => (value === null ? '' : kpi.display === 'percent' ? `${Math.round(value * 1e4) / 100} %` : String(value));
    const range = (/** @type {Benchmark} */ one) => (one.low === one.high ? shown(one.low) : one.low === null ? `up to ${shown(one.high)}` : one.high === null ? `from ${shown(one.low)}` : `${shown(one.low)} to ${shown(one.high)}`);
    const lines = benchmarks.filter((one) => one.kpi === kpi.id).map((one) => `<li>${escaped(range(one))}: ${escaped(texts.benchmark.note[one.note])}, ${escaped(texts.benchmark.by.replace('{source}', one.source))}</li>`);
    return lines.length ? `<h2>${escaped(texts.benchmark.title)}</h2><ul>${lines.join('')}</ul><p class="muted">${escaped(texts.benchmark.care)}</p>` : '';
  };

  /** @param {Kpi} kpi */
  const kpiPage = (kpi) => {
    const text = texts.kpi[kpi.id];
    const articles = kpi.sources.map((s) => ARTICLES[s.source] ?? `article ${s.source}, item ${s.item}`).join('; ');
    const variants = (kpi.variants_of ?? []).map((id) => `<li>${kpiLink(id)}: ${escaped(texts.kpi[id].formula)}</li>`).join('');
    return page(kpiName(kpi.id), `<h1>${kpiName(kpi.id)}</h1><p>${escaped(text.definition)}</p>
<p class="formula">${escaped(text.formula)}<br><code>${escaped(kpi.id)} = ${escaped(kpi.formula)}</code></p>
${kpi.cohort && kpi.cohort !== kpi.formula ? `<p class="formula">By cohort: ${escaped(text.cohort)}<br><code>${escaped(kpi.id)} = ${escaped(kpi.cohort)}</code></p>` : ''}
<p class="muted">Unit <code>${escaped(kpi.unit)}</code>, shown as ${escaped(texts.display[kpi.display])}; ${kpi.better === 'neutral' ? 'neither more nor less is better' : `${kpi.better} is better`}.</p>
<h2>How to read it</h2><p>${escaped(text.reading)}</p>
<h2>What it needs</h2><ul>${inputs(kpi).map(howMeasured).join('')}</ul>
${variants ? `<h2>The same name, another definition</h2><ul>${variants}</ul>` : ''}${example(kpi)}${published(kpi)}
<h2>Where it comes from</h2><p>${escaped(texts.status[kpi.status])}${kpi.reason ? ` ${escaped(kpi.reason)}` : ''} Source: ${escaped(articles)}.</p>
${kpi.synonyms.length ? `<p class="muted">Also called: ${kpi.synonyms.map(escaped).join(', ')}.</p>` : ''}`, '../');
  };

  /** @param {import('./catalogue.mjs').Table} table */
  const tablePage = (table) => {
    const given = [...measures.values()].filter((one) => one.sources?.some((s) => s.table === table.id));
    const used = kpis.filter((kpi) => inputs(kpi).some((one) => given.includes(one)));
    const files = downloads(table.id).map(({ key, href }) => `<a href="${escaped(href)}" download>${escaped(texts.templates[key])}</a>`);
    return page(tableName(table.id), `<h1>${tableName(table.id)}</h1>${files.length ? `<p>${files.join(' · ')}</p>` : ''}
<p>${table.lookup ? `Adds its columns to ${(table.of ?? []).map((id) => tableLink(id)).join(', ')}.` : `One row each; columns in any order, those you do not have left out.`}</p>
<h2>Columns</h2><table>${table.fields.map((f) => `<tr><td>${escaped(texts.field[f.id].name)}</td><td><code>${f.id}</code></td><td>${f.kind}${f.dimension ? ', to group and filter by' : ''}</td></tr>`).join('')}</table>
${used.length ? `<h2>KPIs that use it</h2><ul>${used.map((kpi) => `<li>${kpiLink(kpi.id)}</li>`).join('')}</ul>` : ''}`, '../');
  };

  const index = page('KPI reference', `<h1>KPI reference</h1><p>${kpis.length} KPIs, written from the catalogue that the calculator itself works with.</p>
${families.map((family) => `<h2>${escaped(texts.family[family].name)}</h2><ul>${kpis.filter((kpi) => kpi.family === family).map((kpi) => `<li>${kpiLink(kpi.id, '')}: ${escaped(texts.kpi[kpi.id].definition)}</li>`).join('')}</ul>`).join('')}
<h2>Files</h2><ul>${tables.map((table) => `<li>${tableLink(table.id, '')}</li>`).join('')}</ul>`, '');

  return [{ name: 'index.html', text: index }, ...kpis.map((kpi) => ({ name: `kpi/${kpi.id}.html`, text: kpiPage(kpi) })), ...tables.map((table) => ({ name: `table/${table.id}.html`, text: tablePage(table) }))];
}
