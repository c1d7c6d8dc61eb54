#include "core/engine/aggregate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/engine/segment_task.h"

namespace kpi {
namespace {

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

std::uint8_t status_number(std::string_view status) {
  if (status == "won") return static_cast<std::uint8_t>(DealStatus::kWon);
  if (status == "lost") return static_cast<std::uint8_t>(DealStatus::kLost);
  return status == "open" ? static_cast<std::uint8_t>(DealStatus::kOpen) : 0;
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
      for (Task& task : tasks) run_task(task, t, rows, view != nullptr, counts);
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
