#include "core/engine/segment_task.h"

#include <cmath>
#include <limits>
#include <utility>

namespace kpi {
namespace {

constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

bool is_present(const Column& column, std::size_t row) {
  switch (column.kind) {
    case ColumnKind::kText: return column.codes[row] != Dictionary::kMissing;
    case ColumnKind::kKey: return column.keys[row] != 0;
    case ColumnKind::kNumber: return !std::isnan(column.numbers[row]);
    case ColumnKind::kDate: return column.days[row] != kNoDay;
  }
  return false;
}

/// A task's columns within one segment: plain pointers, so that the loop over rows reads memory and nothing else.
struct SegmentColumns {
  const std::uint8_t* stage = nullptr;
  const std::uint8_t* first_win = nullptr;
  const double* number = nullptr;
  const double* outcome = nullptr;
  const std::uint64_t* key = nullptr;
  const Day* from = nullptr;
  const Day* to = nullptr;
  const std::uint16_t* currency_codes = nullptr;
  const Day* present = nullptr;                    // the usual case: one date that must be there
  const double* present_number = nullptr;          // or one number
  bool has_more_conditions = false;                // the others, asked row by row
};

SegmentColumns columns_of(const Task& task, const FileTable& t, std::size_t first) {
  SegmentColumns c;
  const std::size_t segment = first / kSegmentRows;
  if (task.reached != 0) c.stage = task.stages->data() + first;
  if (task.is_distinct) c.first_win = t.is_first_win.data() + first;
  if (task.number != nullptr) c.number = task.number->numbers.segment(segment);
  if (task.outcome != nullptr) c.outcome = task.outcome->numbers.segment(segment);
  if (task.key != nullptr) c.key = task.key->keys.segment(segment);
  if (task.number == nullptr && task.from.exists()) {
    c.from = days_of(task.from, first);
    c.to = days_of(task.to, first);
  }
  if (task.currency.column != nullptr) c.currency_codes = task.currency.column->codes.segment(segment);
  if (task.converted != nullptr) {
    c.number = task.converted->numbers.data();
    c.currency_codes = task.converted->codes.data();
  }
  std::size_t asked = 0;
  if (task.present.size() == 1 && task.present[0]->kind == ColumnKind::kDate) {
    c.present = task.present[0]->days.segment(segment);
    asked = 1;
  } else if (task.present.size() == 1 && task.present[0]->kind == ColumnKind::kNumber) {
    c.present_number = task.present[0]->numbers.segment(segment);
    asked = 1;
  }
  c.has_more_conditions = task.present.size() + task.present_days.size() + task.words.size() > asked;
  return c;
}

bool meets_conditions(const Task& task, std::size_t row) {
  for (const Column* column : task.present) {
    if (!is_present(*column, row)) return false;
  }
  for (const DaySource& days : task.present_days) {
    if (days.at(row) == kNoDay) return false;
  }
  for (const MemberCondition& condition : task.words) {
    if (!condition.is_allowed[condition.view->member(row)]) return false;
  }
  return true;
}

/// Whether the row belongs to the measure, with a value or without. Always inline: the module is built for size, and a call per row is felt.
[[gnu::always_inline]] inline bool is_asked(const Task& task, const SegmentColumns& c, const SegmentRows& rows, const std::uint16_t* slots, std::size_t i) {
  if (slots[i] == SlotMap::kOutside || rows.member[i] == kSkip) return false;
  if (c.present != nullptr && c.present[i] == kNoDay) return false;
  if (c.present_number != nullptr && std::isnan(c.present_number[i])) return false;
  if (c.stage != nullptr && c.stage[i] < task.reached) return false;
  if (c.first_win != nullptr && c.first_win[i] == 0) return false;
  return !c.has_more_conditions || meets_conditions(task, rows.first + i);
}

template <bool kHasMembers>
void run_row(Task& task, const SegmentColumns& c, const SegmentRows& rows, const std::uint16_t* slots, std::size_t i) {
  Accumulator& a = *task.into;
  const std::uint16_t slot = slots[i];
  const std::uint32_t member = rows.member[i];
  if (!is_asked(task, c, rows, slots, i)) return;
  double value = 1;
  if (c.key != nullptr) {
    if (c.key[i] == 0) value = kNoValue;
  } else if (c.number != nullptr) {
    value = c.number[i];
  } else if (c.from != nullptr) {
    value = c.from[i] == kNoDay || c.to[i] == kNoDay ? kNoValue : static_cast<double>(c.to[i] - c.from[i]);
  }
  Cell& by_slot = a.by_slot[slot];
  if (std::isnan(value)) {
    by_slot.has_blank = true;
    if constexpr (kHasMembers) a.by_member[member].has_blank = true;
    return;
  }
  if (c.outcome != nullptr && std::isnan(c.outcome[i])) return;  // not known yet
  ++task.rows;
  ++by_slot.rows;
  if constexpr (kHasMembers) ++a.by_member[member].rows;
  if (a.is_count) return;
  if (c.key != nullptr) {
    a.observations.push_back({c.key[i], kHasMembers ? member : kSkip, slot, false});
    return;
  }
  if (c.outcome != nullptr) {
    a.observations.push_back({bits_of(value), kHasMembers ? member : kSkip, slot, c.outcome[i] != 0});
    return;
  }
  if (a.days.is_used()) {
    a.days.add(slot, value);
    if constexpr (kHasMembers) a.days.add_member(member, value);
    return;
  }
  if (a.is_median) a.observations.push_back({bits_of(value), kHasMembers ? member : kSkip, slot, false});
  const std::uint8_t currency = c.currency_codes == nullptr ? task.currency.whole : task.currency.by_code[c.currency_codes[i]];
  by_slot.add_currency(currency);
  by_slot.sum.add(value);
  if constexpr (kHasMembers) {
    a.by_member[member].add_currency(currency);
    a.by_member[member].sum.add(value);
  }
}

/// Without a branch: whether a lead became an MQL is as good as random from row to row.
template <bool kHasPresent, bool kHasNumber, bool kHasStage>
void count_rows(const Task& task, const SegmentColumns& c, const SegmentRows& rows, const std::uint16_t* slots, CellCounts& cells) {
  std::uint32_t* counts = cells.cells();
  const std::uint32_t* member = rows.member.data();
  const std::uint32_t width = cells.width();
  const Day* present = c.present;
  const double* number = c.present_number;
  const std::uint8_t* stage = c.stage;
  const std::uint8_t reached = task.reached;
  for (std::size_t i = 0; i < rows.count; ++i) {
    std::uint32_t is_in = static_cast<std::uint32_t>(slots[i] != SlotMap::kOutside) & static_cast<std::uint32_t>(member[i] != kSkip);
    if constexpr (kHasPresent) is_in &= static_cast<std::uint32_t>(present[i] != kNoDay);
    if constexpr (kHasNumber) is_in &= static_cast<std::uint32_t>(!std::isnan(number[i]));
    if constexpr (kHasStage) is_in &= static_cast<std::uint32_t>(stage[i] >= reached);
    ++counts[(slots[i] * width + member[i] + 1) & (0 - is_in)];
  }
}

/// Days between two dates, for medians. The rows that count are listed first, without a branch: many lack a date.
template <bool kHasMembers>
void count_days(Task& task, const SegmentColumns& c, SegmentRows& rows, const std::uint16_t* slots) {
  Accumulator& a = *task.into;
  rows.counted.resize(rows.count);
  std::uint32_t* counted = rows.counted.data();
  std::size_t found = 0;
  for (std::size_t i = 0; i < rows.count; ++i) {
    counted[found] = static_cast<std::uint32_t>(i);
    const bool is_in = static_cast<int>(slots[i] != SlotMap::kOutside) & static_cast<int>(rows.member[i] != kSkip) &
                       static_cast<int>(c.from[i] != kNoDay) & static_cast<int>(c.to[i] != kNoDay);
    found += is_in ? 1U : 0U;
  }
  task.rows += found;
  for (std::size_t n = 0; n < found; ++n) {
    const std::uint32_t i = counted[n];
    const double days = static_cast<double>(c.to[i] - c.from[i]);
    ++a.by_slot[slots[i]].rows;
    a.days.add(slots[i], days);
    if constexpr (kHasMembers) {
      ++a.by_member[rows.member[i]].rows;
      a.days.add_member(rows.member[i], days);
    }
  }
}

template <bool kHasMembers>
void run_rows(Task& task, const FileTable& t, SegmentRows& rows, CellCounts& counts) {
  const SegmentColumns columns = columns_of(task, t, rows.first);
  const std::uint16_t* slots = rows.slots[task.slots].data();
  if (task.status != 0) {
    for (const std::uint32_t i : rows.of_status[task.status]) run_row<kHasMembers>(task, columns, rows, slots, i);
    return;
  }
  const bool has_value = columns.number != nullptr || columns.from != nullptr;
  if (task.into->is_count && counts.fits() && !has_value && columns.first_win == nullptr && !columns.has_more_conditions) {
    const bool has_present = columns.present != nullptr, has_stage = columns.stage != nullptr, has_number = columns.present_number != nullptr;
    if (has_number) {
      has_stage ? count_rows<false, true, true>(task, columns, rows, slots, counts) : count_rows<false, true, false>(task, columns, rows, slots, counts);
    } else if (has_present) {
      has_stage ? count_rows<true, false, true>(task, columns, rows, slots, counts) : count_rows<true, false, false>(task, columns, rows, slots, counts);
    } else {
      has_stage ? count_rows<false, false, true>(task, columns, rows, slots, counts) : count_rows<false, false, false>(task, columns, rows, slots, counts);
    }
    counts.move_to(task, kHasMembers);
    return;
  }
  const bool has_conditions = columns.present != nullptr || columns.present_number != nullptr || columns.stage != nullptr || columns.first_win != nullptr || columns.has_more_conditions;
  if (task.into->days.is_used() && !has_conditions) return count_days<kHasMembers>(task, columns, rows, slots);
  for (std::size_t i = 0; i < rows.count; ++i) run_row<kHasMembers>(task, columns, rows, slots, i);
}

}  // namespace

const Day* days_of(const DaySource& source, std::size_t first) {
  return source.column != nullptr ? source.column->days.segment(first / kSegmentRows) : source.owned.data() + first;
}

void CellCounts::move_to(Task& task, bool has_members) {
  Accumulator& a = *task.into;
  counts_[0] = 0;
  for (std::size_t slot = 0, cell = 1; slot < slots_; ++slot) {
    for (std::size_t m = 0; m < members_; ++m, ++cell) {
      const std::uint32_t count = std::exchange(counts_[cell], 0);
      task.rows += count;
      a.by_slot[slot].rows += count;
      if (has_members) a.by_member[m].rows += count;
    }
  }
}

void list_taken(const Task& task, const FileTable& table, const SegmentRows& rows, std::vector<std::uint32_t>& taken) {
  const SegmentColumns columns = columns_of(task, table, rows.first);
  const std::uint16_t* slots = rows.slots[task.slots].data();
  taken.clear();
  for (std::size_t i = 0; i < rows.count; ++i) {
    if (task.status != 0 && table.deal_status[rows.first + i] != task.status) continue;
    if (is_asked(task, columns, rows, slots, i) && !std::isnan(columns.number[i])) taken.push_back(static_cast<std::uint32_t>(i));
  }
}

void run_task(Task& task, const FileTable& table, SegmentRows& rows, bool has_members, CellCounts& counts) {
  has_members ? run_rows<true>(task, table, rows, counts) : run_rows<false>(task, table, rows, counts);
}

}  // namespace kpi
