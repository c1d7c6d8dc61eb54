#include "core/api/scoring_json.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "core/api/approximate.h"
#include "core/api/report_request.h"
#include "core/engine/point_score.h"

namespace kpi {
namespace {

constexpr std::size_t kMostRules = 50;
constexpr std::int64_t kMostCapacity = 1000000000;
constexpr double kMostPoints = 1e6;
constexpr std::size_t kMostBands = 9;
constexpr std::int64_t kMostListed = 200000;
constexpr std::int64_t kMostDays = 3650;

std::optional<double> points(const Json* json) {
  if (json == nullptr || !json->is_number()) return std::nullopt;
  const double value = json->get<double>();
  return std::abs(value) <= kMostPoints ? std::optional<double>(value) : std::nullopt;
}

struct Request {
  ScoringSettings scoring;
  PointSettings points;
};

constexpr std::pair<std::string_view, RuleTest> kTests[] = {{"is", RuleTest::kIs},           {"is_not", RuleTest::kIsNot},     {"contains", RuleTest::kContains},
                                                            {"known", RuleTest::kKnown},     {"unknown", RuleTest::kUnknown}, {"between", RuleTest::kBetween}};

/// A number, or a day as text; false where it is neither.
bool read_limit(const Json& entry, const char* key, double& limit, LeadRule& rule) {
  const Json* json = member(entry, key);
  if (json == nullptr) return true;
  if (json->is_string()) {
    const std::optional<Day> day = parse_iso_date(json->get_ref<const std::string&>());
    if (!day || *day == kNoDay) return false;
    rule.is_of_days = true;
    limit = *day;
    return true;
  }
  if (!json->is_number() || !std::isfinite(json->get<double>())) return false;
  limit = json->get<double>();
  return true;
}

/// At least `least`, up to kMostPoints; nothing where it is absent.
bool read_positive(const Json& entry, const char* key, bool is_zero_allowed, std::optional<double>& value) {
  const Json* json = member(entry, key);
  if (json == nullptr) return true;
  value = points(json);
  return value && (*value > 0 || (is_zero_allowed && *value == 0));
}

std::optional<LeadRule> read_rule(const Json& entry) {
  RequestReader read(entry);
  LeadRule rule;
  rule.table = read.text_or_empty("table");
  rule.field = read.text_or_empty("field");
  rule.key = read.text_or_empty("key");
  const std::string test = read.text_or_empty("test");
  const std::optional<double> given = points(member(entry, "points"));
  if (read.error() != nullptr || !given || (rule.table.empty() && rule.field.empty())) return std::nullopt;
  rule.points = *given;
  if (!test.empty()) {
    const auto found = std::find_if(std::begin(kTests), std::end(kTests), [&](const auto& one) { return one.first == test; });
    if (found == std::end(kTests)) return std::nullopt;
    rule.test = found->second;
  }
  if (rule.test == RuleTest::kContains && rule.key.empty()) return std::nullopt;
  if ((rule.test == RuleTest::kIs || rule.test == RuleTest::kIsNot) && member(entry, "key") == nullptr && !(rule.field.empty())) return std::nullopt;
  const bool is_read = read_limit(entry, "from", rule.low, rule) && read_limit(entry, "to", rule.high, rule) &&
                       read_positive(entry, "half_life", false, rule.half_life_days) && read_positive(entry, "cap", true, rule.cap);
  if (!is_read || rule.low > rule.high) return std::nullopt;
  if (rule.test == RuleTest::kBetween && std::isinf(rule.low) && std::isinf(rule.high)) return std::nullopt;
  return rule;
}

void read_bands(const Json& request, RequestReader& read, PointSettings& settings) {
  const Json* bands = member(request, "bands");
  if (bands == nullptr) return;
  bool is_falling = bands->is_array() && !bands->empty() && bands->size() <= kMostBands;
  if (is_falling) {
    for (const Json& entry : *bands) {
      const std::optional<double> limit = points(&entry);
      is_falling = is_falling && limit && (settings.bands.empty() || *limit < settings.bands.back());
      settings.bands.push_back(limit.value_or(0));
    }
  }
  if (!is_falling) read.fail(request_invalid("bands", "falling numbers"));
}

void read_list(const Json& request, RequestReader& read, PointSettings& settings) {
  const Json* list = member(request, "list");
  if (list == nullptr) return;
  RequestReader of_list(*list);
  const std::int64_t count = of_list.integer("count").value_or(static_cast<std::int64_t>(settings.listed));
  if (member(*list, "all") != nullptr) settings.is_list_of_all = of_list.flag("all");
  if (!list->is_object() || of_list.error() != nullptr || count < 0 || count > kMostListed) return read.fail(request_invalid("list", "count 0.., all"));
  settings.listed = static_cast<std::size_t>(count);
}

Request read_settings(const Json& request, RequestReader& read) {
  Request out;
  if (const std::optional<std::int64_t> capacity = read.integer("capacity")) {
    if (*capacity < 1 || *capacity > kMostCapacity) read.fail(request_invalid("capacity", "1.."));
    else out.scoring.capacity = out.points.capacity = static_cast<std::size_t>(*capacity);
  }
  if (member(request, "use_score") != nullptr) out.scoring.is_score_used = read.flag("use_score");
  if (const Json* limit = member(request, "qualified_at")) {
    out.points.qualified_at = points(limit);
    if (!out.points.qualified_at) read.fail(request_invalid("qualified_at", "number"));
  }
  const std::int64_t after = read.integer("judged_after").value_or(0);
  if (after < 0 || after > kMostDays) read.fail(request_invalid("judged_after", "0.."));
  else out.points.judged_after = static_cast<std::int32_t>(after);
  read_bands(request, read, out.points);
  read_list(request, read, out.points);
  const Json* rules = member(request, "rules");
  if (rules == nullptr) return out;
  if (!rules->is_array() || rules->size() > kMostRules) {
    read.fail(request_invalid("rules", "at most 50"));
    return out;
  }
  for (const Json& entry : *rules) {
    std::optional<LeadRule> rule = read_rule(entry);
    if (!rule) read.fail(request_invalid("rules", "field, test, key, from, to, points"));
    else out.points.rules.push_back(std::move(*rule));
  }
  return out;
}

Json undefined_json(const Undefined& reason) { return reason.code.empty() ? Json(nullptr) : undefined_or_null(Value(reason)); }

Json or_null(const std::optional<double>& value) { return value ? approximate(*value) : Json(nullptr); }

Json count(std::size_t value) { return static_cast<std::int64_t>(value); }

void put_interval(const std::optional<Interval>& interval, Object& json) {
  json.put("low", interval ? approximate(interval->low) : Json(nullptr)).put("high", interval ? approximate(interval->high) : Json(nullptr));
}

Json auc_json(const std::optional<Auc>& auc) {
  if (!auc) return nullptr;
  Object json;
  put_interval(auc->interval, json.put("value", approximate(auc->value)));
  return json.take();
}

Json selection_json(const Outcome<Confusion>& selection) {
  Object json;
  json.put("undefined", selection.ok() ? Json(nullptr) : undefined_json(selection.reason()));
  if (!selection.ok()) return json.take();
  const Confusion& c = selection.value();
  json.put("threshold", approximate(c.threshold)).put("selected", count(c.selected)).put("converted", count(c.true_positives));
  return json.put("precision", or_null(c.precision)).put("recall", approximate(c.recall)).take();
}

Json asked_json(const Outcome<Confusion>& selection, std::size_t capacity) { return capacity > 0 ? selection_json(selection) : Json(nullptr); }

Json difference_json(const std::optional<AucDifference>& difference) {
  if (!difference) return nullptr;
  Object json;
  json.put("people", count(difference->people)).put("first", approximate(difference->first)).put("second", approximate(difference->second));
  put_interval(difference->interval, json.put("difference", approximate(difference->difference)));
  return json.put("p", or_null(difference->p)).take();
}

Json bands_json(const std::vector<ScoreBand>& of_score) {
  Json bands = Json::array();
  for (const ScoreBand& band : of_score) {
    Object one;
    one.put("from", or_null(band.from)).put("people", count(band.people)).put("converted", count(band.converted)).put("rate", or_null(band.rate));
    put_interval(band.interval, one);
    append(bands, std::move(one));
  }
  return bands;
}

Json score_json(const Outcome<FileScore>& judged, const ScoringSettings& settings) {
  Object json;
  json.put("undefined", judged.ok() ? Json(nullptr) : undefined_json(judged.reason()));
  if (!judged.ok()) return json.take();
  const FileScore& score = judged.value();
  Json gains = Json::array();
  for (const GainsBin& bin : score.gains) {
    Object one;
    one.put("people", count(bin.people)).put("converted", count(bin.converted)).put("rate", approximate(bin.rate)).put("gain", approximate(bin.cumulative_gain));
    append(gains, std::move(one.put("lift", approximate(bin.lift)).put("cumulative_lift", approximate(bin.cumulative_lift)).put("least_score", approximate(bin.least_score))));
  }
  json.put("auc", auc_json(score.auc)).put("gains", std::move(gains)).put("bands", bands_json(score.bands));
  return json.put("capacity", asked_json(score.capacity, settings.capacity)).take();
}

Object trait_json(const FittedTrait& trait) {
  Object json;
  json.put("field", trait.field).put("key", trait.key).put("label", trait.label).put("canonical", trait.is_canonical);
  return std::move(json.put("leads", count(trait.leads)));
}

Json penalty_json(const FittedScore& fitted) {
  Json tried = Json::array();
  if (fitted.choice) {
    for (const TriedPenalty& one : fitted.choice->tried) {
      Object entry;
      append(tried, std::move(entry.put("l2", approximate(one.l2)).put("log_loss", approximate(one.log_loss))));
    }
  }
  Object json;
  json.put("l2", approximate(fitted.penalty)).put("chosen", fitted.choice.has_value()).put("foretold", count(fitted.choice ? fitted.choice->foretold : 0));
  return json.put("tried", std::move(tried)).take();
}

Json fitted_json(const Outcome<FittedScore>& outcome, const ScoringSettings& settings) {
  Object json;
  json.put("undefined", outcome.ok() ? Json(nullptr) : undefined_json(outcome.reason()));
  if (!outcome.ok()) return json.take();
  const FittedScore& fitted = outcome.value();
  Json traits = Json::array(), references = Json::array(), bins = Json::array();
  for (const FittedTrait& trait : fitted.traits) {
    const Interval& of_log = trait.coefficient.interval;
    Object one = trait_json(trait);
    one.put("odds_ratio", or_null(trait.coefficient.odds_ratio)).put("low", approximate(std::exp(of_log.low)));
    append(traits, std::move(one.put("high", approximate(std::exp(of_log.high)))));
  }
  for (const FittedTrait& trait : fitted.references) append(references, trait_json(trait));
  json.put_date("split", fitted.split).put("fitted", count(fitted.fitted)).put("fitted_converted", count(fitted.fitted_converted));
  json.put("held", count(fitted.held)).put("held_converted", count(fitted.held_converted));
  json.put("auc", auc_json(fitted.auc)).put("file_auc", auc_json(fitted.file_auc)).put("base_brier", approximate(fitted.base_brier));
  if (fitted.quality) {
    for (const CalibrationBin& bin : fitted.quality->bins) {
      Object one;
      one.put("people", count(bin.people)).put("predicted", approximate(bin.mean_predicted)).put("observed", approximate(bin.observed_rate));
      const double people = static_cast<double>(bin.people);
      put_interval(wilson_interval(std::round(bin.observed_rate * people), people), one);
      append(bins, std::move(one));
    }
    json.put("brier", approximate(fitted.quality->brier)).put("slope", fitted.quality->line ? approximate(fitted.quality->line->slope) : Json(nullptr));
  }
  json.put("against_file", difference_json(fitted.against_file)).put("penalty", penalty_json(fitted));
  json.put("capacity", asked_json(fitted.capacity, settings.capacity)).put("file_capacity", asked_json(fitted.file_capacity, settings.capacity));
  return json.put("bins", std::move(bins)).put("traits", std::move(traits)).put("references", std::move(references)).take();
}

constexpr const char* kUses[] = {"used", "missing", "forbidden", "unfit"};
constexpr const char* kStates[] = {"open", "customer", "lost"};

Object listed_json(const ListedLead& lead, const PointScore& score) {
  const Dataset::RowReference& row = lead.block->rows[lead.lead];
  const Table& table = row.table->table;
  const Origin origin = table.origin(row.row);
  const Column* account = table.find("account_name");
  Object json;
  json.put("file", row.table->file).put("record", origin.record).put("offset", origin.byte_offset).put_date("created", lead.block->created[lead.lead]);
  json.put("account", account == nullptr || account->kind != ColumnKind::kText ? std::string_view() : account->dictionary.text(account->codes[row.row]));
  json.put("state", kStates[static_cast<std::size_t>(lead.block->states[lead.lead])]).put("points", approximate(lead.points));
  const bool is_banded = score.result.ok() && !score.result.value().bands.empty();
  if (is_banded) json.put("band", count(band_of(lead.points, score.result.value().limits)));
  Json by = Json::array();
  for (const auto& [rule, points] : lead.by_rule) {
    Json pair = Json::array();
    append(pair, count(rule));
    append(pair, approximate(points));
    append(by, std::move(pair));
  }
  json.put("by", std::move(by));
  return json;
}

Json points_json(const Dataset& dataset, const ScoredLeads& leads, const PointSettings& settings, const Outcome<FittedScore>& fitted) {
  if (settings.rules.empty()) return nullptr;
  const PointScore score = score_by_points(dataset, leads, settings, fitted.ok() ? &fitted.value() : nullptr);
  Object json;
  Json uses = Json::array(), matched = Json::array(), list = Json::array(), open = Json::array();
  for (std::size_t r = 0; r < score.uses.size(); ++r) {
    append(uses, std::string_view(kUses[static_cast<std::size_t>(score.uses[r])]));
    append(matched, score.uses[r] == RuleUse::kUsed ? count(static_cast<std::size_t>(score.matched[r])) : Json(nullptr));
  }
  for (const ListedLead& lead : score.list) append(list, listed_json(lead, score));
  for (const std::uint64_t people : score.open_by_band) append(open, count(static_cast<std::size_t>(people)));
  json.put("undefined", score.result.ok() ? Json(nullptr) : undefined_json(score.result.reason())).put("uses", std::move(uses)).put("matched", std::move(matched));
  json.put("judged", score.judged).put("converted", score.converted).put("decided", score.decided).put("unwatched", score.unwatched).put("undated", score.undated);
  json.put("undated_outcomes", score.undated_outcomes).put("untied", score.untied).put("undated_activities", score.undated_activities);
  json.put("list", std::move(list)).put("listable", score.listable).put("open", score.open).put("open_by_band", std::move(open));
  json.put("open_qualified", score.open_qualified ? count(static_cast<std::size_t>(*score.open_qualified)) : Json(nullptr));
  if (!score.result.ok()) return json.take();
  const JudgedPoints& judged = score.result.value();
  json.put("auc", auc_json(judged.auc)).put("held_auc", auc_json(judged.held_auc)).put("bands", bands_json(judged.bands));
  json.put("qualified", judged.qualified ? selection_json(*judged.qualified) : Json(nullptr)).put("capacity", asked_json(judged.capacity, settings.capacity));
  return json.put("against_file", difference_json(judged.against_file)).put("against_fitted", difference_json(judged.against_fitted)).take();
}

/// What rules can be about in these files.
Json subjects_json(const Dataset& dataset, const ScoredLeads& leads) {
  Json fields = Json::array(), traits = Json::array(), activities = Json::array();
  for (const std::string_view field : rule_fields(dataset)) append(fields, field);
  for (const auto& trait : leads.traits) append(traits, trait->id());
  for (const ActivitySource& source : activity_sources(dataset)) {
    Json of_source = Json::array();
    for (const std::string_view field : source.fields) append(of_source, field);
    Object one;
    append(activities, std::move(one.put("table", source.table).put("fields", std::move(of_source))));
  }
  Object json;
  return json.put("traits", std::move(traits)).put("fields", std::move(fields)).put("activities", std::move(activities)).take();
}

Json rows_json(const ScoredLeads& leads) {
  Object json;
  json.put("used", count(leads.size())).put("converted", leads.converted).put("repeated", leads.repeated).put("outside", leads.outside);
  json.put("scored", leads.scored).put("unscored", leads.has_score ? static_cast<std::uint64_t>(leads.size()) - leads.scored : 0);
  return json.put("open", leads.open).put("young", leads.young).take();
}

Undefined reason_of(const ScoredLeads& leads) {
  if (!leads.has_leads) return {"missing_input", {"new_leads"}};
  if (leads.size() + leads.undecided.size() == 0) return {"no_rows", {}};
  return {};
}

}  // namespace

Result<Json> analyse_scoring(const Dataset& dataset, const Json& request) {
  const Result<ReportRequest> report = read_report_request(request);
  if (!report.ok()) return report.error();
  RequestReader read(request);
  const Request settings = read_settings(request, read);
  if (read.error() != nullptr) return *read.error();
  const Result<ScoredLeads> read_leads = scored_leads(dataset, report.value());
  if (!read_leads.ok()) return read_leads.error();
  const ScoredLeads& leads = read_leads.value();
  const Undefined reason = reason_of(leads);
  Object json;
  json.put("undefined", undefined_json(reason)).put("rows", rows_json(leads)).put("median_days", or_null(leads.median_days)).put_date("data_last", leads.data_last);
  if (!reason.code.empty()) return json.take();
  Json excluded = Json::array();
  for (const ScoredLeads::Excluded& one : leads.excluded) {
    Object entry;
    append(excluded, std::move(entry.put("field", one.field).put("reason", one.reason)));
  }
  const Outcome<FittedScore> fitted = fit_score(leads, settings.scoring);
  json.put("score", score_json(judge_file_score(leads, settings.scoring), settings.scoring)).put("fitted", fitted_json(fitted, settings.scoring));
  json.put("points", points_json(dataset, leads, settings.points, fitted)).put("subjects", subjects_json(dataset, leads));
  return json.put("excluded", std::move(excluded)).take();
}

}  // namespace kpi
