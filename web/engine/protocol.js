// Shapes of the JSON that crosses between page, worker and core. Types only; nothing runs here.

/**
 * @typedef {{code: string, args: Record<string, unknown>}} Failure
 * @typedef {'none'|'check'|'likely'|'certain'} Confidence
 *
 * @typedef {object} ReadOptions  What the user fixed for one file; everything absent is inferred.
 * @property {string} [encoding]
 * @property {string} [delimiter]
 * @property {string} [quote]
 * @property {number} [header_record]  1-based
 * @property {boolean} [keep_totals]
 * @property {string} [table]
 * @property {string} [currency]
 * @property {Record<string, string>} [fields]  0-based source column -> field id, "" = leave out
 * @property {Record<string, {decimal?: 'point'|'comma', date_order?: 'ymd'|'dmy'|'mdy'}>} [columns]
 *
 * @typedef {object} CardColumn
 * @property {number} column
 * @property {string} header
 * @property {string} field
 * @property {Confidence} confidence
 * @property {string} reason
 * @property {string} vendor
 * @property {string} language
 * @property {string} currency
 * @property {boolean} applied
 * @property {string} kind
 * @property {null|'point'|'comma'} decimal
 * @property {null|'ymd'|'dmy'|'mdy'} date_order
 * @property {boolean} ambiguous
 * @property {number} present
 * @property {string[]} samples
 *
 * @typedef {{args: Record<string, unknown>, record: number|null, column: number|null}} DiagnosticItem
 * @typedef {{code: string, severity: 'info'|'warning'|'error', total: number, items: DiagnosticItem[]}} Diagnostic
 *
 * @typedef {object} Card  What was understood of one file.
 * @property {number} file
 * @property {string} name
 * @property {number} size
 * @property {string} vendor
 * @property {string} vendor_report
 * @property {string} language
 * @property {string} table
 * @property {string} proposed_table  where `table` is empty: what its names speak for, to be confirmed
 * @property {Confidence} table_confidence
 * @property {string} encoding
 * @property {boolean} has_bom
 * @property {string} delimiter
 * @property {string} quote
 * @property {number} header_record
 * @property {string[]} preamble
 * @property {number} rows_used
 * @property {number} rows_set_aside
 * @property {number} records
 * @property {string|null} first_date
 * @property {string|null} last_date
 * @property {string} currency
 * @property {string} channel
 * @property {CardColumn[]} columns
 * @property {Diagnostic[]} diagnostics
 * @property {string[]} needs
 *
 * @typedef {object} CatalogField
 * @property {string} id
 * @property {'text'|'key'|'number'|'date'} kind
 * @property {boolean} dimension
 * @property {boolean} money
 * @property {boolean} additive
 *
 * @typedef {{id: string, lookup: boolean, key: string, of: string[], fields: CatalogField[]}} CatalogTable
 * @typedef {{id: string, unit: string, display: string, parameter: boolean, calendar?: boolean, standard?: number|null, additive: boolean, stock?: ''|'start'|'end'}} CatalogMeasure
 *
 * @typedef {object} CatalogKpi
 * @property {string} id
 * @property {string} family
 * @property {string} unit
 * @property {string} display
 * @property {'higher'|'lower'|'neutral'} better
 * @property {string} formula
 * @property {string|null} [cohort]  the same on cohort basis
 * @property {boolean} rate
 * @property {string} status
 * @property {string} reason
 * @property {{source: string, item: string}[]} sources
 * @property {string[]} variants_of
 * @property {string[]} synonyms
 * @property {string[]} inputs
 *
 * @typedef {{tables: CatalogTable[], measures: CatalogMeasure[], kpis: CatalogKpi[], families: (string|{id: string})[]}} Catalog
 *
 * @typedef {{code: string, args: unknown}} NoValue
 * @typedef {{value: number|null, undefined: NoValue|null, delta: number|null, ratio: number|null}} Comparison
 *
 * @typedef {'met'|'near'|'missed'|'no_value'|'no_target'} TargetStatus
 * @typedef {{value: number|null, undefined: NoValue|null, currency: string, from: string|null, to: string|null, by_days: boolean, whole: number|null, limit: number|null, owner: string,
 *   difference: number|null, attainment: number|null, attainment_undefined: NoValue|null, status: TargetStatus}} Target
 * @typedef {{value: number|null, by_days: boolean, attainment: number|null, status: TargetStatus}} MemberTarget
 *
 * @typedef {object} ReportKpiParts
 * @property {string} id
 * @property {string} family
 * @property {string} unit
 * @property {string} display
 * @property {'higher'|'lower'|'neutral'} better
 * @property {number|null} value
 * @property {string} currency
 * @property {number} [numerator]
 * @property {number} [denominator]
 * @property {[number, number]|null} interval
 * @property {Comparison|null} compare
 * @property {(number|null)[]} series
 * @property {(number|null)[]} [compare_series]
 * @property {Comparison[]} [compare_also]  as period.compare_also
 * @property {'period'|'cohort'} [basis]  of funnel rates
 * @property {{basis: 'period'|'cohort', value: number|null, undefined: NoValue|null}} [other_basis]
 * @property {{value: number|null, undefined: NoValue|null, series: (number|null)[]}} [maturity]  share of the conversions to come that can have happened
 * @property {{code: string, args: Record<string, unknown>}[]} checks
 * @property {Target} [target]  only where the KPI has any target
 * @property {(number|null)[]} [target_series]  as the buckets
 * @property {(MemberTarget|null)[]} [target_by_member]  as the members of channels
 *
 * @typedef {ReportKpiParts & {undefined: NoValue|null}} ReportKpi  Has a value or a reason, never both.
 *
 * @typedef {{label: string, from: string, to: string, partial: boolean}} Bucket
 * @typedef {{k: number, n: number, low: number, high: number, differs: boolean|null}} MemberRate  differs: from all other members together
 * @typedef {{key: string, canonical: boolean, label: string, values: (number|null)[], compare_values?: (number|null)[], rates?: Record<string, MemberRate>, left_out?: string[], currencies?: Record<string, string>}} Member
 * @typedef {{key: string, canonical: boolean, label: string, rows: number}} DimensionValue
 * @typedef {{id: string, tables: string[], values: DimensionValue[]}} Dimension
 * @typedef {{kind: string, back?: number, so_far?: boolean, from: string, to: string}} ComparePeriod
 *
 * @typedef {object} ReportConversion  What was made of the report's currency; counts are rows, days those of the rates used and of the rows that lack one.
 * @property {string} currency
 * @property {boolean} has_rates
 * @property {number} converted
 * @property {string|null} first_rate
 * @property {string|null} last_rate
 * @property {number} unnamed
 * @property {number} several
 * @property {{from: string, converted: number, missing: number, first_rate: string|null, last_rate: string|null, first_missing: string|null, last_missing: string|null}[]} pairs
 *
 * @typedef {object} Report
 * @property {{from: string|null, to: string|null, grain: string, data_from: string|null, data_to: string|null, compare: ComparePeriod|null, compare_also?: ComparePeriod[]}} period
 * @property {ReportKpi[]} kpis
 * @property {Bucket[]} buckets
 * @property {{dimension: string, members: Member[]}|null} groups
 * @property {Dimension[]} dimensions
 * @property {{basis: string, stages: string, year_starts_in: number, week_starts: 'monday'|'sunday', sources: {measure: string, table: string, note: string}[], cost_lines: string[], currency: string, conversion?: ReportConversion|null, files: number[]}} ledger
 * @property {string[]} [currencies]  that the files or the rates know
 * @property {{files: number, records: number, used: number, set_aside: number, duplicates: number}} receipt
 * @property {{table: string, unlocks: string[]}[]} next
 *
 * @typedef {object} TraceNode
 * @property {'number'|'reference'|'add'|'subtract'|'multiply'|'divide'} op
 * @property {string} [id]
 * @property {number|null} value
 * @property {string} [currency]
 * @property {NoValue} [undefined]
 * @property {TraceNode[]} [children]
 *
 * @typedef {object} TraceSource
 * @property {string} table
 * @property {string} aggregate
 * @property {string} [value_field]
 * @property {string} [days_from]
 * @property {string} [days_to]
 * @property {string} [date_field]
 * @property {Record<string, unknown>} [where]
 * @property {string} [note]
 *
 * @typedef {object} TraceMeasure
 * @property {string} id
 * @property {number|null} value
 * @property {NoValue} [undefined]
 * @property {string} unit
 * @property {string} display
 * @property {string} [currency]
 * @property {TraceSource|null} [source]
 * @property {{file: number, rows: number}[]} [files]
 *
 * @typedef {{kpi: string, measure: string, target: number, values: number[], undefined: NoValue|null, kpi_now: number|null, measure_now: number|null, currency: string}} Solution
 *
 * @typedef {object} ChangeLine  One member's part in a change; effects that cannot be told apart are null.
 * @property {'member'|'others'|'rest'} kind  rest: what the total has and no member
 * @property {'both'|'new'|'gone'} state
 * @property {string} key
 * @property {string} label
 * @property {boolean} canonical
 * @property {number} members
 * @property {number|null} before
 * @property {number|null} after
 * @property {number} effect
 * @property {number} [share_before]
 * @property {number} [share_after]
 * @property {number|null} [rate_effect]
 * @property {number|null} [mix_effect]
 *
 * @typedef {object} MemberSplit
 * @property {string} dimension
 * @property {'rate_mix'|'difference'|null} method
 * @property {NoValue|null} undefined
 * @property {string} [share_of]  a formula
 * @property {number} [reference]
 * @property {number} [rate_effect]
 * @property {number} [mix_effect]
 * @property {number} [unsplit_effect]
 * @property {number} sum_of_effects
 * @property {boolean} reversed
 * @property {ChangeLine|null} driver
 * @property {ChangeLine[]} lines
 *
 * @typedef {{id: string, sign: ''|'+'|'-'|'*'|'/', before: number|null, after: number|null, currency: string, effect: number|null}} ChangeFactor
 * @typedef {{method: 'log_mean'|'difference'|'average'|null, undefined: NoValue|null, sum_of_effects: number, lines: ChangeFactor[]}} FactorSplit
 * @typedef {{value: number|null, from: string|null, to: string|null}} ChangeSide
 * @typedef {{kpi: string, undefined: NoValue|null, before: ChangeSide, after: ChangeSide, currency: string, total_change: number|null, members: MemberSplit|null, factors: FactorSplit|null}} Change
 *
 * @typedef {{accepted: string[], refused: {id: string, error: Failure}[]}} Defined
 *
 * @typedef {object} FormulaCheck  What a formula gives, or why it gives nothing.
 * @property {string} id
 * @property {Failure|null} error
 * @property {string} unit  "" where there is none yet
 * @property {string[]} displays  that fit the unit, the usual one first
 * @property {string} display
 * @property {boolean} can_be_rate
 * @property {string} proposal  a formula that gives what was wanted, or ""
 * @property {number|null} value  now
 * @property {NoValue|null} undefined
 * @property {string} currency
 * @typedef {'none'|'data'|'typed'|'assumed'|'bridge'} PlanSource
 * @typedef {{id: string, source: PlanSource, display: string, value: number|null, undefined: NoValue|null, currency: string, numerator?: number, denominator?: number, interval: [number, number]|null, small: boolean, cohort: boolean, completed: number|null}} PlanRate
 * @typedef {{id: string, display: string, after: string, needed: number|null, undefined: NoValue|null, interval: [number, number]|null, currency: string, actual: number|null, actual_currency: string, brings: number|null, rate: PlanRate|null}} PlanRow
 * @typedef {{kpi: string, display: string, source: PlanSource, value: number|null, undefined: NoValue|null, currency: string, gain: number|null}} PlanLever
 * @typedef {{goal: number|null, change: number, from: string|null, to: string|null, rows: PlanRow[], check: PlanRow, velocity: {value: number|null, undefined: NoValue|null, currency: string}, levers: PlanLever[], lead_times: {kpi: string, days: number, day: string|null}[]}} Plan
 *
 * @typedef {{kpi: string, trace: TraceNode, measures: TraceMeasure[], missing: {measure: string, options: {table: string, fields: string[]}[]}[]}} Explanation
 *
 * @typedef {{bytes: number, records: number, preamble: number, header: number, used: number, blank: number, totals: number, footers: number, repeated_headers: number}} ReceiptCounts
 * @typedef {{receipt: ReceiptCounts, set_aside: {record: number, reason: string, text: string}[], diagnostics: Diagnostic[]}} Receipt
 *
 * @typedef {object} ReportRequest
 * @property {string|null} from
 * @property {string|null} to
 * @property {string} grain
 * @property {string|null} group_by
 * @property {{dimension: string, values: string[]}[]} filters
 * @property {string} compare
 * @property {number} [compare_back]  periods or years to go back
 * @property {{kind: string, back: number}[]} [compare_also]  at most 3 more
 * @property {boolean} [compare_so_far]  a window that runs beyond the data is compared up to the same day
 * @property {string} [report_currency]  ISO code that amounts are converted into
 * @property {number} [year_starts_in]  month, 1..12
 * @property {'monday'|'sunday'} [week_starts]
 * @property {'auto'|'period'|'cohort'} [basis]
 * @property {'reached_or_beyond'|'strict'} [stages]
 * @property {Record<string, number>} parameters
 * @property {number} [target_tolerance]  share of a target by which a miss is still near
 */

/**
 * Messages between page and worker. `id` joins an answer to its request; a `need` is answered by a `chunk` with the same ticket.
 * @typedef {{type: 'init', module: WebAssembly.Module}
 *   | {type: 'call', id: number, method: string, request: unknown}
 *   | {type: 'load', id: number, blob: Blob, size: number, name: string, options: ReadOptions, file: number|null}
 *   | {type: 'chunk', ticket: number, bytes: ArrayBuffer}} ToWorker
 * @typedef {{type: 'ready', version: string}
 *   | {type: 'answer', id: number, text: string}
 *   | {type: 'need', id: number, ticket: number, offset: number, length: number}
 *   | {type: 'progress', id: number, done: number, total: number, pass: number}
 *   | {type: 'trap', message: string}} FromWorker
 */

export {};
