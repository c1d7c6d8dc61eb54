// The loops of an aggregation: one measure over the rows of one segment of a table.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/sum.h"
#include "core/engine/aggregate.h"
#include "core/engine/converted_rows.h"
#include "core/engine/row_currency.h"
#include "core/engine/row_values.h"
#include "core/engine/whole_counts.h"
#include "core/engine/window.h"

namespace kpi {

struct Cell {
  Sum sum;
  std::uint64_t rows = 0;
  std::uint32_t typed = 0;  // figures that the user typed
  std::uint8_t currency = kNoCurrency;
  bool has_blank = false;     // a row that belongs here carries no value to add
  bool has_spanning = false;  // a typed figure is for more than this period: its share is not known

  void add_currency(std::uint8_t other) {
    if (other == kNoCurrency || currency == other || currency == kMixed) return;
    if (currency == kNoCurrency || (currency == kUnknownCurrency && other != kNoCurrency)) {
      currency = other;
    } else if (other != kUnknownCurrency) {
      currency = kMixed;
    }
  }
  void add(const Cell& other) {
    sum.add(other.sum);
    rows += other.rows;
    typed += other.typed;
    has_blank = has_blank || other.has_blank;
    add_currency(other.currency);
  }
};

/// std::bit_cast is not in every supported compiler's library.
inline std::uint64_t bits_of(double value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}
inline double number_of(std::uint64_t bits) {
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

struct Observation {
  std::uint64_t bits;    // of the number (kMedian), or the key (kUnique)
  std::uint32_t member;  // kSkip: of a table that cannot be cut by the dimension
  std::uint16_t slot;
  bool is_positive = false;  // kAuc: the outcome
};

/// One measure being filled.
struct Accumulator {
  const Measure* measure = nullptr;
  std::vector<Cell> by_slot, by_member;
  std::vector<Observation> observations;        // kMedian, kUnique, kAuc
  WholeCounts days;                             // kMedian of days: counted instead, where their range is known beforehand
  std::vector<bool> member_has_rows;
  std::vector<FileUse> files;
  Cell at_edge;                                 // of a stock: as it was at the window's first or last known period
  bool is_window_spanned = false;               // a typed figure is for more than the window
  bool has_source = false, is_dated = false, knows_filters = true, knows_group = true;
  bool is_median = false, is_unique = false, is_auc = false, has_mixed_kinds = false, is_count = false, is_stock = false, is_typed_only = false;
  Day first_day = kNoDay, last_day = kNoDay;
};

/// Rows whose member of a dimension is one of some.
struct MemberCondition {
  const DimensionView* view;
  std::vector<bool> is_allowed;  // by member number
};

/// One measure over one table.
struct Task {
  Accumulator* into;
  const MeasureSource* source;
  std::size_t slots;                       // index into the segment's slot arrays
  std::uint8_t status = 0;                 // 0 = any
  std::uint8_t reached = 0;                // 0 = any
  const std::vector<std::uint8_t>* stages = nullptr;  // what `reached` is asked of
  const Column* number = nullptr;
  const Column* key = nullptr;             // kUnique
  const Column* outcome = nullptr;         // kAuc
  DaySource from, to;
  std::vector<const Column*> present;
  std::vector<DaySource> present_days;
  std::vector<MemberCondition> words;
  bool is_distinct = false;
  RowCurrency currency;
  std::unique_ptr<ConvertedAmounts> converted;  // read instead of `number` and the column of currencies
  std::uint64_t rows = 0;
};

/// In SegmentRows::member: left out by a filter or counted before.
constexpr std::uint32_t kSkip = 0xFFFFFFFF;

/// The rows of one segment, as all tasks of a table see them.
struct SegmentRows {
  std::size_t first = 0, count = 0;
  std::vector<std::uint32_t> member;               // or kSkip
  std::vector<std::vector<std::uint16_t>> slots;   // per distinct date source
  std::vector<std::uint32_t> of_status[4];         // rows of each DealStatus that a task asks for: won deals are few
  std::vector<std::uint32_t> counted;              // room for a task's own list
};

/// Which rows the tasks of a date source look at: all, or those of some statuses (bit 1 << DealStatus).
struct DateUse {
  bool is_whole = false;
  unsigned statuses = 0;
};

/// Counts by slot and member at once, for tasks whose conditions can be told from three plain columns.
class CellCounts {
 public:
  CellCounts(std::size_t slots, std::size_t members) : slots_(slots), members_(members), counts_(fits() ? slots * members + 1 : 0) {}
  bool fits() const { return slots_ * members_ <= kMaxCells; }
  std::uint32_t width() const { return static_cast<std::uint32_t>(members_); }
  /// Cell 0 takes the rows that do not count, cell slot * width() + member + 1 the others.
  std::uint32_t* cells() { return counts_.data(); }
  /// Adds the counts to the task's, by member too where `has_members`, and clears them.
  void move_to(Task& task, bool has_members);

 private:
  static constexpr std::size_t kMaxCells = 1U << 16;  // stays in the processor's nearest cache
  std::size_t slots_, members_;
  std::vector<std::uint32_t> counts_;
};

/// The days of a date source from row `first` on, which begins a segment.
const Day* days_of(const DaySource& source, std::size_t first);

/// The rows of the segment that the task adds up, by position in it.
void list_taken(const Task& task, const FileTable& table, const SegmentRows& rows, std::vector<std::uint32_t>& taken);

/// Adds the rows of one segment to the task's accumulator; `has_members`: also by member.
void run_task(Task& task, const FileTable& table, SegmentRows& rows, bool has_members, CellCounts& counts);

}  // namespace kpi
