#include "core/engine/aggregate.h"

#include <algorithm>
#include <span>
#include <utility>

#include "core/engine/converted_rows.h"
#include "core/engine/currency_numbers.h"
#include "core/engine/lead_funnel.h"
#include "core/engine/measure_value.h"
#include "core/engine/other_values.h"
#include "core/engine/other_sources.h"
#include "core/engine/row_currency.h"
#include "core/engine/segment_task.h"
#include "core/engine/typed_totals.h"

namespace kpi {
namespace {

std::uint8_t status_number(std::string_view status) {
  if (status == "won") return static_cast<std::uint8_t>(DealStatus::kWon);
  if (status == "lost") return static_cast<std::uint8_t>(DealStatus::kLost);
  return status == "open" ? static_cast<std::uint8_t>(DealStatus::kOpen) : 0;
}

class Aggregation {
 public:
  Aggregation(const Dataset& dataset, const Window& window, const std::vector<Filter>& filters, const Dimension* group,
              const Parameters& parameters, StageRule stages, const Conversion& conversion, const std::vector<bool>* only)
      : dataset_(dataset), window_(window), filters_(filters), group_(group), parameters_(parameters), stages_(stages), only_(only), slot_map_(window) {
    const std::string_view target = dataset.rates().empty() ? std::string_view() : dataset.currency(conversion.currency);
    if (!target.empty()) converter_ = std::make_unique<CurrencyConverter>(dataset.rates(), currencies_, target);
    use_ = conversion.use;
  }

  std::vector<MeasureResult> run() {
    const std::vector<Measure>& measures = dataset_.catalog().measures();
    accumulators_.resize(measures.size());
    for (std::size_t m = 0; m < measures.size(); ++m) prepare(accumulators_[m], measures[m], only_ == nullptr || (*only_)[m]);
    const std::vector<TypedFigure> typed = typed_figures(dataset_);
    for (const TypedFigure& figure : typed) prepare_typed(accumulators_[figure.measure], figure);
    for (const auto& t : dataset_.tables()) {
      std::vector<std::string_view> channels{""};  // fields that stand in for the channel, scanned on their own
      for (const Planned& p : planned_) {
        if (p.table == t.get() && std::find(channels.begin(), channels.end(), p.source->channel_field) == channels.end()) channels.push_back(p.source->channel_field);
      }
      for (const std::string_view field : channels) scan(*t, field);
    }
    OtherSources others(dataset_, window_, slot_map_, filters_, group_, parameters_, currencies_, converter_.get());
    for (const Planned& p : customer_sources_) others.add_subscriptions(*p.into, *p.source);
    for (std::size_t first = 0, last; first < typed.size(); first = last) {
      for (last = first; last < typed.size() && typed[last].measure == typed[first].measure;) ++last;
      others.add_typed(accumulators_[typed[first].measure], std::span(typed).subspan(first, last - first));
    }
    const MeasureScope scope{window_, filters_, group_, parameters_, currencies_};
    std::vector<MeasureResult> results;
    results.reserve(measures.size());
    for (Accumulator& a : accumulators_) results.push_back(finish_measure(scope, a));
    if (converter_ != nullptr && use_ != nullptr) *use_ = converter_->take_use();
    return results;
  }

 private:
  void prepare(Accumulator& a, const Measure& measure, bool is_wanted) {
    a.measure = &measure;
    a.by_slot.resize(slot_map_.slot_count() + 1);  // the last one for stocks, which belong to no period
    if (group_ != nullptr) {
      a.by_member.resize(group_->members().size());
      a.member_has_rows.resize(group_->members().size(), false);
    }
    if (!is_wanted) return;
    const auto in_force = sources_in_force(dataset_, measure);
    a.has_source = !in_force.empty();
    bool any_filter = in_force.empty(), any_group = in_force.empty(), was_observed = false;
    std::size_t planned_here = 0;
    for (const auto& [table, source] : in_force) {
      a.is_median = a.is_median || source->aggregate == Aggregate::kMedian;
      a.is_unique = a.is_unique || source->aggregate == Aggregate::kUnique;
      a.is_auc = a.is_auc || source->aggregate == Aggregate::kAuc;
      const bool is_cohort = source->aggregate == Aggregate::kCohort;
      const bool counts = source->aggregate == Aggregate::kCount || source->aggregate == Aggregate::kDistinct || is_cohort;
      const bool observes = source->aggregate == Aggregate::kMedian || source->aggregate == Aggregate::kUnique || source->aggregate == Aggregate::kAuc;
      a.is_count = counts && (a.is_count || planned_here == 0);
      a.has_mixed_kinds = a.has_mixed_kinds || (planned_here > 0 && observes != was_observed);
      was_observed = observes;
      ++planned_here;
      any_filter = any_filter || knows_filters(*table);
      any_group = any_group || group_ == nullptr || group_->view(*table) != nullptr;
      a.is_stock = a.is_stock || source->date_field.empty();
      const bool is_dated = (is_cohort && table->first_day != kNoDay) || has_day_source(dataset_, *table, source->date_field, source->where.deal_status);
      a.is_dated = a.is_dated || is_dated;
      if (is_dated && table->first_day != kNoDay) {
        a.first_day = a.first_day == kNoDay ? table->first_day : std::min(a.first_day, table->first_day);
        a.last_day = a.last_day == kNoDay ? table->last_day : std::max(a.last_day, table->last_day);
      }
      const bool is_retained = source->aggregate == Aggregate::kRetained;
      const bool is_of_customers = source->aggregate == Aggregate::kMovement || source->aggregate == Aggregate::kActive || is_retained;
      if (is_of_customers) a.is_count = source->value_field.empty();
      if (!is_of_customers) {
        planned_.push_back({&a, table, source});
      } else if (customer_sources_.empty() || customer_sources_.back().into != &a) {
        customer_sources_.push_back({&a, table, source});
      }
    }
    a.knows_filters = any_filter;
    a.knows_group = any_group;
    if (a.is_median && !a.is_unique) prepare_days(a, in_force);
  }

  /// Medians of days are counted where all their files' date columns tell how far apart days can be.
  void prepare_days(Accumulator& a, const std::vector<std::pair<const FileTable*, const MeasureSource*>>& in_force) {
    double least = 0, most = -1;
    for (const auto& [table, source] : in_force) {
      if (source->days_from.empty()) return;
      const DayRange from = day_range(*table, source->days_from, source->where.deal_status);
      const DayRange to = day_range(*table, source->days_to, source->where.deal_status);
      if (from.first == kNoDay || to.first == kNoDay) return;
      const double shortest = to.first - from.last, longest = to.last - from.first;
      const bool is_first = most < least;
      least = is_first ? shortest : std::min(least, shortest);
      most = is_first ? longest : std::max(most, longest);
    }
    if (WholeCounts::can_hold(least, most, a.by_slot.size() + a.by_member.size())) {
      a.days = WholeCounts(least, most, a.by_slot.size(), a.by_member.size());
    }
  }

  void prepare_typed(Accumulator& a, const TypedFigure& figure) {
    if (!a.has_source) {
      a.has_source = a.is_typed_only = true;
      a.knows_filters = a.knows_group = false;
    }
    a.knows_filters = a.knows_filters || knows_filters(*figure.table);
    a.knows_group = a.knows_group || group_ == nullptr || group_->view(*figure.table) != nullptr;
    if (figure.first == kNoDay) return;
    a.is_dated = true;  // but nothing is known about the time between typed periods: they widen no coverage
  }

  bool knows_filters(const FileTable& table) const {
    return std::all_of(filters_.begin(), filters_.end(), [&](const Filter& f) { return f.dimension->view(table) != nullptr; });
  }

  /// The view of a table for tasks whose channel is another field than the channel.
  static const DimensionView* view_of(const Dimension& dimension, const FileTable& t, std::string_view channel_field) {
    return dimension.id() == "channel" && !channel_field.empty() ? dimension.view(t, channel_field) : dimension.view(t);
  }

  void scan(const FileTable& t, std::string_view channel_field) {
    std::unique_ptr<LeadFunnel> funnel;
    std::vector<Task> tasks;
    std::vector<DaySource> dates;
    std::vector<std::string> date_keys;
    for (const Planned& p : planned_) {
      if (p.table == &t && p.source->channel_field == channel_field && knows_filters(t)) tasks.push_back(make_task(p, dates, date_keys, funnel));
    }
    if (tasks.empty()) return;
    const DimensionView* view = group_ == nullptr ? nullptr : view_of(*group_, t, channel_field);
    if (view != nullptr) mark_members(*view, tasks);
    std::vector<const DimensionView*> filter_views;
    for (const Filter& f : filters_) filter_views.push_back(view_of(*f.dimension, t, channel_field));

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
    std::unique_ptr<ConvertedRows> converted;
    if (converter_ != nullptr) converted = std::make_unique<ConvertedRows>(*converter_);
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
      for (Task& task : tasks) {
        if (task.converted != nullptr) converted->fill(task, dates[task.slots], t, rows);
        run_task(task, t, rows, view != nullptr, counts);
        if (task.converted != nullptr && use_ != nullptr) converted->count(task, dates[task.slots], t, rows);
      }
      if (converted != nullptr) converted->next_segment();
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

  Task make_task(const Planned& p, std::vector<DaySource>& dates, std::vector<std::string>& date_keys, std::unique_ptr<LeadFunnel>& funnel) {
    const FileTable& t = *p.table;
    Task task;
    task.into = p.into;
    task.source = p.source;
    const Condition& where = p.source->where;
    // closed_at means another column for won and for lost deals where the file dates them apart.
    std::string key = p.source->date_field + (p.source->date_field == "closed_at" ? "/" + where.deal_status : "");
    const bool is_cohort = p.source->aggregate == Aggregate::kCohort;
    if (is_cohort && funnel == nullptr) funnel = std::make_unique<LeadFunnel>(dataset_, t, stages_);
    if (is_cohort) key = "entered/" + where.entered;
    const auto known = std::find(date_keys.begin(), date_keys.end(), key);
    task.slots = static_cast<std::size_t>(known - date_keys.begin());
    if (known == date_keys.end()) {
      date_keys.push_back(key);
      dates.push_back(is_cohort ? funnel->entered(stage_from_id(where.entered)) : day_source(dataset_, t, p.source->date_field, where.deal_status));
      dates.back().is_stock = p.source->date_field.empty();
    }
    task.status = status_number(where.deal_status);
    // Whoever entered a stage has reached it: rows without a date of it belong to no period, but must not count without one either.
    const bool is_base = is_cohort && where.reached.empty() && where.entered != "lead";
    task.reached = static_cast<std::uint8_t>(stage_from_id(is_base ? where.entered : where.reached));
    task.stages = is_cohort ? &funnel->reached() : &t.lead_stage;
    for (const std::string& field : where.present) {
      if (const Column* column = t.table.find(field)) {
        task.present.push_back(column);
      } else {
        task.present_days.push_back(day_source(dataset_, t, field, where.deal_status));
      }
    }
    for (const WordCondition& condition : where.is) task.words.push_back(word_condition(t, condition));
    task.is_distinct = p.source->aggregate == Aggregate::kDistinct;
    if (p.source->aggregate == Aggregate::kUnique) task.key = t.table.find(p.source->distinct_fields.front());
    if (!p.source->outcome_field.empty()) task.outcome = t.table.find(p.source->outcome_field);
    if (!p.source->value_field.empty()) task.number = t.table.find(p.source->value_field);
    if (!p.source->days_from.empty()) {
      task.from = day_source(dataset_, t, p.source->days_from, where.deal_status);
      task.to = day_source(dataset_, t, p.source->days_to, where.deal_status);
    }
    task.currency.whole = kNoCurrency;
    if (task.number != nullptr && p.into->measure->unit.exponent("money") != 0) task.currency = row_currency(dataset_, currencies_, t, task.number);
    if (converter_ != nullptr && task.currency.whole != kNoCurrency) make_converted(task);
    return task;
  }

  /// `t` knows the dimension: source_applies() saw to it.
  MemberCondition word_condition(const FileTable& t, const WordCondition& condition) {
    std::size_t known = 0;
    while (known < word_dimensions_.size() && word_dimensions_[known]->id() != condition.field) ++known;
    if (known == word_dimensions_.size()) word_dimensions_.push_back(std::make_unique<Dimension>(dataset_, condition.field));
    const Dimension& dimension = *word_dimensions_[known];
    const std::string& role = dataset_.catalog().table(t.table.kind)->find(condition.field)->role;
    MemberCondition made{dimension.view(t), {}};
    for (const Member& m : dimension.members()) {
      const std::string_view word = m.key.empty() ? "blank" : m.is_canonical ? std::string_view(m.key) : canonical_word(role, m.label);
      made.is_allowed.push_back(std::find(condition.words.begin(), condition.words.end(), word) != condition.words.end());
    }
    return made;
  }

  const Dataset& dataset_;
  const Window& window_;
  const std::vector<Filter>& filters_;
  const Dimension* group_;
  const Parameters& parameters_;
  StageRule stages_;
  const std::vector<bool>* only_;  // by measure; null: all
  SlotMap slot_map_;
  CurrencyNumbers currencies_;
  std::unique_ptr<CurrencyConverter> converter_;  // null: amounts stay as they are
  ConversionUse* use_ = nullptr;
  std::vector<Accumulator> accumulators_;
  std::vector<Planned> planned_, customer_sources_;
  std::vector<std::uint32_t> filtered_;
  std::vector<std::unique_ptr<Dimension>> word_dimensions_;
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
                                     const Dimension* group, const Parameters& parameters, StageRule stages, const Conversion& conversion,
                                     const std::vector<bool>* only) {
  std::vector<MeasureResult> results = Aggregation(dataset, window, filters, group, parameters, stages, conversion, only).run();
  if (only == nullptr) add_other_values({dataset, window, filters, group, parameters, stages, conversion.currency}, results);
  return results;
}

}  // namespace kpi
