#include "core/engine/service_levels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "core/base/text.h"
#include "core/engine/derived_columns.h"
#include "core/engine/dimension.h"

namespace kpi {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double kHour = 3600, kDaySeconds = 86400;

struct Rule {
  std::string from, to;        // date fields of leads
  double seconds;
  std::int64_t channel;        // member, or -1: every channel
  bool is_of_known_channel;    // false: of a channel that no lead has
};

/// The date field that a stage's name in a rule means; empty where it means none.
std::string date_field(std::string_view text, const char* blank, std::initializer_list<std::string_view> names) {
  const std::string folded = fold(trim(text));
  if (folded.empty() || std::find(names.begin(), names.end(), folded) != names.end()) return blank;
  switch (classify_lead_stage(text)) {
    case LeadStage::kLead: return "created_at";
    case LeadStage::kMql: return "mql_at";
    case LeadStage::kSal: return "sal_at";
    case LeadStage::kSql: return "sql_at";
    case LeadStage::kOpportunity: return "opportunity_at";
    case LeadStage::kCustomer: return "customer_at";
    default: return "";
  }
}

std::string_view text_at(const Column* column, std::size_t row) {
  if (column == nullptr || column->kind != ColumnKind::kText) return {};
  return column->dictionary.text(column->codes[row]);
}

std::vector<Rule> read_rules(const std::vector<FileTable*>& tables, const Dimension& channels, std::map<int, Diagnostics>& diagnostics) {
  std::vector<Rule> rules;
  for (const FileTable* t : tables) {
    const Column* hours = t->table.find("sla_hours");
    if (hours == nullptr || hours->kind != ColumnKind::kNumber) continue;
    for (std::size_t row = 0; row < t->table.row_count; ++row) {
      if (!(hours->numbers[row] >= 0)) continue;
      const std::string_view from = text_at(t->table.find("from_stage"), row), to = text_at(t->table.find("to_stage"), row);
      const std::string_view channel = text_at(t->table.find("channel"), row);
      Rule rule{date_field(from, "handoff_at", {"handoff", "hand-over", "handover", "handed over", "assigned"}),
                date_field(to, "first_response_at", {"first response", "first answer", "response", "contact", "contacted"}), hours->numbers[row] * kHour, -1, true};
      for (const auto& [field, text] : {std::pair{&rule.from, from}, std::pair{&rule.to, to}}) {
        if (field->empty()) diagnostics[t->file].add(Code::sla_stage_unknown, {{"text", std::string(text)}});
      }
      if (rule.from.empty() || rule.to.empty()) continue;
      if (!trim(channel).empty()) {
        const std::string_view canonical = canonical_channel(channel);
        rule.channel = channels.find(canonical.empty() ? member_key(channel) : std::string(canonical));
        rule.is_of_known_channel = rule.channel >= 0;
      }
      if (rule.is_of_known_channel) rules.push_back(std::move(rule));
    }
  }
  return rules;
}

/// Seconds from one cell to the other; whole days where one of them has no time of day.
std::optional<double> elapsed(const Column& from, const Column* to, std::size_t row) {
  if (to == nullptr || from.days[row] == kNoDay || to->days[row] == kNoDay) return std::nullopt;
  const auto is_timed = [row](const Column& column) { return row < column.numbers.size() && !std::isnan(column.numbers[row]); };
  if (is_timed(from) && is_timed(*to)) return moment_at(*to, row) - moment_at(from, row);
  return (to->days[row] - from.days[row]) * kDaySeconds;
}

/// The leads of one file against the rules.
class Levels {
 public:
  Levels(const FileTable& leads, const std::vector<Rule>& rules, const DimensionView* channels, double as_of)
      : rules_(rules), channels_(channels), as_of_(as_of) {
    for (const Rule& rule : rules) steps_.push_back({leads.date(rule.from), leads.date(rule.to)});
  }

  bool can_judge() const {
    return std::any_of(steps_.begin(), steps_.end(), [](const Step& step) { return step.from != nullptr; });
  }

  /// Due and kept of a lead; nothing where no rule is about it.
  std::optional<std::pair<double, double>> judge(std::size_t row) const {
    std::optional<std::pair<double, double>> result;
    for (std::size_t r = 0; r < rules_.size(); ++r) {
      const Rule& rule = rules_[r];
      const Column* from = steps_[r].from;
      if (from == nullptr || from->days[row] == kNoDay || !is_in_force(rule, row)) continue;
      const std::optional<double> taken = elapsed(*from, steps_[r].to, row);
      if (!taken && moment_at(*from, row) + rule.seconds > as_of_) continue;  // not due yet
      if (taken && *taken < 0) continue;                                      // out of order: the checks say so
      if (!result) result = {0, 0};
      result->first += 1;
      result->second += taken && *taken <= rule.seconds ? 1 : 0;
    }
    return result;
  }

 private:
  std::int64_t channel_of(std::size_t row) const { return channels_ == nullptr ? -1 : static_cast<std::int64_t>(channels_->member(row)); }
  bool is_in_force(const Rule& rule, std::size_t row) const {
    if (rule.channel >= 0) return rule.channel == channel_of(row);
    return std::none_of(rules_.begin(), rules_.end(), [&](const Rule& other) {
      return other.channel >= 0 && other.channel == channel_of(row) && other.from == rule.from && other.to == rule.to;
    });
  }

  struct Step {
    const Column* from;
    const Column* to;
  };
  std::vector<Step> steps_;  // of each rule
  const std::vector<Rule>& rules_;
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

void derive_service_levels(const Dataset& dataset, const std::vector<FileTable*>& rule_tables, const std::vector<FileTable*>& leads,
                           std::map<int, Diagnostics>& diagnostics) {
  if (rule_tables.empty() || leads.empty()) return;
  const Dimension channels(dataset, "channel");
  const std::vector<Rule> rules = read_rules(rule_tables, channels, diagnostics);
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
      if (const auto judged = levels.judge(row)) {
        due[row] = judged->first;
        kept[row] = judged->second;
      }
    }
    derive_numbers(*t, "sla_due", [&](std::size_t row) { return due[row]; });
    derive_numbers(*t, "sla_kept", [&](std::size_t row) { return kept[row]; });
  }
}

}  // namespace kpi
