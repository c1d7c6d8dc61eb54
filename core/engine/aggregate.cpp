#include "core/engine/aggregate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/base/sum.h"
#include "core/engine/row_values.h"

namespace kpi {
namespace {

constexpr std::uint8_t kNoCurrency = 0;       // nothing added yet
constexpr std::uint8_t kUnknownCurrency = 1;  // fits any
constexpr std::uint8_t kMixed = 255;

/// Currencies of the whole dataset by small number, so that a cell can remember its own in a byte.
class Currencies {
 public:
  std::uint8_t number(std::string_view code) {
    if (code.empty()) return kUnknownCurrency;
    for (std::size_t i = 0; i < codes_.size(); ++i) {
      if (codes_[i] == code) return static_cast<std::uint8_t>(i + 2);
    }
    if (codes_.size() >= 250) return kMixed;
    codes_.push_back(code);
    return static_cast<std::uint8_t>(codes_.size() + 1);
  }
  std::string_view code(std::uint8_t number) const {
    return number < 2 || number == kMixed ? std::string_view() : codes_[static_cast<std::size_t>(number) - 2];
  }

 private:
  std::vector<std::string_view> codes_;  // interned by the dataset
};

struct Cell {
  Sum sum;
  std::uint64_t rows = 0;
  std::uint8_t currency = kNoCurrency;
  bool has_blank = false;  // a row that belongs here carries no value to add

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
    has_blank = has_blank || other.has_blank;
    add_currency(other.currency);
  }
};

struct Observation {
  double value;
  std::uint32_t member;
  std::uint16_t slot;
};

/// One measure being filled.
struct Accumulator {
  const Measure* measure = nullptr;
  std::vector<Cell> by_slot, by_member;
  std::vector<Observation> observations;        // kMedian
  std::vector<bool> member_has_rows;
  std::vector<FileUse> files;
  bool has_source = false, is_dated = false, knows_filters = true, knows_group = true;
  bool is_median = false, is_count = false, is_stock = false;
  Day first_day = kNoDay, last_day = kNoDay;
};

/// One measure over one table.
struct Task {
  Accumulator* into;
  const MeasureSource* source;
  std::size_t slots;                       // index into the segment's slot arrays
  std::uint8_t status = 0;                 // 0 = any
  std::uint8_t reached = 0;                // 0 = any
  const Column* number = nullptr;
  DaySource from, to;
  std::vector<const Column*> present;
  std::vector<DaySource> present_days;
  bool is_distinct = false;
  std::uint8_t currency = kUnknownCurrency;
  const std::vector<std::uint8_t>* currency_by_code = nullptr;
  const Column* currency_column = nullptr;
  std::uint64_t rows = 0;
};

bool is_present(const Column& column, std::size_t row) {
  switch (column.kind) {
    case ColumnKind::kText: return column.codes[row] != Dictionary::kMissing;
    case ColumnKind::kKey: return column.keys[row] != 0;
    case ColumnKind::kNumber: return !std::isnan(column.numbers[row]);
    case ColumnKind::kDate: return column.days[row] != kNoDay;
  }
  return false;
}

std::uint8_t status_number(std::string_view status) {
  if (status == "won") return static_cast<std::uint8_t>(DealStatus::kWon);
  if (status == "lost") return static_cast<std::uint8_t>(DealStatus::kLost);
  return status == "open" ? static_cast<std::uint8_t>(DealStatus::kOpen) : 0;
}

constexpr std::uint32_t kSkip = 0xFFFFFFFF;
constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

/// The rows of one segment, as all tasks of a table see them.
struct SegmentRows {
  std::size_t first = 0, count = 0;
  std::vector<std::uint32_t> member;               // kSkip = left out by a filter or counted before
  std::vector<std::vector<std::uint16_t>> slots;   // per distinct date source
  std::vector<std::uint32_t> of_status[4];         // rows of each DealStatus that a task asks for: won deals are few
};

/// Which rows the tasks of a date source look at: all, or those of some statuses (bit 1 << DealStatus).
struct DateUse {
  bool is_whole = false;
  unsigned statuses = 0;
};

/// A task's columns within one segment: plain pointers, so that the loop over rows reads memory and nothing else.
struct SegmentColumns {
  const std::uint8_t* stage = nullptr;
  const std::uint8_t* first_win = nullptr;
  const double* number = nullptr;
  const Day* from = nullptr;
  const Day* to = nullptr;
  const std::uint16_t* currency_codes = nullptr;
  const Day* present = nullptr;                    // the usual case: one date that must be there
  bool has_more_conditions = false;                // the others, asked row by row
};

const Day* days_of(const DaySource& source, std::size_t first) {
  return source.column != nullptr ? source.column->days.segment(first / kSegmentRows) : source.owned.data() + first;
}

SegmentColumns columns_of(const Task& task, const FileTable& t, std::size_t first) {
  SegmentColumns c;
  const std::size_t segment = first / kSegmentRows;
  if (task.reached != 0) c.stage = t.lead_stage.data() + first;
  if (task.is_distinct) c.first_win = t.is_first_win.data() + first;
  if (task.number != nullptr) c.number = task.number->numbers.segment(segment);
  if (task.number == nullptr && task.from.exists()) {
    c.from = days_of(task.from, first);
    c.to = days_of(task.to, first);
  }
  if (task.currency_column != nullptr) c.currency_codes = task.currency_column->codes.segment(segment);
  std::size_t asked = 0;
  if (task.present.size() == 1 && task.present[0]->kind == ColumnKind::kDate) {
    c.present = task.present[0]->days.segment(segment);
    asked = 1;
  }
  c.has_more_conditions = task.present.size() + task.present_days.size() > asked;
  return c;
}

bool has_all_present(const Task& task, std::size_t row) {
  for (const Column* column : task.present) {
    if (!is_present(*column, row)) return false;
  }
  for (const DaySource& days : task.present_days) {
    if (days.at(row) == kNoDay) return false;
  }
  return true;
}

template <bool kHasMembers>
void run_row(Task& task, const SegmentColumns& c, const SegmentRows& rows, const std::uint16_t* slots, std::size_t i) {
  Accumulator& a = *task.into;
  const std::uint16_t slot = slots[i];
  const std::uint32_t member = rows.member[i];
  if (slot == SlotMap::kOutside || member == kSkip) return;
  if (c.present != nullptr && c.present[i] == kNoDay) return;
  if (c.stage != nullptr && c.stage[i] < task.reached) return;
  if (c.first_win != nullptr && c.first_win[i] == 0) return;
  if (c.has_more_conditions && !has_all_present(task, rows.first + i)) return;
  double value = 1;
  if (c.number != nullptr) {
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
  ++task.rows;
  ++by_slot.rows;
  if constexpr (kHasMembers) ++a.by_member[member].rows;
  if (a.is_count) return;
  if (a.is_median) a.observations.push_back({value, member, slot});
  const std::uint8_t currency = c.currency_codes == nullptr ? task.currency : (*task.currency_by_code)[c.currency_codes[i]];
  by_slot.add_currency(currency);
  by_slot.sum.add(value);
  if constexpr (kHasMembers) {
    a.by_member[member].add_currency(currency);
    a.by_member[member].sum.add(value);
  }
}

/// Counts by slot and member at once, for tasks whose conditions can be told from three plain columns. Without a branch: whether
/// a lead became an MQL is as good as random from row to row.
class CellCounts {
 public:
  static constexpr std::size_t kMaxCells = 1U << 16;  // stays in the processor's nearest cache

  CellCounts(std::size_t slots, std::size_t members) : slots_(slots), members_(members), counts_(fits() ? slots * members + 1 : 0) {}
  bool fits() const { return slots_ * members_ <= kMaxCells; }

  void add_to(Task& task, const SegmentColumns& c, const SegmentRows& rows, const std::uint16_t* slots) {
    std::uint32_t* counts = counts_.data();
    const std::uint32_t* member = rows.member.data();
    const auto width = static_cast<std::uint32_t>(members_);
    for (std::size_t i = 0; i < rows.count; ++i) {
      const bool is_in = (slots[i] != SlotMap::kOutside) & (member[i] != kSkip) & (c.present == nullptr || c.present[i] != kNoDay) &
                         (c.stage == nullptr || c.stage[i] >= task.reached);
      ++counts[(slots[i] * width + member[i] + 1) & (0 - static_cast<std::uint32_t>(is_in))];  // 0 takes the others
    }
    counts[0] = 0;
    Accumulator& a = *task.into;
    for (std::size_t slot = 0, cell = 1; slot < slots_; ++slot) {
      for (std::size_t m = 0; m < members_; ++m, ++cell) {
        const std::uint32_t count = std::exchange(counts[cell], 0);
        task.rows += count;
        a.by_slot[slot].rows += count;
        if (!a.by_member.empty()) a.by_member[m].rows += count;
      }
    }
  }

 private:
  std::size_t slots_, members_;
  std::vector<std::uint32_t> counts_;
};

template <bool kHasMembers>
void run_task(Task& task, const FileTable& t, const SegmentRows& rows, CellCounts& counts) {
  const SegmentColumns columns = columns_of(task, t, rows.first);
  const std::uint16_t* slots = rows.slots[task.slots].data();
  if (task.status != 0) {
    for (const std::uint32_t i : rows.of_status[task.status]) run_row<kHasMembers>(task, columns, rows, slots, i);
    return;
  }
  if (task.into->is_count && counts.fits() && columns.number == nullptr && columns.from == nullptr && columns.first_win == nullptr && !columns.has_more_conditions) {
    counts.add_to(task, columns, rows, slots);
    return;
  }
  for (std::size_t i = 0; i < rows.count; ++i) run_row<kHasMembers>(task, columns, rows, slots, i);
}

double median_of(std::vector<double>& values) {
  const std::size_t n = values.size();
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(n / 2);
  std::nth_element(values.begin(), middle, values.end());
  const double high = *middle;
  return n % 2 == 1 ? high : (*std::max_element(values.begin(), middle) + high) / 2;
}

class Aggregation {
 public:
  Aggregation(const Dataset& dataset, const Window& window, const std::vector<Filter>& filters, const Dimension* group,
              const Parameters& parameters)
      : dataset_(dataset), window_(window), filters_(filters), group_(group), parameters_(parameters), slot_map_(window) {}

  std::vector<MeasureResult> run() {
    const std::vector<Measure>& measures = dataset_.catalog().measures();
    accumulators_.resize(measures.size());
    for (std::size_t m = 0; m < measures.size(); ++m) prepare(accumulators_[m], measures[m]);
    for (const auto& t : dataset_.tables()) scan(*t);
    std::vector<MeasureResult> results;
    results.reserve(measures.size());
    for (Accumulator& a : accumulators_) results.push_back(finish(a));
    return results;
  }

 private:
  void prepare(Accumulator& a, const Measure& measure) {
    a.measure = &measure;
    a.by_slot.resize(slot_map_.slot_count() + 1);  // the last one for stocks, which belong to no period
    if (group_ != nullptr) {
      a.by_member.resize(group_->members().size());
      a.member_has_rows.resize(group_->members().size(), false);
    }
    const auto in_force = sources_in_force(dataset_, measure);
    a.has_source = !in_force.empty();
    bool any_filter = in_force.empty(), any_group = in_force.empty();
    for (const auto& [table, source] : in_force) {
      a.is_median = a.is_median || source->aggregate == Aggregate::kMedian;
      a.is_count = source->aggregate == Aggregate::kCount || source->aggregate == Aggregate::kDistinct;
      any_filter = any_filter || knows_filters(*table);
      any_group = any_group || group_ == nullptr || group_->view(*table) != nullptr;
      a.is_stock = a.is_stock || source->date_field.empty();
      const bool is_dated = has_day_source(dataset_, *table, source->date_field, source->where.deal_status);
      a.is_dated = a.is_dated || is_dated;
      if (is_dated && table->first_day != kNoDay) {
        a.first_day = a.first_day == kNoDay ? table->first_day : std::min(a.first_day, table->first_day);
        a.last_day = a.last_day == kNoDay ? table->last_day : std::max(a.last_day, table->last_day);
      }
      planned_.push_back({&a, table, source});
    }
    a.knows_filters = any_filter;
    a.knows_group = any_group;
  }

  bool knows_filters(const FileTable& table) const {
    return std::all_of(filters_.begin(), filters_.end(), [&](const Filter& f) { return f.dimension->view(table) != nullptr; });
  }

  void scan(const FileTable& t) {
    std::vector<Task> tasks;
    std::vector<DaySource> dates;
    std::vector<std::string> date_keys;
    for (const Planned& p : planned_) {
      if (p.table == &t && knows_filters(t)) tasks.push_back(make_task(p, dates, date_keys));
    }
    if (tasks.empty()) return;
    const DimensionView* view = group_ == nullptr ? nullptr : group_->view(t);
    if (view != nullptr) mark_members(*view, tasks);
    std::vector<const DimensionView*> filter_views;
    for (const Filter& f : filters_) filter_views.push_back(f.dimension->view(t));

    SegmentRows rows;
    rows.slots.resize(dates.size());
    std::vector<DateUse> uses(dates.size());
    unsigned statuses = 0;
    for (const Task& task : tasks) {
      if (task.status == 0) {
        uses[task.slots].is_whole = true;
      } else {
        uses[task.slots].statuses |= 1U << task.status;
        statuses |= 1U << task.status;
      }
    }
    CellCounts counts(slot_map_.slot_count() + 1, view == nullptr ? 1 : group_->members().size());
    for (rows.first = 0; rows.first < t.table.row_count; rows.first += kSegmentRows) {
      rows.count = std::min(kSegmentRows, t.table.row_count - rows.first);
      fill_members(view, rows, rows.member);
      for (std::size_t f = 0; f < filters_.size(); ++f) {
        fill_members(filter_views[f], rows, filtered_);
        for (std::size_t i = 0; i < rows.count; ++i) {
          if (!filters_[f].is_allowed[filtered_[i]]) rows.member[i] = kSkip;
        }
      }
      if (!t.is_repeat.empty()) {
        for (std::size_t i = 0; i < rows.count; ++i) {
          if (t.is_repeat[rows.first + i] != 0) rows.member[i] = kSkip;
        }
      }
      for (std::size_t status = 0; status < 4; ++status) {
        if ((statuses >> status & 1U) != 0) list_status(t, static_cast<std::uint8_t>(status), rows);
      }
      for (std::size_t d = 0; d < dates.size(); ++d) fill_slots(dates[d], uses[d], rows, rows.slots[d]);
      for (Task& task : tasks) view != nullptr ? run_task<true>(task, t, rows, counts) : run_task<false>(task, t, rows, counts);
    }
    for (const Task& task : tasks) task.into->files.push_back({t.file, task.source, task.rows});
  }

  static void fill_members(const DimensionView* view, const SegmentRows& rows, std::vector<std::uint32_t>& members) {
    members.assign(rows.count, view == nullptr ? Dimension::kBlank : view->constant);
    if (view == nullptr) return;
    if (view->column != nullptr) {
      const std::uint16_t* codes = view->column->codes.segment(rows.first / kSegmentRows);
      for (std::size_t i = 0; i < rows.count; ++i) members[i] = view->by_code[codes[i]];
    } else if (!view->by_row.empty()) {
      std::copy_n(view->by_row.begin() + static_cast<std::ptrdiff_t>(rows.first), rows.count, members.begin());
    }
  }

  static void list_status(const FileTable& t, std::uint8_t status, SegmentRows& rows) {
    std::vector<std::uint32_t>& list = rows.of_status[status];
    list.resize(rows.count);
    const std::uint8_t* statuses = t.deal_status.data() + rows.first;
    std::size_t found = 0;
    for (std::size_t i = 0; i < rows.count && !t.deal_status.empty(); ++i) {
      list[found] = static_cast<std::uint32_t>(i);
      found += statuses[i] == status ? 1U : 0U;
    }
    list.resize(found);
  }

  void fill_slots(const DaySource& date, const DateUse& use, const SegmentRows& rows, std::vector<std::uint16_t>& slots) const {
    slots.resize(rows.count);
    if (!date.exists()) {
      std::fill(slots.begin(), slots.end(), date.is_stock ? static_cast<std::uint16_t>(slot_map_.slot_count()) : slot_map_.undated());
      return;
    }
    const Day* days = days_of(date, rows.first);
    if (use.is_whole) {
      for (std::size_t i = 0; i < rows.count; ++i) slots[i] = slot_map_.slot(days[i]);
      return;
    }
    for (std::size_t status = 0; status < 4; ++status) {
      if ((use.statuses >> status & 1U) == 0) continue;
      for (const std::uint32_t i : rows.of_status[status]) slots[i] = slot_map_.slot(days[i]);
    }
  }

  void mark_members(const DimensionView& view, const std::vector<Task>& tasks) {
    std::vector<bool> has(group_->members().size(), false);
    if (view.column != nullptr) {
      if (view.column->present < view.column->codes.size()) has[Dimension::kBlank] = true;
      for (std::size_t code = 1; code < view.column->dictionary.size(); ++code) has[view.by_code[code]] = true;
    } else if (!view.by_row.empty()) {
      for (const std::uint32_t member : view.by_row) has[member] = true;
    } else {
      has[view.constant] = true;
    }
    for (const Task& task : tasks) {
      for (std::size_t m = 0; m < has.size(); ++m) {
        if (has[m]) task.into->member_has_rows[m] = true;
      }
    }
  }

  struct Planned {
    Accumulator* into;
    const FileTable* table;
    const MeasureSource* source;
  };

  Task make_task(const Planned& p, std::vector<DaySource>& dates, std::vector<std::string>& date_keys) {
    const FileTable& t = *p.table;
    Task task;
    task.into = p.into;
    task.source = p.source;
    const Condition& where = p.source->where;
    // closed_at means another column for won and for lost deals where the file dates them apart.
    const std::string key = p.source->date_field + (p.source->date_field == "closed_at" ? "/" + where.deal_status : "");
    const auto known = std::find(date_keys.begin(), date_keys.end(), key);
    task.slots = static_cast<std::size_t>(known - date_keys.begin());
    if (known == date_keys.end()) {
      date_keys.push_back(key);
      dates.push_back(day_source(dataset_, t, p.source->date_field, where.deal_status));
      dates.back().is_stock = p.source->date_field.empty();
    }
    task.status = status_number(where.deal_status);
    task.reached = static_cast<std::uint8_t>(stage_from_id(where.reached));
    for (const std::string& field : where.present) {
      if (const Column* column = t.table.find(field)) {
        task.present.push_back(column);
      } else {
        task.present_days.push_back(day_source(dataset_, t, field, where.deal_status));
      }
    }
    task.is_distinct = p.source->aggregate == Aggregate::kDistinct;
    if (!p.source->value_field.empty()) task.number = t.table.find(p.source->value_field);
    if (!p.source->days_from.empty()) {
      task.from = day_source(dataset_, t, p.source->days_from, where.deal_status);
      task.to = day_source(dataset_, t, p.source->days_to, where.deal_status);
    }
    task.currency = kNoCurrency;
    if (task.number != nullptr && p.into->measure->unit.exponent("money") != 0) set_currency(t, task);
    return task;
  }

  void set_currency(const FileTable& t, Task& task) {
    const Column* column = t.table.find("currency");
    if (task.number->currency == kSeveralCurrencies) {
      task.currency = kMixed;
      return;
    }
    const std::string& own = task.number->currency.empty() ? t.currency : task.number->currency;
    task.currency = currencies_.number(dataset_.currency(own));
    if (column == nullptr || column->kind != ColumnKind::kText || !task.number->currency.empty()) return;
    auto lut = std::make_unique<std::vector<std::uint8_t>>(65536, task.currency);
    for (std::size_t code = 1; code < column->dictionary.size(); ++code) {
      (*lut)[code] = currencies_.number(dataset_.currency(column->dictionary.text(static_cast<std::uint16_t>(code))));
    }
    task.currency_column = column;
    task.currency_by_code = lut.get();
    currency_luts_.push_back(std::move(lut));
  }

  Value value_of(const Accumulator& a, const Cell& cell, bool is_known, std::vector<double>* observed) const {
    if (!a.has_source) return Undefined{"missing_input", {a.measure->id}};
    if (!a.knows_filters) return Undefined{"not_by_dimension", filter_ids(a)};
    if (!window_.is_unbounded && !a.is_dated && !a.is_stock) return Undefined{"no_date", {a.measure->id}};
    if (cell.rows == 0 && (!is_known || cell.has_blank || observed != nullptr)) return Undefined{"no_rows", {a.measure->id}};
    if (cell.currency == kMixed) return Undefined{"currency_mixed", {a.measure->id}};
    const std::string_view currency = currencies_.code(cell.currency);
    if (observed != nullptr) return Quantity{median_of(*observed), currency};
    if (a.is_count) return Quantity{static_cast<double>(cell.rows), {}};
    const double value = cell.sum.value();
    if (!std::isfinite(value)) return Undefined{"not_finite", {a.measure->id}};
    return Quantity{value, currency};
  }

  std::vector<std::string> filter_ids(const Accumulator&) const {
    std::vector<std::string> ids;
    for (const Filter& f : filters_) ids.push_back(f.dimension->id());
    return ids;
  }

  MeasureResult finish(Accumulator& a) {
    MeasureResult result;
    result.files = std::move(a.files);
    result.is_stock = a.is_stock;
    if (a.measure->is_parameter) {
      const auto it = parameters_.find(a.measure->id);
      // Not as one conditional expression: GCC 12 loses the strings of an initializer list inside one.
      if (it == parameters_.end()) {
        result.total = Undefined{"missing_input", {a.measure->id}};
      } else {
        result.total = Quantity{it->second, {}};
      }
      result.by_bucket.assign(window_.buckets.size(), result.total);
      result.by_member.assign(group_ == nullptr ? 0 : group_->members().size(), result.total);
      return result;
    }
    // Medians need the values of each cell apart; everything else needs only the cells.
    std::vector<std::vector<double>> slot_values, member_values;
    std::vector<double> all_values;
    if (a.is_median) {
      slot_values.resize(a.by_slot.size());
      member_values.resize(a.by_member.size());
      for (const Observation& o : a.observations) {
        all_values.push_back(o.value);
        slot_values[o.slot].push_back(o.value);
        if (!member_values.empty()) member_values[o.member].push_back(o.value);
      }
    }
    const auto covers = [&](Day first, Day last) { return a.first_day != kNoDay && first <= a.last_day && last >= a.first_day; };
    Cell total;
    for (const Cell& cell : a.by_slot) total.add(cell);
    const bool is_window_known = window_.is_unbounded || a.is_stock || window_.buckets.empty() || covers(window_.first, window_.last);
    result.total = value_of(a, total, is_window_known, a.is_median ? &all_values : nullptr);
    for (std::size_t b = 0; b < window_.buckets.size(); ++b) {
      const bool is_known = covers(window_.buckets[b].first, window_.buckets[b].last);
      if (!a.is_dated && a.has_source && a.knows_filters) {
        result.by_bucket.push_back(Undefined{"no_date", {a.measure->id}});
      } else {
        result.by_bucket.push_back(value_of(a, a.by_slot[b], is_known, a.is_median ? &slot_values[b] : nullptr));
      }
    }
    for (std::size_t m = 0; m < a.by_member.size(); ++m) {
      if (a.has_source && !a.knows_group) {
        result.by_member.push_back(Undefined{"not_by_dimension", {group_->id()}});
        continue;
      }
      // No row at all for the member: nothing is known about its sums, but there were certainly no events to count.
      const bool is_known = is_window_known && (a.is_count || a.member_has_rows[m]);
      result.by_member.push_back(value_of(a, a.by_member[m], is_known, a.is_median ? &member_values[m] : nullptr));
    }
    return result;
  }

  const Dataset& dataset_;
  const Window& window_;
  const std::vector<Filter>& filters_;
  const Dimension* group_;
  const Parameters& parameters_;
  SlotMap slot_map_;
  Currencies currencies_;
  std::vector<std::unique_ptr<std::vector<std::uint8_t>>> currency_luts_;
  std::vector<Accumulator> accumulators_;
  std::vector<Planned> planned_;
  std::vector<std::uint32_t> filtered_;
};

}  // namespace

std::vector<std::pair<const FileTable*, const MeasureSource*>> sources_in_force(const Dataset& dataset, const Measure& measure) {
  std::vector<std::pair<const FileTable*, const MeasureSource*>> found;
  std::vector<std::string_view> tried;
  for (const MeasureSource& first : measure.sources) {
    if (std::find(tried.begin(), tried.end(), first.table) != tried.end()) continue;
    tried.push_back(first.table);
    for (const auto& t : dataset.tables()) {
      for (const MeasureSource& source : measure.sources) {
        if (source.table != first.table || !source_applies(dataset, *t, source)) continue;
        found.emplace_back(t.get(), &source);
        break;
      }
    }
    if (!found.empty()) break;  // one kind of table answers: deals from the CRM are not added to deals noted with the leads
  }
  return found;
}

std::vector<MeasureResult> aggregate(const Dataset& dataset, const Window& window, const std::vector<Filter>& filters,
                                     const Dimension* group, const Parameters& parameters) {
  return Aggregation(dataset, window, filters, group, parameters).run();
}

}  // namespace kpi
