#include "core/ingest/formats.h"

#include "core/base/date.h"
#include "core/base/number.h"

namespace kpi {
namespace {

const ColumnOverride* override_of(const ReadOptions& options, std::int32_t column) {
  const auto found = options.columns.find(column);
  return found == options.columns.end() ? nullptr : &found->second;
}
std::optional<DecimalMark> fixed_mark(const ReadOptions& options, std::int32_t column) {
  const ColumnOverride* fixed = override_of(options, column);
  return fixed == nullptr ? std::nullopt : fixed->decimal;
}
std::optional<DateOrder> fixed_order(const ReadOptions& options, std::int32_t column) {
  const ColumnOverride* fixed = override_of(options, column);
  return fixed == nullptr ? std::nullopt : fixed->date_order;
}

/// What every column but `except` says.
NeighbourEvidence neighbours_of(const std::vector<ColumnEvidence>& columns, std::int32_t except) {
  NeighbourEvidence neighbours;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (static_cast<std::int32_t>(i) == except) continue;
    if (columns[i].is_number) neighbours.add(columns[i].numbers);
    if (columns[i].is_date) neighbours.add(columns[i].dates);
  }
  return neighbours;
}

ColumnAssumption assumption_of(const NumberDecision& number, const DateDecision& date) {
  return {number.mark, date.order, date.is_serial};
}

std::string_view mark_name(DecimalMark mark) { return mark == DecimalMark::kPoint ? "point" : "comma"; }
std::string_view order_name(DateOrder order) {
  return order == DateOrder::kYearMonthDay ? "ymd" : order == DateOrder::kDayMonthYear ? "dmy" : "mdy";
}

/// What a differing assumption would change.
bool matters(const ColumnReader& reader, const ColumnAssumption& settled) {
  const ColumnAssumption& used = reader.assumption();
  if (reader.kind() == ColumnKind::kNumber) {
    const NumberEvidence& evidence = reader.numbers();
    return used.mark != settled.mark && evidence.point + evidence.comma + evidence.ambiguous != 0;
  }
  if (reader.kind() == ColumnKind::kDate) {
    const DateEvidence& evidence = reader.dates();
    const std::uint64_t ordered = evidence.day_first + evidence.month_first + evidence.ambiguous + evidence.same;
    return (used.order != settled.order && ordered != 0) || (used.is_serial != settled.is_serial && evidence.serial != 0);
  }
  return false;
}

class Settler {
 public:
  Settler(const Layout& layout, const ReadOptions& options, const std::vector<ColumnReader>& readers,
          const std::vector<ColumnEvidence>& samples, Diagnostics& diagnostics)
      : layout_(layout), options_(options), readers_(readers), columns_(samples), diagnostics_(diagnostics) {
    for (const ColumnReader& reader : readers) {  // all rows instead of the samples
      const auto column = static_cast<std::size_t>(reader.source_column());
      if (reader.source_column() < 0 || column >= columns_.size()) continue;
      if (reader.kind() == ColumnKind::kNumber) columns_[column].numbers = reader.numbers();
      if (reader.kind() == ColumnKind::kDate) columns_[column].dates = reader.dates();
      columns_[column].is_number = reader.kind() == ColumnKind::kNumber || (reader.kind() != ColumnKind::kDate && columns_[column].is_number);
      columns_[column].is_date = reader.kind() == ColumnKind::kDate || (reader.kind() != ColumnKind::kNumber && columns_[column].is_date);
    }
  }

  SettledFormats settle() {
    SettledFormats settled;
    for (const ColumnReader& reader : readers_) {
      ColumnAssumption assumption = reader.assumption();
      if (reader.kind() == ColumnKind::kNumber) settle_number(reader, assumption, settled.formats);
      if (reader.kind() == ColumnKind::kDate) settle_date(reader, assumption, settled.formats);
      settled.assumptions.push_back(matters(reader, assumption) ? assumption : reader.assumption());
    }
    return settled;
  }

 private:
  void settle_number(const ColumnReader& reader, ColumnAssumption& assumption, std::vector<ColumnFormat>& formats) {
    const std::int32_t column = reader.source_column();
    const NumberEvidence& evidence = reader.numbers();
    const auto fixed = fixed_mark(options_, column);
    const NumberDecision decision = decide_number(evidence, neighbours_of(columns_, column), layout_.dialect.delimiter, fixed);
    assumption.mark = decision.mark;
    ColumnFormat format;
    format.source_column = column;
    if (decision.has_marks) format.decimal = decision.mark;
    format.is_ambiguous = decision.is_ambiguous;
    format.is_percent = reader.is_percent();
    if (!reader.has_mixed_currency()) format.currency = reader.currency();
    format.example = reader.decisive_example().empty() ? reader.ambiguous_example() : reader.decisive_example();
    const std::string& header = reader.column().header;
    const Where where{0, column};
    if (decision.is_ambiguous) {
      diagnostics_.add(Code::number_format_ambiguous, {{"header", header}, {"example", reader.ambiguous_example()},
                       {"reading", reading(reader.ambiguous_example(), decision.mark)},
                       {"other_reading", reading(reader.ambiguous_example(), other(decision.mark))}}, where);
    } else if (decision.has_marks && !fixed && (decision.is_assumed || decision.mark == DecimalMark::kComma)) {
      diagnostics_.add(Code::number_format_assumed, {{"header", header}, {"decimal", std::string(mark_name(decision.mark))}}, where);
    }
    if (decision.is_mixed) {
      const std::uint64_t count = decision.mark == DecimalMark::kPoint ? evidence.comma : evidence.point;
      diagnostics_.add(Code::number_format_mixed, {{"header", header}, {"kept", std::string(mark_name(decision.mark))},
                       {"other", std::string(mark_name(other(decision.mark)))}, {"count", static_cast<std::int64_t>(count)}}, where);
    }
    if (reader.has_mixed_currency()) {
      format.has_several_currencies = true;
      diagnostics_.add(Code::currency_mixed, {{"currencies", std::string(reader.currency()) + "," + std::string(reader.other_currency())}}, where);
    }
    formats.push_back(std::move(format));
  }

  void settle_date(const ColumnReader& reader, ColumnAssumption& assumption, std::vector<ColumnFormat>& formats) {
    const std::int32_t column = reader.source_column();
    const DateEvidence& evidence = reader.dates();
    const auto fixed = fixed_order(options_, column);
    const DateDecision decision = decide_date(evidence, neighbours_of(columns_, column), fixed);
    assumption.is_serial = decision.is_serial;
    if (decision.is_ordered) assumption.order = decision.order;
    ColumnFormat format;
    format.source_column = column;
    if (decision.is_ordered || evidence.certain != 0) format.date_order = decision.order;
    format.is_ambiguous = decision.is_ambiguous;
    format.example = reader.decisive_example().empty() ? reader.ambiguous_example() : reader.decisive_example();
    const std::string& header = reader.column().header;
    const Where where{0, column};
    if (decision.is_ambiguous) {
      const DateCell example = read_date_cell(reader.ambiguous_example());
      const bool is_day_first = decision.order == DateOrder::kDayMonthYear;
      diagnostics_.add(Code::date_order_ambiguous, {{"header", header}, {"example", reader.ambiguous_example()},
                       {"reading", format_iso_date(is_day_first ? example.day_first : example.month_first)},
                       {"other_reading", format_iso_date(is_day_first ? example.month_first : example.day_first)}}, where);
    } else if (decision.is_ordered && !fixed) {
      diagnostics_.add(Code::date_order_assumed, {{"header", header}, {"order", std::string(order_name(decision.order))}}, where);
    }
    if (decision.is_mixed) {
      const bool is_day_first = decision.order == DateOrder::kDayMonthYear;
      diagnostics_.add(Code::date_order_mixed, {{"header", header}, {"kept", std::string(order_name(decision.order))},
                       {"other", std::string(is_day_first ? "mdy" : "dmy")},
                       {"count", static_cast<std::int64_t>(is_day_first ? evidence.month_first : evidence.day_first)}}, where);
    }
    formats.push_back(std::move(format));
  }

  static DecimalMark other(DecimalMark mark) { return mark == DecimalMark::kPoint ? DecimalMark::kComma : DecimalMark::kPoint; }
  static double reading(const std::string& example, DecimalMark mark) { return read_number_cell(example).value(mark); }

  const Layout& layout_;
  const ReadOptions& options_;
  const std::vector<ColumnReader>& readers_;
  std::vector<ColumnEvidence> columns_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::vector<ColumnAssumption> assume_formats(const Layout& layout, const ReadOptions& options, const ReadPlan& plan,
                                             const std::vector<ColumnEvidence>& samples) {
  std::vector<ColumnAssumption> assumptions;
  for (const ColumnPlan& column : plan.columns) {
    static const ColumnEvidence kNothing;
    const bool has_samples = column.source_column >= 0 && static_cast<std::size_t>(column.source_column) < samples.size();
    const ColumnEvidence& own = has_samples ? samples[static_cast<std::size_t>(column.source_column)] : kNothing;
    const NeighbourEvidence neighbours = neighbours_of(samples, column.source_column);
    const NumberDecision number = decide_number(own.numbers, neighbours, layout.dialect.delimiter, fixed_mark(options, column.source_column));
    DateDecision date = decide_date(own.dates, neighbours, fixed_order(options, column.source_column));
    if (!date.is_ordered && !fixed_order(options, column.source_column)) {
      date.order = neighbours.month_first > neighbours.day_first ? DateOrder::kMonthDayYear : DateOrder::kDayMonthYear;
    }
    assumptions.push_back(assumption_of(number, date));
  }
  return assumptions;
}

SettledFormats settle_formats(const Layout& layout, const ReadOptions& options, const std::vector<ColumnReader>& readers,
                              const std::vector<ColumnEvidence>& samples, Diagnostics& diagnostics) {
  return Settler(layout, options, readers, samples, diagnostics).settle();
}

}  // namespace kpi
