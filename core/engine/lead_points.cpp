#include "core/engine/lead_points.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "core/engine/dimension.h"

namespace kpi {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double kPointSteps = 1e6;
constexpr std::array<std::string_view, 2> kNumbers = {"score", "employees"};
constexpr std::array<std::string_view, 2> kDays = {"created_at", "first_touch_at"};
constexpr std::array<std::string_view, 8> kActivityFields = {"touch_kind", "web_event", "channel", "source", "medium", "campaign", "content_item", "landing_page"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& list, std::string_view id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

const Column* keys_of(const FileTable& t, std::string_view field) {
  const Column* column = t.table.find(field);
  return column != nullptr && column->kind == ColumnKind::kKey ? column : nullptr;
}

/// The day column of a table whose rows are activities that can name leads; null for any other.
const Column* activity_days(const FileTable& t) {
  const bool is_touches = t.table.kind == "touchpoints" && (keys_of(t, "lead_id") != nullptr || keys_of(t, "email") != nullptr);
  const bool is_events = t.table.kind == "web_events" && keys_of(t, "user_id") != nullptr;
  if (!is_touches && !is_events) return nullptr;
  return t.date(is_touches ? "touched_at" : "date");
}

bool has_lookup(const Dataset& dataset) {
  const auto knows = [](const auto& t) {
    const Column* employees = t->table.find("employees");
    return t->table.kind == "accounts" && employees != nullptr && employees->kind == ColumnKind::kNumber && t->has("account_name");
  };
  return std::any_of(dataset.tables().begin(), dataset.tables().end(), knows);
}

bool has_field(const Dataset& dataset, std::string_view field) {
  if (field == "employees") return has_lookup(dataset);
  const bool is_day = holds(kDays, field);
  const auto knows = [&](const auto& t) {
    if (t->table.kind != "leads") return false;
    const Column* column = is_day ? t->date(field) : t->table.find(field);
    return column != nullptr && (is_day || column->kind == ColumnKind::kNumber);
  };
  return std::any_of(dataset.tables().begin(), dataset.tables().end(), knows);
}

/// By member whether it meets a test of texts.
std::vector<std::uint8_t> met_by_members(const Dimension& dimension, const LeadRule& rule) {
  std::vector<std::uint8_t> meets(dimension.members().size(), 0);
  const std::string part = member_key(rule.key), folded = fold(rule.key);
  for (std::size_t member = 0; member < meets.size(); ++member) {
    const Member& one = dimension.members()[member];
    const bool is_blank = member == Dimension::kBlank;
    switch (rule.test) {
      case RuleTest::kIs: meets[member] = !is_blank && one.key == rule.key; break;
      case RuleTest::kIsNot: meets[member] = !is_blank && one.key != rule.key; break;
      case RuleTest::kContains: meets[member] = !is_blank && (member_key(one.key).find(part) != std::string::npos || fold(one.label).find(folded) != std::string::npos); break;
      case RuleTest::kKnown: meets[member] = !is_blank; break;
      case RuleTest::kUnknown: meets[member] = is_blank; break;
      case RuleTest::kBetween: break;
    }
  }
  return meets;
}

}  // namespace

LeadPoints::LeadPoints(const Dataset& dataset, const ScoredLeads& leads, const std::vector<LeadRule>& rules)
    : dataset_(dataset), leads_(leads), rules_(rules), traits_(rules.size(), 0), meets_(rules.size()), dimensions_(rules.size()) {
  for (std::size_t rule = 0; rule < rules.size(); ++rule) uses_.push_back(rules[rule].table.empty() ? prepare(rule) : prepare_activity(rule));
  if (has_employees_) read_employees();
  if (has_activities_) collect();
}

RuleUse LeadPoints::prepare(std::size_t at) {
  const LeadRule& rule = rules_[at];
  const bool is_number = holds(kNumbers, rule.field), is_day = holds(kDays, rule.field);
  if (is_number || is_day) {
    if (rule.test != RuleTest::kBetween && rule.test != RuleTest::kKnown && rule.test != RuleTest::kUnknown) return RuleUse::kUnfit;
    if (rule.test == RuleTest::kBetween && rule.is_of_days != is_day) return RuleUse::kUnfit;
    if (!has_field(dataset_, rule.field)) return RuleUse::kMissing;
    has_employees_ = has_employees_ || rule.field == "employees";
    return RuleUse::kUsed;
  }
  if (!is_lead_trait(rule.field)) return RuleUse::kForbidden;
  if (rule.test == RuleTest::kBetween) return RuleUse::kUnfit;
  const auto found = std::find_if(leads_.traits.begin(), leads_.traits.end(), [&](const auto& trait) { return trait->id() == rule.field; });
  if (found == leads_.traits.end()) return RuleUse::kMissing;
  traits_[at] = static_cast<std::size_t>(found - leads_.traits.begin());
  meets_[at] = met_by_members(**found, rule);
  return RuleUse::kUsed;
}

RuleUse LeadPoints::prepare_activity(std::size_t at) {
  const LeadRule& rule = rules_[at];
  if (rule.table != "touchpoints" && rule.table != "web_events") return RuleUse::kForbidden;
  if (!rule.field.empty() && !holds(kActivityFields, rule.field)) return RuleUse::kForbidden;
  if (rule.test != RuleTest::kIs && rule.test != RuleTest::kContains) return RuleUse::kUnfit;
  bool is_there = false;
  for (const auto& t : dataset_.tables()) {
    if (t->table.kind != rule.table || activity_days(*t) == nullptr) continue;
    for (std::size_t before = 0; before < at && dimensions_[at] == nullptr; ++before) {
      if (dimensions_[before] != nullptr && rules_[before].field == rule.field) dimensions_[at] = dimensions_[before];
    }
    if (!rule.field.empty() && dimensions_[at] == nullptr) dimensions_[at] = std::make_shared<Dimension>(dataset_, rule.field);
    is_there = is_there || rule.field.empty() || view_of(at, *t) != nullptr;
  }
  if (!is_there) return RuleUse::kMissing;
  if (!rule.field.empty()) meets_[at] = met_by_members(*dimensions_[at], rule);
  has_activities_ = true;
  return RuleUse::kUsed;
}

void LeadPoints::read_employees() {
  NumberMap by_name;  // to the place in `counts`
  std::vector<double> counts;
  for (const auto& t : dataset_.tables()) {
    if (t->table.kind != "accounts") continue;
    const Column* names = t->table.find("account_name");
    const Column* employees = t->table.find("employees");
    if (names == nullptr || names->kind != ColumnKind::kText || employees == nullptr || employees->kind != ColumnKind::kNumber) continue;
    for (std::size_t row = 0; row < t->table.row_count; ++row) {
      const std::string_view name = names->dictionary.text(names->codes[row]);
      if (name.empty() || !std::isfinite(employees->numbers[row]) || !by_name.try_emplace(key_fingerprint(fold(name)), counts.size()).second) continue;
      counts.push_back(employees->numbers[row]);
    }
  }
  for (const auto& t : dataset_.tables()) {
    const Column* names = t->table.kind == "leads" ? t->table.find("account_name") : nullptr;
    if (names == nullptr || names->kind != ColumnKind::kText) continue;
    std::vector<double> by_code(std::size_t{Dictionary::kRest} + 1, kNoNumber);
    for (std::size_t code = 1; code < names->dictionary.size(); ++code) {
      const auto found = by_name.find(key_fingerprint(fold(names->dictionary.text(static_cast<std::uint16_t>(code)))));
      if (found != by_name.end()) by_code[code] = counts[static_cast<std::size_t>(found->second)];
    }
    employees_.emplace_back(t.get(), std::move(by_code));
  }
}

void LeadPoints::collect() {
  persons_.emplace(dataset_, TouchUnit::kPerson);
  for (const auto& t : dataset_.tables()) {
    for (std::size_t row = 0; t->table.kind == "leads" && row < t->table.row_count; ++row) {
      const std::uint32_t person = persons_->of(*t, row);
      if (person == TouchPersons::kNobody) continue;
      if (person >= has_lead_.size()) has_lead_.resize(std::size_t{person} + 1, 0);
      has_lead_[person] = 1;
    }
  }
  NumberMap users;  // of leads: an id, else an e-mail, to the person
  for (const char* field : {"lead_id", "email"}) {
    for (const auto& t : dataset_.tables()) {
      const Column* column = t->table.kind == "leads" ? keys_of(*t, field) : nullptr;
      for (std::size_t row = 0; column != nullptr && row < t->table.row_count; ++row) {
        if (column->keys[row] != 0) users.try_emplace(column->keys[row], persons_->of(*t, row));
      }
    }
  }
  for (const auto& t : dataset_.tables()) {
    const Column* days = activity_days(*t);
    if (days != nullptr) collect(*t, *days, t->table.kind == "web_events" ? &users : nullptr);
  }
  // By person, each in the order of the files.
  first_.assign(has_lead_.size() + 1, 0);
  for (const Doing& doing : doings_) ++first_[doing.person + 1];
  for (std::size_t person = 1; person < first_.size(); ++person) first_[person] += first_[person - 1];
  std::vector<std::size_t> next = first_;
  std::vector<Doing> sorted(doings_.size());
  for (const Doing& doing : doings_) sorted[next[doing.person]++] = doing;
  doings_ = std::move(sorted);
}

void LeadPoints::collect(const FileTable& t, const Column& days, const NumberMap* users) {
  std::vector<std::pair<std::uint32_t, const DimensionView*>> asked;
  for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
    if (uses_[rule] != RuleUse::kUsed || rules_[rule].table != t.table.kind) continue;
    const DimensionView* view = view_of(rule, t);
    if (rules_[rule].field.empty() || view != nullptr) asked.emplace_back(static_cast<std::uint32_t>(rule), view);
  }
  if (asked.empty()) return;
  const Column* user = users == nullptr ? nullptr : keys_of(t, "user_id");
  const Column* counts = users == nullptr ? nullptr : t.table.find("events");
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    if (!t.is_repeat.empty() && t.is_repeat[row] != 0) continue;
    std::uint32_t person = TouchPersons::kNobody;
    if (user == nullptr) {
      person = persons_->of(t, row);
    } else if (const auto found = users->find(user->keys[row]); user->keys[row] != 0 && found != users->end()) {
      person = static_cast<std::uint32_t>(found->second);
    }
    const double count = counts == nullptr || counts->kind != ColumnKind::kNumber ? 1 : counts->numbers[row];
    if (person == TouchPersons::kNobody || person >= has_lead_.size() || has_lead_[person] == 0) {
      ++untied_;
    } else if (days.days[row] == kNoDay) {
      ++undated_;
    } else if (!(count < 0)) {
      for (const auto& [rule, view] : asked) {
        if (view == nullptr || meets_[rule][view->member(row)] != 0) doings_.push_back({person, rule, days.days[row], std::isfinite(count) ? count : 1});
      }
    }
  }
}

double LeadPoints::value_of(const LeadRule& rule, const LeadBlock& block, std::size_t lead) const {
  const Dataset::RowReference& at = block.rows[lead];
  const auto of_day = [](Day day) { return day == kNoDay ? kNoNumber : static_cast<double>(day); };
  if (rule.field == "score") return block.scores[lead];
  if (rule.field == "created_at") return of_day(block.created[lead]);
  if (rule.field == "employees") {
    for (const auto& [table, by_code] : employees_) {
      if (table == at.table) return by_code[table->table.find("account_name")->codes[at.row]];
    }
    return kNoNumber;
  }
  const Column* days = at.table->date(rule.field);
  return days == nullptr ? kNoNumber : of_day(days->days[at.row]);
}

double LeadPoints::of(const LeadBlock& block, std::size_t lead, Day cut, std::vector<double>& by_rule) const {
  by_rule.assign(rules_.size(), 0);
  const std::uint32_t person = persons_ ? persons_->of(*block.rows[lead].table, block.rows[lead].row) : TouchPersons::kNobody;
  std::vector<Activity> activities;
  double total = 0;
  for (std::size_t r = 0; r < rules_.size(); ++r) {
    const LeadRule& rule = rules_[r];
    if (uses_[r] != RuleUse::kUsed) continue;
    if (!rule.table.empty()) {
      if (person == TouchPersons::kNobody) continue;
      activities.clear();
      for (std::size_t i = first_[person]; i < first_[person + 1]; ++i) {
        if (doings_[i].rule == r) activities.push_back({0, static_cast<double>(cut) - doings_[i].day, doings_[i].count});
      }
      const ActivityRule of_rule{rule.points, rule.half_life_days, rule.cap};
      const Outcome<double> points = points_of_activities(activities, {&of_rule, 1});
      by_rule[r] = points.ok() ? points.value() : 0;
    } else {
      bool is_met = false;
      if (!meets_[r].empty()) {
        is_met = meets_[r][block.members[traits_[r]][lead]] != 0;
      } else {
        const double value = value_of(rule, block, lead);
        is_met = rule.test == RuleTest::kUnknown ? std::isnan(value) : rule.test == RuleTest::kKnown ? !std::isnan(value) : value >= rule.low && value <= rule.high;
      }
      const PointRule of_rule{0, Comparison::kEquals, 1, rule.points};
      const double met = is_met ? 1 : 0;
      by_rule[r] = points_of_fields({&met, 1}, {&of_rule, 1});
    }
    by_rule[r] = std::round(by_rule[r] * kPointSteps) / kPointSteps;
    total += by_rule[r];
  }
  return std::round(total * kPointSteps) / kPointSteps;
}

std::vector<ActivitySource> activity_sources(const Dataset& dataset) {
  std::vector<ActivitySource> sources;
  for (const std::string_view table : {std::string_view("touchpoints"), std::string_view("web_events")}) {
    ActivitySource source{table, {}};
    bool is_there = false;
    for (const std::string_view field : kActivityFields) {
      for (const auto& t : dataset.tables()) {
        if (t->table.kind != table || activity_days(*t) == nullptr) continue;
        is_there = true;
        if (t->has(field) && std::find(source.fields.begin(), source.fields.end(), field) == source.fields.end()) source.fields.push_back(field);
      }
    }
    if (is_there) sources.push_back(std::move(source));
  }
  return sources;
}

std::vector<std::string_view> rule_fields(const Dataset& dataset) {
  std::vector<std::string_view> fields;
  for (const std::string_view field : kNumbers) {
    if (has_field(dataset, field)) fields.push_back(field);
  }
  for (const std::string_view field : kDays) {
    if (has_field(dataset, field)) fields.push_back(field);
  }
  return fields;
}

}  // namespace kpi
