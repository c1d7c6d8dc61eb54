#include "core/engine/agreed_times.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/engine/derived_columns.h"
#include "core/engine/funnel_visits.h"
#include "core/engine/stage_dates.h"

namespace kpi {
namespace {

constexpr double kHour = 3600, kDaySeconds = 86400;

/// The date field that a stage's name in a rule means; empty where it means none.
std::string date_field(std::string_view text, const char* blank, std::initializer_list<std::string_view> names) {
  const std::string folded = fold(trim(text));
  if (folded.empty() || std::find(names.begin(), names.end(), folded) != names.end()) return blank;
  const StageDate* stage = stage_date(classify_lead_stage(text));
  return stage == nullptr ? "" : stage->field;
}

std::string_view text_at(const Column* column, std::size_t row) {
  if (column == nullptr || column->kind != ColumnKind::kText) return {};
  return column->dictionary.text(column->codes[row]);
}

/// Seconds from one cell to the other; whole days where one of them has no time of day.
std::optional<double> elapsed(const Column& from, const Column* to, std::size_t row) {
  if (to == nullptr || from.days[row] == kNoDay || to->days[row] == kNoDay) return std::nullopt;
  const auto is_timed = [row](const Column& column) { return row < column.numbers.size() && !std::isnan(column.numbers[row]); };
  if (is_timed(from) && is_timed(*to)) return moment_at(*to, row) - moment_at(from, row);
  return (to->days[row] - from.days[row]) * kDaySeconds;
}

void count(AgreedLevel& level, Kept kept) {
  if (kept == Kept::kNotDue) {
    ++level.not_due;
    return;
  }
  ++level.due;
  ++(kept == Kept::kInTime ? level.in_time : kept == Kept::kLate ? level.late : level.never);
}

}  // namespace

std::vector<AgreedTime> read_agreed_times(const Dataset& dataset, const Dimension& channels, std::map<int, Diagnostics>* diagnostics) {
  std::vector<AgreedTime> rules;
  for (const auto& t : dataset.tables()) {
    const Column* hours = t->table.kind == "sla_rules" ? t->table.find("sla_hours") : nullptr;
    if (hours == nullptr || hours->kind != ColumnKind::kNumber) continue;
    for (std::size_t row = 0; row < t->table.row_count; ++row) {
      if (!(hours->numbers[row] >= 0)) continue;
      const std::string_view from = text_at(t->table.find("from_stage"), row), to = text_at(t->table.find("to_stage"), row);
      const std::string_view channel = text_at(t->table.find("channel"), row);
      AgreedTime rule{date_field(from, "handoff_at", {"handoff", "hand-over", "handover", "handed over", "assigned"}),
                      date_field(to, "first_response_at", {"first response", "first answer", "response", "contact", "contacted"}), hours->numbers[row] * kHour, -1};
      for (const auto& [field, text] : {std::pair{&rule.from, from}, std::pair{&rule.to, to}}) {
        if (field->empty() && diagnostics != nullptr) (*diagnostics)[t->file].add(Code::sla_stage_unknown, {{"text", std::string(text)}});
      }
      if (rule.from.empty() || rule.to.empty()) continue;
      if (!trim(channel).empty()) {
        const std::string_view canonical = canonical_channel(channel);
        rule.channel = channels.find(canonical.empty() ? member_key(channel) : std::string(canonical));
        if (rule.channel < 0) continue;
      }
      rules.push_back(std::move(rule));
    }
  }
  return rules;
}

bool is_in_force(const AgreedTime& rule, const std::vector<AgreedTime>& rules, std::int64_t channel) {
  if (rule.channel >= 0) return rule.channel == channel;
  return std::none_of(rules.begin(), rules.end(), [&](const AgreedTime& other) {
    return other.channel >= 0 && other.channel == channel && other.from == rule.from && other.to == rule.to;
  });
}

std::optional<Kept> judge(const AgreedTime& rule, const Column& from, const Column* to, std::size_t row, double as_of) {
  if (from.days[row] == kNoDay) return std::nullopt;
  const std::optional<double> taken = elapsed(from, to, row);
  if (!taken) return moment_at(from, row) + rule.seconds > as_of ? Kept::kNotDue : Kept::kNever;
  if (*taken < 0) return std::nullopt;  // out of order: the checks say so
  return *taken <= rule.seconds ? Kept::kInTime : Kept::kLate;
}

std::vector<AgreedLevel> agreed_levels(const Dataset& dataset, const ReportScope& scope, const Dimension& channels, const std::vector<AgreedTime>& rules) {
  std::vector<AgreedLevel> levels;
  for (const AgreedTime& rule : rules) levels.push_back({rule, 0, 0, 0, 0, 0});
  Day last = kNoDay;
  for (const auto& t : dataset.tables()) {
    if (t->table.kind == "leads") last = std::max(last, t->last_day);
  }
  const double as_of = (last + 1) * kDaySeconds;
  const Window& window = scope.window;
  for (const auto& t : dataset.tables()) {
    if (t->table.kind != "leads" || last == kNoDay) continue;
    const DimensionView* view = channels.view(*t);
    for (AgreedLevel& level : levels) {
      const Column* from = t->date(level.rule.from);
      const Column* to = t->date(level.rule.to);
      for (std::size_t row = 0; from != nullptr && row < t->table.row_count; ++row) {
        const Day day = from->days[row];
        if (day == kNoDay || is_repeated(*t, row) || is_filtered_out(scope.filters, *t, row)) continue;
        if (!window.is_unbounded && (day < window.first || day > window.last)) continue;
        if (!is_in_force(level.rule, rules, view == nullptr ? -1 : static_cast<std::int64_t>(view->member(row)))) continue;
        if (const std::optional<Kept> kept = judge(level.rule, *from, to, row, as_of)) count(level, *kept);
      }
    }
  }
  for (AgreedLevel& level : levels) {
    if (level.due != 0) level.compliance = static_cast<double>(level.in_time) / static_cast<double>(level.due);
  }
  return levels;
}

}  // namespace kpi
