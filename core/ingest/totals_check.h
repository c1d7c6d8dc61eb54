// Totals rows against the sums of the rows: proof that a row is a total, and a check of the reading.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/ingest/column_reader.h"

namespace kpi {

/// A record set aside as a total. `cells` are its cleaned cells.
struct TotalsRow {
  std::uint64_t record;
  std::string label;
  bool is_uncertain;  // only arithmetic can tell whether it is a total
  std::vector<std::string> cells;
};

struct TotalsVerdict {
  std::set<std::uint64_t> rows;    // records set aside that are rows after all
  std::set<std::uint64_t> totals;  // rows that are unlabelled totals
  bool is_settled() const { return rows.empty() && totals.empty(); }
};

/// `readers` hold all rows; `additive` are the indices of the number columns that add up; `origin` gives a row's record.
/// An uncertain total stays one when every additive value it holds is the sum of the rows. An unlabelled total is a row without any
/// text, id or date that is the sum of the others in at least two additive columns.
TotalsVerdict judge_totals(const std::vector<ColumnReader>& readers, const std::vector<std::size_t>& additive,
                           const std::vector<TotalsRow>& totals, const Table& table, bool look_for_unlabelled);

/// totals_agree or totals_disagree where the file has one grand total.
void compare_totals(const std::vector<ColumnReader>& readers, const std::vector<std::size_t>& additive,
                    const std::vector<TotalsRow>& totals, std::size_t rows, Diagnostics& diagnostics);

}  // namespace kpi
