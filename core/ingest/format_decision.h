// The format of a column from the evidence of all its cells, its neighbours and the file's separator.
#pragma once

#include <cstdint>
#include <optional>

#include "core/ingest/csv_reader.h"
#include "core/ingest/date_cell.h"
#include "core/ingest/number_cell.h"

namespace kpi {

struct NumberEvidence {
  std::uint64_t point = 0, comma = 0;   // cells that fit only this mark
  std::uint64_t ambiguous = 0;          // cells that read differently under both
  std::uint64_t plain = 0;              // cells without any mark
  void add(const NumberCell& cell);
};
struct DateEvidence {
  std::uint64_t certain = 0;
  std::uint64_t day_first = 0, month_first = 0;  // cells that fit only this order
  std::uint64_t ambiguous = 0;
  std::uint64_t dotted = 0;                      // of the ambiguous ones, with dots
  std::uint64_t same = 0;                        // 05/05/2024
  std::uint64_t serial = 0;
  void add(const DateCell& cell);
};

/// What the other columns of a file say: how many are decided which way.
struct NeighbourEvidence {
  std::uint64_t point = 0, comma = 0, day_first = 0, month_first = 0;
  void add(const NumberEvidence& evidence);
  void add(const DateEvidence& evidence);
};

struct NumberDecision {
  DecimalMark mark = DecimalMark::kPoint;
  bool has_marks = false;      // some cell's value depends on the decision
  bool is_ambiguous = false;   // nothing in the file decides
  bool is_assumed = false;     // decided by neighbours
  bool is_mixed = false;       // some cells fit only the other mark
};
NumberDecision decide_number(const NumberEvidence& evidence, const NeighbourEvidence& neighbours, char delimiter,
                             std::optional<DecimalMark> fixed);

struct DateDecision {
  DateOrder order = DateOrder::kYearMonthDay;
  bool is_serial = false;
  bool is_ordered = false;     // some cell's value depends on the order
  bool is_ambiguous = false;
  bool is_assumed = false;
  bool is_mixed = false;
};
DateDecision decide_date(const DateEvidence& evidence, const NeighbourEvidence& neighbours, std::optional<DateOrder> fixed);

}  // namespace kpi
