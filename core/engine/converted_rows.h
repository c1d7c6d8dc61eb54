// The amounts of one segment of a table in the report's currency, before a task adds them up.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/base/date.h"
#include "core/engine/currency_converter.h"
#include "core/engine/row_currency.h"

namespace kpi {

struct DaySource;
struct SegmentRows;
struct Task;
struct FileTable;

/// A task's own amounts and currencies within the segment at hand. The loop over rows reads these instead of the table's columns and
/// knows nothing of rates.
struct ConvertedAmounts {
  RowCurrency own;                    // before conversion
  std::vector<double> numbers;
  std::vector<std::uint16_t> codes;   // currency numbers
};

/// Makes `task` read converted amounts, to be filled segment by segment. Only for tasks that add money up.
void make_converted(Task& task);

/// All tasks of one table.
class ConvertedRows {
 public:
  explicit ConvertedRows(CurrencyConverter& converter) : converter_(converter) {}
  /// Before the task runs: its rows of this segment. An amount's day is that of the date source by which it falls into a period; a
  /// state as exported, which has none, is of the file's last day. A row without a day keeps its currency.
  void fill(Task& task, const DaySource& date, const FileTable& table, const SegmentRows& rows);
  /// After the task ran: counts the rows that it took, each once for a currency whichever tasks take it.
  void count(const Task& task, const DaySource& date, const FileTable& table, const SegmentRows& rows);
  void next_segment();

 private:
  CurrencyConverter& converter_;
  std::array<std::vector<std::uint8_t>, 256> seen_;  // by currency, by row of the segment
  std::vector<std::uint32_t> taken_;
};

}  // namespace kpi
