// Tables, fields, measures and KPIs as data, loaded once from the embedded JSON and checked whole.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/column_kind.h"
#include "core/base/result.h"
#include "core/base/unit.h"
#include "core/catalog/expression.h"

namespace kpi {

struct Field {
  std::string id;            // unique within its table; the same id means the same thing in every table
  ColumnKind kind;
  bool is_dimension = false; // can be grouped and filtered by
  bool is_additive = false;  // kNumber: rows may be summed
  bool is_money = false;
  std::string role;          // "" or one of field_roles() in core/catalog/vocabulary.h
  bool has_time = false;     // kDate: the time of day counts too
  bool is_derived = false;   // worked out from other fields and tables where no file brings it; in no template
};

/// A lookup table enriches others: rows of `of_tables` whose field `key` has the same text get this table's dimensions.
struct TableSchema {
  std::string id;
  std::vector<Field> fields;
  bool is_lookup = false;
  std::string key;                    // lookup: the field to join on; else the id field that counts a row once ("" = none)
  std::vector<std::string> of_tables; // lookup only
  const Field* find(std::string_view field) const;
};

/// kDistinct counts a key once over all periods, kUnique once in each period and member: such counts do not add up.
/// kMovement and kActive read subscriptions: what changed in a period, and what was running at its start or end.
/// kCohort counts leads in the period in which they entered a stage, and of them those that came further, whenever that was.
/// kRetained counts customers in the period of their first subscription whose age is known to be a given number of months, and of them
/// those active at that age. kAuc is the share of pairs of a won and a lost row whose scores stand in the right order.
enum class Aggregate : std::uint8_t { kCount, kSum, kMedian, kDistinct, kUnique, kMovement, kActive, kCohort, kRetained, kAuc };

/// What a change of a customer's subscriptions is. kReactivation: a customer that had left before.
enum class Movement : std::uint8_t { kNew, kReactivation, kExpansion, kContraction, kChurn };

/// The text of a dimension means one of these words: {"kind", {"content"}}. What a text means is the mapping's to say.
struct WordCondition {
  std::string field;
  std::vector<std::string> words;
};

/// All set conditions must hold. Empty = not set.
struct Condition {
  std::vector<std::string> present;  // these fields have a value
  std::string deal_status;           // "won", "lost", "open"
  std::string reached;               // lead stage reached or passed: "mql", "sal", "sql", "opportunity", "customer"
  std::string entered;               // kCohort: the stage whose entry puts a lead in a period; "lead": its creation
  bool active = false;               // kRetained: still active at that age
  std::vector<WordCondition> is;     // what these fields say
  std::vector<std::string> movement; // kMovement: one of movements() in core/catalog/vocabulary.h
};

/// One way to get a measure. The first source whose table is loaded with all needed fields is used.
struct MeasureSource {
  std::string table;
  Aggregate aggregate = Aggregate::kCount;
  std::string value_field;                  // kSum, kMedian, kMovement, kActive: a number field (the last two: else customers) ...
  std::string days_from, days_to;           // ... or the days between two date fields
  std::vector<std::string> distinct_fields; // kDistinct: one id or name field, whose values count at their earliest date; kUnique: one id field
  std::string outcome_field;                // kAuc: 1 or 0, blank rows left out
  std::string channel_field;                // grouping and filtering by channel read this field instead
  std::string date_field;                   // puts a row in a period; empty: a stock as the file was exported, in every period
  Condition where;
  std::string note;                         // id of a remark for the definition ledger ("by_stage_rank", "own_deal_fields"...)
  /// Fields that must be mapped for this source to apply: value, dates, distinct, present, is; each once, in that order. Deal status
  /// and stage reached are the engine's to derive from whatever status, stage or date fields there are: they add nothing here.
  std::vector<std::string> needed_fields() const;
};

/// When an earlier value was: one period before, or as long before as the setting lag_days says, else the median sales cycle.
enum class Earlier : std::uint8_t { kNone, kPeriod, kLag };

/// A state rather than a flow: of several periods the first or the last one counts, never their sum.
enum class Stock : std::uint8_t { kNone, kStart, kEnd };

struct Measure {
  std::string id;
  Unit unit;
  bool is_additive = true;  // over periods and members; false: medians, stocks, numbers of different users
  bool is_parameter = false; // typed assumption (gross_margin), not from a table
  bool is_calendar = false;  // the days of the period
  std::optional<double> standard;  // parameters: in force until another value is typed; calendar: a constant, such as the days of a year
  Stock stock = Stock::kNone;
  std::string of;            // the value of this measure or KPI ...
  Earlier earlier = Earlier::kNone;  // ... in an earlier period, ...
  bool is_whole = false;     // ... or over all members, whatever the grouping
  std::vector<std::string> also;  // other names under which it may be typed
  std::vector<std::string> typed_with;  // measures whose typed figures are part of this one too: the amount of won deals is revenue
  std::string display;       // one of displays(); by the unit unless the entry says otherwise
  std::vector<MeasureSource> sources;
  MeasureSource typed;       // the same for every measure: rows of the table `totals` that name it; they add to what `sources` give
};

struct SourceReference {
  std::string source;  // "000".."004": the articles; "ext": outside of them
  std::string item;    // "4", "ex"; empty for "ext"
};

/// A KPI that only shows a measure has the measure's id, and that id alone as its formula ("mqls" = mqls). References mean the
/// measure first, so such a formula is no cycle.
struct Kpi {
  std::string id;
  std::string family;        // one of Catalog::families()
  ExpressionPtr formula;     // over measures and other KPIs
  std::string formula_text;
  ExpressionPtr cohort;      // the same rate on cohort basis, over measures alone: of those who entered in the period; null: none
  std::string cohort_text;
  Unit unit;
  std::string display;       // one of displays() in core/catalog/vocabulary.h: "count", "money", "percent", "days" ...
  std::string better;        // "higher", "lower", "neutral"
  bool is_rate = false;      // part of a whole: formula "counts / counts" (the root divides), the numerator is counted out of the
                             // denominator; carries a Wilson interval wherever numerator <= denominator
  std::string status;        // "as_stated", "corrected", "composed"
  std::string status_reason; // why corrected or composed, or a remark; English, data for the reference
  std::vector<SourceReference> sources;
  std::vector<std::string> variants_of, synonyms;
};

class Catalog {
 public:
  /// Parses and lints the embedded data. Errors: every catalog_*, formula_* and unit_* code.
  static Result<Catalog> load();
  /// The same from given texts (tests, user-defined KPIs): {"file name", "JSON text"}.
  static Result<Catalog> load(const std::vector<std::pair<std::string, std::string>>& files);

  const std::vector<TableSchema>& tables() const { return tables_; }
  const std::vector<Measure>& measures() const { return measures_; }
  /// By family, in the order of families(), then as listed.
  const std::vector<Kpi>& kpis() const { return kpis_; }
  const std::vector<std::string>& families() const { return families_; }
  const TableSchema* table(std::string_view id) const;
  const Measure* measure(std::string_view id) const;
  const Kpi* kpi(std::string_view id) const;
  /// KPIs so ordered that each stands after those it needs. Indices into kpis().
  const std::vector<std::size_t>& evaluation_order() const { return order_; }
  /// Puts `kpis` in place of those of the family, after all others. The caller has judged them (core/catalog/own_kpis.h). Pointers to
  /// KPIs and indices of them no longer hold; those to tables and measures do.
  void replace_family(std::string_view family, std::vector<Kpi> kpis);

 private:
  friend class CatalogLoader;
  std::vector<std::string> families_;
  std::vector<TableSchema> tables_;
  std::vector<Measure> measures_;
  std::vector<Kpi> kpis_;
  std::vector<std::size_t> order_;
};

}  // namespace kpi
