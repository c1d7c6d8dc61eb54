#include "core/engine/experiment_counts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/engine/experiment_drafts.h"
#include "core/engine/experiment_sums.h"

namespace kpi {
namespace {

/// Whether the row may count; a refusal is counted instead.
bool is_possible(const Proportion& row, RowsRefused& refused) {
  if (std::isnan(row.k) || std::isnan(row.n)) return ++refused.incomplete, false;
  if (row.k < 0 || row.n < 0) return ++refused.negative, false;
  if (row.n > kMostVisitors || row.k > kMostVisitors) return ++refused.too_large, false;
  if (row.k != std::floor(row.k) || row.n != std::floor(row.n)) return ++refused.not_whole, false;
  if (row.k > row.n) return ++refused.more_conversions, false;
  return true;
}

/// The keys of a text column's codes, worked out once.
class Keys {
 public:
  explicit Keys(const Column* column) : column_(column), keys_(column == nullptr ? 0 : column->dictionary.size()) {
    for (std::size_t c = 0; c < keys_.size(); ++c) keys_[c] = member_key(column->dictionary.text(static_cast<std::uint16_t>(c)));
  }
  std::string key(std::size_t row) const {
    const std::size_t code = column_ == nullptr ? keys_.size() : column_->codes[row];
    return code < keys_.size() ? keys_[code] : std::string();
  }
  std::string text(std::size_t row) const { return column_ == nullptr ? std::string() : std::string(column_->dictionary.text(column_->codes[row])); }

 private:
  const Column* column_;
  std::vector<std::string> keys_;
};

void read_table(const FileTable& t, const ReportScope& scope, ExperimentSums& sums, ExperimentCounts& out, ExperimentDrafts& drafts) {
  sums.open(t);
  const Column* visitors = t.table.find("visitors");
  const Column* conversions = t.table.find("conversions");
  const Column* variant = t.table.find("variant");
  const Column* days = t.date("date");
  const Keys experiments(t.table.find("experiment")), variants(variant);
  std::vector<const DimensionView*> views;
  for (const Filter& f : scope.filters) views.push_back(f.dimension->view(t));
  const bool is_known = std::find(views.begin(), views.end(), nullptr) == views.end();
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    if (!t.is_repeat.empty() && t.is_repeat[row] != 0) {
      ++out.repeated;
      continue;
    }
    const Day day = days == nullptr ? kNoDay : days->days[row];
    bool is_inside = is_known && (scope.window.is_unbounded || (day != kNoDay && day >= scope.window.first && day <= scope.window.last));
    for (std::size_t f = 0; is_inside && f < views.size(); ++f) is_inside = scope.filters[f].is_allowed[views[f]->member(row)];
    if (!is_inside) {
      ++out.outside;
      continue;
    }
    const std::string arm_key = variants.key(row);
    if (arm_key.empty() || visitors == nullptr || conversions == nullptr) {
      ++out.refused.incomplete;
      continue;
    }
    const Proportion counts{conversions->numbers[row], visitors->numbers[row]};
    if (!is_possible(counts, out.refused)) continue;
    ExperimentDraft& draft = drafts[experiments.key(row)];
    if (draft.found.is_of_visitors) {
      ++out.beside_visitors;
      ++draft.found.use.rows_with_counts;
      add(draft.found.use.with_counts, counts);
      continue;
    }
    ++out.used;
    ++draft.rows;
    if (draft.arms.empty()) draft.name = experiments.text(row);
    ExperimentDraft::Arm& arm = draft.arms[arm_key];
    if (arm.name.empty()) arm.name = variants.text(row);
    add(arm.counts, counts);
    if (day == kNoDay) ++draft.undated;
    else add(arm.by_day[day], counts);
    sums.add(row, day, counts.n, draft, arm);
  }
}

void cumulate(const ExperimentDraft& draft, const std::vector<ExperimentDraft::Arm*>& arms, Experiment& experiment) {
  std::map<Day, bool> days;
  for (const auto& [key, arm] : draft.arms) {
    for (const auto& [day, counts] : arm.by_day) days[day] = true;
  }
  std::vector<Proportion> so_far(arms.size());
  for (const auto& [day, is_day] : days) {
    for (std::size_t a = 0; a < arms.size(); ++a) {
      const auto found = arms[a]->by_day.find(day);
      if (found != arms[a]->by_day.end()) add(so_far[a], found->second);
    }
    experiment.looks.push_back({day, so_far});
  }
  if (days.empty()) return;
  experiment.first = days.begin()->first;
  experiment.last = days.rbegin()->first;
}

Experiment finish(ExperimentDraft& draft) {
  Experiment experiment = std::move(draft.found);
  experiment.name = draft.name;
  experiment.undated = draft.undated;
  std::vector<ExperimentDraft::Arm*> arms;
  for (auto& [key, arm] : draft.arms) arms.push_back(&arm);  // by key, so by name
  const auto is_control = [](const ExperimentDraft::Arm* arm) { return canonical_word("experiment_arm", arm->name) == "control"; };
  const auto called = std::count_if(arms.begin(), arms.end(), is_control);
  experiment.is_control_assumed = called != 1;
  if (called == 1) std::stable_partition(arms.begin(), arms.end(), is_control);
  cumulate(draft, arms, experiment);
  for (std::size_t a = 0; a < arms.size(); ++a) experiment.arms.push_back({arms[a]->name, a == 0, arms[a]->counts, std::move(arms[a]->revenue)});
  return experiment;
}

}  // namespace

Result<ExperimentCounts> count_experiments(const Dataset& dataset, const ReportRequest& request) {
  const Result<ReportScope> scope = open_scope(dataset, request);
  if (!scope.ok()) return scope.error();
  ExperimentCounts out;
  ExperimentDrafts drafts;
  count_visitors(dataset, scope.value(), request.currency, out, drafts);
  ExperimentSums sums(dataset, request.currency);
  for (const auto& table : dataset.tables()) {
    if (table->table.kind != "experiments") continue;
    out.has_table = true;
    read_table(*table, scope.value(), sums, out, drafts);
  }
  for (auto& [key, draft] : drafts) {
    if (draft.arms.empty()) continue;  // nobody within the window
    if (!draft.found.is_of_visitors) sums.finish(draft);
    out.experiments.push_back(finish(draft));
  }
  std::stable_sort(out.experiments.begin(), out.experiments.end(), [](const Experiment& a, const Experiment& b) { return a.last > b.last; });
  return out;
}

}  // namespace kpi
