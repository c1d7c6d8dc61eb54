#include "core/ingest/totals_check.h"

#include <algorithm>
#include <cmath>

#include "core/base/order.h"
#include "core/base/sum.h"
#include "core/base/text.h"
#include "core/ingest/number_cell.h"

namespace kpi {
namespace {

constexpr std::size_t kMaxCandidates = 20;

double column_sum(const Column& column) {
  Sum sum;
  for (std::size_t s = 0; s < column.numbers.segment_count(); ++s) {
    const double* values = column.numbers.segment(s);
    for (std::size_t i = 0; i < column.numbers.segment_size(s); ++i) {
      if (!std::isnan(values[i])) sum.add(values[i]);
    }
  }
  return sum.value();
}

bool is_whole(double value) { return value == std::floor(value); }

/// Equal but for the rounding of what was printed: half a unit of the last printed place per row, which mostly cancels.
bool is_sum(double total, double sum, std::size_t rows) {
  const double scale = std::max(std::fabs(total), std::fabs(sum));
  if (is_whole(total) && is_whole(sum)) return std::fabs(total - sum) <= 1e-9 * scale;
  const double printed = is_whole(total) ? 0.5 : 0.0;
  return std::fabs(total - sum) <= printed + 0.0051 + 0.01 * std::sqrt(static_cast<double>(rows)) + 1e-9 * scale;
}

/// The value a totals row holds for a column; NaN where it has none.
double total_value(const TotalsRow& row, const ColumnReader& reader) {
  const auto column = static_cast<std::size_t>(reader.source_column());
  if (column >= row.cells.size()) return std::nan("");
  const NumberCell cell = read_number_cell(row.cells[column]);
  if (cell.kind != NumberKind::kNumber || !cell.fits(reader.assumption().mark)) return std::nan("");
  return cell.value(reader.assumption().mark);
}

struct Agreement {
  std::size_t agreeing = 0, disagreeing = 0, agreeing_nonzero = 0;
  std::size_t first_disagreeing = 0;  // index into readers
  double total = 0, sum = 0;          // of the first disagreeing
};

Agreement agreement(const TotalsRow& row, const std::vector<ColumnReader>& readers, const std::vector<std::size_t>& additive,
                    const std::vector<double>& sums, std::size_t rows) {
  Agreement result;
  for (std::size_t i = 0; i < additive.size(); ++i) {
    const double total = total_value(row, readers[additive[i]]);
    if (std::isnan(total)) continue;
    if (is_sum(total, sums[i], rows)) {
      ++result.agreeing;
      result.agreeing_nonzero += sums[i] != 0 ? 1U : 0U;
      continue;
    }
    if (result.disagreeing++ == 0) {
      result.first_disagreeing = additive[i];
      result.total = total;
      result.sum = sums[i];
    }
  }
  return result;
}

std::vector<double> sums_of(const std::vector<ColumnReader>& readers, const std::vector<std::size_t>& additive) {
  std::vector<double> sums;
  for (const std::size_t index : additive) sums.push_back(column_sum(readers[index].column()));
  return sums;
}

bool is_missing(const Column& column, std::size_t row) {
  switch (column.kind) {
    case ColumnKind::kText: return column.codes[row] == Dictionary::kMissing;
    case ColumnKind::kKey: return column.keys[row] == 0;
    case ColumnKind::kDate: return column.days[row] == kNoDay;
    case ColumnKind::kNumber: return true;
  }
  return true;
}

/// Rows in which every text, id and date of the plan is missing; none when there are too many to be totals.
std::vector<std::size_t> nameless_rows(const std::vector<ColumnReader>& readers, std::size_t rows) {
  std::vector<const Column*> names;
  for (const ColumnReader& reader : readers) {
    if (reader.kind() != ColumnKind::kNumber) names.push_back(&reader.column());
  }
  if (names.empty()) return {};
  // The fullest column rejects nearly every row at once.
  sort_list(names, [](const Column* a, const Column* b) { return a->present > b->present; });
  if (names[0]->present == rows) return {};
  std::vector<std::size_t> found;
  for (std::size_t row = 0; row < rows; ++row) {
    bool is_nameless = true;
    for (const Column* column : names) {
      if (!is_missing(*column, row)) {
        is_nameless = false;
        break;
      }
    }
    if (!is_nameless) continue;
    if (found.size() == kMaxCandidates) return {};
    found.push_back(row);
  }
  return found;
}

}  // namespace

TotalsVerdict judge_totals(const std::vector<ColumnReader>& readers, const std::vector<std::size_t>& additive,
                           const std::vector<TotalsRow>& totals, const Table& table, bool look_for_unlabelled) {
  TotalsVerdict verdict;
  const std::size_t rows = table.row_count;
  const bool has_uncertain = std::any_of(totals.begin(), totals.end(), [](const TotalsRow& row) { return row.is_uncertain; });
  const std::vector<std::size_t> candidates = look_for_unlabelled && additive.size() >= 2 && rows >= 3 ? nameless_rows(readers, rows) : std::vector<std::size_t>{};
  if (!has_uncertain && candidates.empty()) return verdict;
  std::vector<double> sums = sums_of(readers, additive);
  for (const TotalsRow& row : totals) {
    if (!row.is_uncertain) continue;
    const Agreement found = agreement(row, readers, additive, sums, rows);
    if (found.disagreeing != 0 || found.agreeing_nonzero == 0) verdict.rows.insert(row.record);
  }
  if (candidates.empty() || rows < candidates.size() + 2) return verdict;
  for (std::size_t i = 0; i < additive.size(); ++i) {
    const Segmented<double>& values = readers[additive[i]].column().numbers;
    for (const std::size_t row : candidates) {
      if (!std::isnan(values[row])) sums[i] -= values[row];
    }
  }
  for (const std::size_t row : candidates) {
    std::size_t agreeing = 0, disagreeing = 0;
    for (std::size_t i = 0; i < additive.size(); ++i) {
      const double value = readers[additive[i]].column().numbers[row];
      if (std::isnan(value)) continue;
      if (!is_sum(value, sums[i], rows)) {
        ++disagreeing;
      } else if (std::fabs(sums[i]) > 0.5) {
        ++agreeing;
      }
    }
    if (agreeing >= 2 && disagreeing == 0) verdict.totals.insert(table.origin(row).record);
  }
  return verdict;
}

void compare_totals(const std::vector<ColumnReader>& readers, const std::vector<std::size_t>& additive,
                    const std::vector<TotalsRow>& totals, std::size_t rows, Diagnostics& diagnostics) {
  if (totals.empty() || additive.empty() || rows == 0) return;
  const std::vector<double> sums = sums_of(readers, additive);
  for (const TotalsRow& row : totals) {  // of several totals, one that agrees in everything is the grand total
    const Agreement found = agreement(row, readers, additive, sums, rows);
    if (found.disagreeing == 0 && found.agreeing_nonzero != 0) {
      diagnostics.add(Code::totals_agree, {{"columns", static_cast<std::int64_t>(found.agreeing)}}, {row.record, -1});
      return;
    }
  }
  if (totals.size() != 1) return;
  const Agreement found = agreement(totals[0], readers, additive, sums, rows);
  if (found.disagreeing == 0) return;
  const Column& column = readers[found.first_disagreeing].column();
  diagnostics.add(Code::totals_disagree, {{"header", column.header}, {"total", found.total}, {"sum", found.sum}},
                  {totals[0].record, column.source_column});
}

}  // namespace kpi
