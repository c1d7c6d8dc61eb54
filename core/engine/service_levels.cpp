#include "core/engine/service_levels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "core/engine/agreed_times.h"
#include "core/engine/derived_columns.h"
#include "core/engine/dimension.h"

namespace kpi {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double kHour = 3600, kDaySeconds = 86400;

/// The leads of one file against the rules.
class Levels {
 public:
  Levels(const FileTable& leads, const std::vector<AgreedTime>& rules, const DimensionView* channels, double as_of)
      : rules_(rules), channels_(channels), as_of_(as_of) {
    for (const AgreedTime& rule : rules) steps_.push_back({leads.date(rule.from), leads.date(rule.to)});
  }

  bool can_judge() const {
    return std::any_of(steps_.begin(), steps_.end(), [](const Step& step) { return step.from != nullptr; });
  }

  /// Due and kept of a lead; nothing where no rule is about it.
  std::optional<std::pair<double, double>> count(std::size_t row) const {
    std::optional<std::pair<double, double>> result;
    const std::int64_t channel = channels_ == nullptr ? -1 : static_cast<std::int64_t>(channels_->member(row));
    for (std::size_t r = 0; r < rules_.size(); ++r) {
      if (steps_[r].from == nullptr || !is_in_force(rules_[r], rules_, channel)) continue;
      const std::optional<Kept> kept = judge(rules_[r], *steps_[r].from, steps_[r].to, row, as_of_);
      if (!kept || *kept == Kept::kNotDue) continue;
      if (!result) result = {0, 0};
      result->first += 1;
      result->second += *kept == Kept::kInTime ? 1 : 0;
    }
    return result;
  }

 private:
  struct Step {
    const Column* from;
    const Column* to;
  };
  std::vector<Step> steps_;  // of each rule
  const std::vector<AgreedTime>& rules_;
  const DimensionView* channels_;
  double as_of_;
};

}  // namespace

void derive_response_hours(FileTable& t) {
  const Column* from = t.date("handoff_at");
  const Column* to = t.date("first_response_at");
  if (from == nullptr || to == nullptr || from->numbers.size() == 0 || to->numbers.size() == 0) return;
  if (!has_times(*from) || !has_times(*to)) return;
  derive_numbers(t, "response_hours", [&](std::size_t row) { return (to->numbers[row] - from->numbers[row]) / kHour; });
}

void derive_service_levels(const Dataset& dataset, const std::vector<FileTable*>& leads, std::map<int, Diagnostics>& diagnostics) {
  if (!dataset.has_kind("sla_rules") || leads.empty()) return;
  const Dimension channels(dataset, "channel");
  const std::vector<AgreedTime> rules = read_agreed_times(dataset, channels, &diagnostics);
  Day last = kNoDay;
  for (const FileTable* t : leads) last = std::max(last, t->last_day);
  if (last == kNoDay) return;
  const double as_of = (last + 1) * kDaySeconds;
  for (FileTable* t : leads) {
    const Levels levels(*t, rules, channels.view(*t), as_of);
    if (!levels.can_judge()) continue;
    // Both are worked out before either is added: a column that is added moves the others.
    std::vector<double> due(t->table.row_count, kNoNumber), kept(t->table.row_count, kNoNumber);
    for (std::size_t row = 0; row < due.size(); ++row) {
      if (const auto judged = levels.count(row)) {
        due[row] = judged->first;
        kept[row] = judged->second;
      }
    }
    derive_numbers(*t, "sla_due", [&](std::size_t row) { return due[row]; });
    derive_numbers(*t, "sla_kept", [&](std::size_t row) { return kept[row]; });
  }
}

}  // namespace kpi
