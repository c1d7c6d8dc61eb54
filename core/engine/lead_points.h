// Points of leads by rules that somebody sets: what a lead is, and what it did up to a day.
#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/scored_leads.h"
#include "core/engine/touch_persons.h"
#include "core/models/point_rules.h"

namespace kpi {

enum class RuleTest { kIs, kIsNot, kContains, kKnown, kUnknown, kBetween };

struct LeadRule {
  std::string table;  // whose rows are activities: "touchpoints" or "web_events"; empty: the rule is about the lead itself
  /// Of a lead: a trait (texts), "score" or "employees" (numbers), "created_at" or "first_touch_at" (days). Of an activity: a dimension, or empty for any.
  std::string field;
  RuleTest test = RuleTest::kIs;
  std::string key;  // kIs, kIsNot: the member; kContains: a part of its key or name
  double low = -std::numeric_limits<double>::infinity(), high = std::numeric_limits<double>::infinity();  // kBetween, both included; days as numbers
  bool is_of_days = false;  // low and high are days
  double points = 0;
  std::optional<double> half_life_days, cap;  // of activities, as ActivityRule
};

/// What a rule is good for with these files: kMissing, the files do not have it; kForbidden, it is known only after the outcome, or says who a lead is
/// and not what it is like; kUnfit, the test is not one for such a field. Only kUsed gives points.
enum class RuleUse { kUsed, kMissing, kForbidden, kUnfit };

/// An unknown value meets no test but kUnknown. An activity counts for every lead of the person that it names by lead or e-mail; web events by a user id
/// that is the id or the e-mail of a lead.
class LeadPoints {
 public:
  /// Cost O(rows + activities log activities). References all three.
  LeadPoints(const Dataset& dataset, const ScoredLeads& leads, const std::vector<LeadRule>& rules);

  const std::vector<RuleUse>& uses() const { return uses_; }
  /// Whether points depend on the day they are asked for.
  bool has_activities() const { return has_activities_; }
  std::uint64_t untied() const { return untied_; }    // activities that name no lead
  std::uint64_t undated() const { return undated_; }  // or have no day; neither counts

  /// Points of a lead on the day `cut`: activities up to its end count. `by_rule` becomes the points of each rule. Cut to 6 decimals, so that equal points are equal.
  double of(const LeadBlock& block, std::size_t lead, Day cut, std::vector<double>& by_rule) const;

 private:
  struct Doing {
    std::uint32_t person;
    std::uint32_t rule;
    Day day;
    double count;
  };
  RuleUse prepare(std::size_t rule);
  RuleUse prepare_activity(std::size_t rule);
  void read_employees();
  void collect();
  void collect(const FileTable& t, const Column& days, const NumberMap* users);
  const DimensionView* view_of(std::size_t rule, const FileTable& t) const { return dimensions_[rule] == nullptr ? nullptr : dimensions_[rule]->view(t); }
  double value_of(const LeadRule& rule, const LeadBlock& block, std::size_t lead) const;

  const Dataset& dataset_;
  const ScoredLeads& leads_;
  const std::vector<LeadRule>& rules_;
  std::vector<RuleUse> uses_;
  std::vector<std::size_t> traits_;               // by rule: the trait that it is about
  std::vector<std::vector<std::uint8_t>> meets_;  // by rule: by member
  std::vector<std::shared_ptr<const Dimension>> dimensions_;  // by rule: of activities
  std::vector<std::pair<const FileTable*, std::vector<double>>> employees_;  // by code of the account's name
  bool has_employees_ = false;
  bool has_activities_ = false;
  std::optional<TouchPersons> persons_;
  std::vector<std::uint8_t> has_lead_;  // by person
  std::vector<Doing> doings_;       // by person, as they come
  std::vector<std::size_t> first_;  // by person: the first of its doings
  std::uint64_t untied_ = 0, undated_ = 0;
};

/// The tables whose activities name leads in these files, and the dimensions that they have.
struct ActivitySource {
  std::string_view table;
  std::vector<std::string_view> fields;
};
std::vector<ActivitySource> activity_sources(const Dataset& dataset);

/// The fields of leads, beside the traits, that a rule can be about in these files.
std::vector<std::string_view> rule_fields(const Dataset& dataset);

}  // namespace kpi
