// Targets as they were given: rows of `targets` tables, each for a KPI, a period and, where one is named, a channel.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/diagnostics.h"
#include "core/engine/dataset.h"

namespace kpi {

/// One target. first == kNoDay: for no period in particular, so it stands wherever none with a period does.
struct TargetRow {
  const FileTable* table;
  std::size_t row;
  std::size_t kpi;              // index into Catalog::kpis()
  std::string channel;          // key of the member as in Dimension; "" = all channels
  Day first, last;
  double target;
  std::optional<double> limit;  // the worst value that is still near the target
  std::string_view currency;    // ISO code, "" = unknown; lives as long as the dataset
  std::string_view owner;       // lives as long as the table
  bool is_conflict = false;     // another row says something else for the same KPI, period and channel
};

/// Every row that counts, by KPI and channel, then by first day; the same target said twice is one. KPIs are named by id or by one of
/// their synonyms, in any case and with blanks, '-' or '_'. Without a column of ends, firsts of months alone are months.
/// Cost O(rows log rows).
std::vector<TargetRow> target_rows(const Dataset& dataset);

/// What of a `targets` table counts nowhere, and what was assumed: target_kpi_unknown{text,nearest,rows}, target_conflict{kpi,period,
/// channel,rows}, target_not_a_share{kpi,rows} (a part of a whole is 1 at most), target_period_unknown{kpi,rows} (unreadable, or ends
/// before it begins), target_months_assumed{rows}.
void report_target_problems(const Dataset& dataset, const FileTable& table, Diagnostics& diagnostics);

}  // namespace kpi
