#include "core/engine/attribution_analysis.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <utility>

#include "core/base/order.h"
#include "core/engine/credit_cost.h"
#include "core/engine/row_currency.h"
#include "core/models/attribution/attribution.h"

namespace kpi {
namespace {

constexpr std::size_t kMostMembers = 100;   // with touches, each of its own
constexpr std::uint32_t kSamples = 200, kLeastSamples = 20;
constexpr double kSampledTouches = 2e7;     // touches times samples: what a browser does in about a second
constexpr std::int32_t kNoLabel = -1;

Undefined reason(std::string_view code, std::string_view argument) {
  Undefined made{code, {}};
  made.arguments.emplace_back(argument);
  return made;
}

class Analysis {
 public:
  Analysis(const Dataset& dataset, const ReportRequest& report, const AttributionRequest& request, ReportScope scope)
      : dataset_(dataset), report_(report), request_(request), scope_(std::move(scope)), dimension_(dataset, request.by) {}

  Outcome<AttributionAnalysis> run() {
    if (const Undefined* why = check()) return *why;
    label_members();
    found_ = touch_journeys(dataset_, labels_, [&](const FileTable& t, std::size_t row) { return label(t, row); }, request_.journeys);
    keep_journeys_in_scope();
    if (out_.conversions == 0) return reason("no_rows", "won_deals");
    list_members();
    add_costs();
    add_credits();
    if (!request_.only_credits) add_stability();
    count_touches();
    order();
    return std::move(out_);
  }

 private:
  const Undefined* check() {
    bool has_dates = false, has_dimension = false;
    for (const auto& t : dataset_.tables()) {
      if (t->table.kind != "touchpoints") continue;
      has_dates = has_dates || t->date("touched_at") != nullptr;
      has_dimension = has_dimension || dimension_.view(*t) != nullptr;
    }
    if (!dataset_.has_kind("touchpoints")) {
      reason_ = reason("missing_input", "touchpoints");
    } else if (!dataset_.has_kind("opportunities")) {
      reason_ = reason("missing_input", "won_deals");
    } else if (!has_dates) {
      reason_ = reason("no_date", "touchpoints");
    } else if (!has_dimension) {
      reason_ = reason("not_by_dimension", request_.by);
    } else {
      for (const Filter& filter : scope_.filters) {
        const bool is_known = std::any_of(dataset_.tables().begin(), dataset_.tables().end(),
                                          [&](const auto& t) { return t->table.kind == "opportunities" && filter.dimension->view(*t) != nullptr; });
        if (!is_known) reason_ = reason("not_by_dimension", filter.dimension->id());
      }
    }
    return reason_.code.empty() ? nullptr : &reason_;
  }

  /// A label for each member with touches; those with few share the last one where there are too many.
  void label_members() {
    label_of_.assign(dimension_.members().size(), kNoLabel);
    std::vector<std::uint64_t> touches(label_of_.size(), 0);
    for (const auto& t : dataset_.tables()) {
      const DimensionView* view = t->table.kind == "touchpoints" ? dimension_.view(*t) : nullptr;
      for (std::size_t row = 0; view != nullptr && row < t->table.row_count; ++row) ++touches[view->member(row)];
    }
    std::vector<std::size_t> members;
    for (std::size_t m = 0; m < touches.size(); ++m) {
      if (touches[m] != 0) members.push_back(m);
    }
    sort_list(members, [&](std::size_t a, std::size_t b) { return touches[a] > touches[b]; });
    const std::size_t own = members.size() > kMostMembers ? kMostMembers - 1 : members.size();
    for (std::size_t i = 0; i < members.size(); ++i) label_of_[members[i]] = static_cast<std::int32_t>(std::min(i, own));
    labels_ = static_cast<std::int32_t>(std::min(members.size(), kMostMembers));
    others_ = members.size() - own;
  }

  std::int32_t label(const FileTable& t, std::size_t row) const {
    const DimensionView* view = dimension_.view(t);
    return view == nullptr ? kNoLabel : label_of_[view->member(row)];
  }

  bool is_in_window(Day day) const { return scope_.window.is_unbounded || (day != kNoDay && day >= scope_.window.first && day <= scope_.window.last); }

  bool is_asked(const WonDeal& win) const {
    if (!is_in_window(win.day)) return false;
    return std::all_of(scope_.filters.begin(), scope_.filters.end(), [&](const Filter& filter) {
      const DimensionView* view = filter.dimension->view(*win.place.table);
      return view != nullptr && filter.is_allowed[view->member(win.place.row)];
    });
  }

  Day last_touch(const Journeys& journeys, const Journey& journey) const {
    const TableRow& place = found_.touches[journeys.of(journey).back().row];
    return place.table->date("touched_at")->days[place.row];
  }

  void keep_journeys_in_scope() {
    const Journeys& all = found_.built.journeys;
    kept_.channels = all.channels;
    out_.has_null_journeys = scope_.filters.empty();
    for (const Journey& journey : all.list) {
      const bool is_kept = journey.conversions > 0 ? is_asked(found_.wins[journey.conversion]) : out_.has_null_journeys && is_in_window(last_touch(all, journey));
      if (!is_kept) continue;
      Journey own = journey;
      own.first = static_cast<std::uint32_t>(kept_.touches.size());
      for (const Touch& touch : all.of(journey)) kept_.touches.push_back(touch);
      note(own);
      kept_.list.push_back(own);
    }
    if (is_mixed_) {
      for (Journey& journey : kept_.list) journey.value = 0;
      value_reason_ = "currency_mixed";
    } else if (out_.deals_without_value == out_.deals_touched + out_.deals_untouched) {
      value_reason_ = "missing_input";
    }
    out_.window = scope_.window;
    out_.by = request_.by;
    out_.currency = currencies_.code(currency_);
  }

  void note(Journey& journey) {
    if (journey.conversions == 0) {
      ++out_.null_journeys;
      return;
    }
    const WonDeal& win = found_.wins[journey.conversion];
    ++(journey.count == 0 ? out_.deals_untouched : out_.deals_touched);
    if (win.day == kNoDay) ++out_.deals_undated;
    if (journey.count > 0 && journey.lead == kNoTouch) ++out_.without_lead;
    if (journey.count > 0 && journey.opportunity == kNoTouch) ++out_.without_opportunity;
    out_.conversions += journey.conversions;
    const Column* amount = win.place.table->table.find("amount");
    if (amount == nullptr || amount->kind != ColumnKind::kNumber || !std::isfinite(amount->numbers[win.place.row])) {
      ++out_.deals_without_value;
      return;
    }
    std::uint8_t currency = currency_of(win, amount);
    if (converter() != nullptr) journey.value = converter()->convert(journey.value, currency, win.day);
    if (currency == kMixed || (currency != kUnknownCurrency && currency_ != kUnknownCurrency && currency != currency_)) is_mixed_ = true;
    if (currency != kUnknownCurrency) currency_ = currency;
    total_value_ += journey.value;
  }

  std::uint8_t currency_of(const WonDeal& win, const Column* amount) {
    const auto known = row_currencies_.find(win.place.table);
    if (known != row_currencies_.end()) return known->second.at(win.place.row);
    return row_currencies_.emplace(win.place.table, row_currency(dataset_, currencies_, *win.place.table, amount)).first->second.at(win.place.row);
  }

  CurrencyConverter* converter() {
    const std::string_view target = dataset_.rates().empty() ? std::string_view() : dataset_.currency(report_.currency);
    if (converter_ == nullptr && !target.empty()) converter_ = std::make_unique<CurrencyConverter>(dataset_.rates(), currencies_, target);
    return converter_.get();
  }

  /// Written in place: g++ 12 loses a part of the reason where such a value is returned.
  void set_money(Value& slot, double amount) const {
    if (value_reason_ == nullptr) {
      slot = Quantity{amount, out_.currency};
    } else {
      slot = reason(value_reason_, "won_amount");
    }
  }

  void list_members() {
    std::vector<std::uint64_t> touches(static_cast<std::size_t>(labels_), 0);
    for (const Journey& journey : kept_.list) {
      if (journey.conversions == 0) continue;
      for (const Touch& touch : kept_.of(journey)) ++touches[static_cast<std::size_t>(touch.channel)];
    }
    out_.members.resize(static_cast<std::size_t>(labels_));
    for (std::size_t m = 0; m < label_of_.size(); ++m) {
      if (label_of_[m] == kNoLabel) continue;
      const auto at = static_cast<std::size_t>(label_of_[m]);
      AttributedMember& row = out_.members[at];
      row.has_touches = true;
      row.touches = touches[at];
      if (at + 1 == kMostMembers && others_ > 1) {
        row.others = others_;
      } else {
        row.member = dimension_.members()[m];
      }
    }
    set_money(out_.value, total_value_);
  }

  void add_costs() {
    const std::vector<Measure>& measures = dataset_.catalog().measures();
    const auto index_of = [&](std::string_view id) {
      return static_cast<std::size_t>(std::find_if(measures.begin(), measures.end(), [&](const Measure& m) { return m.id == id; }) - measures.begin());
    };
    const std::size_t spend = index_of("media_spend"), answers = index_of("self_reported_in_channel"), all_answers = index_of("self_reported_leads");
    std::vector<bool> only(measures.size(), false);
    for (const std::size_t m : {spend, answers, all_answers}) only[m] = true;
    const std::vector<MeasureResult> results =
        aggregate(dataset_, scope_.window, scope_.filters, &dimension_, report_.parameters, report_.stages, {report_.currency, nullptr}, &only);
    out_.spend = results[spend].total;
    if (const Undefined* none = std::get_if<Undefined>(&out_.spend)) out_.covered_spend = *none;
    const Quantity* all = std::get_if<Quantity>(&results[all_answers].total);
    for (std::size_t m = 0; m < label_of_.size(); ++m) {
      const Value cost = m < results[spend].by_member.size() ? results[spend].by_member[m] : results[spend].total;
      const Quantity* known = std::get_if<Quantity>(&cost);
      if (label_of_[m] == kNoLabel && (known == nullptr || known->value == 0)) continue;
      if (label_of_[m] == kNoLabel) {
        out_.members.push_back({});
        out_.members.back().member = dimension_.members()[m];
      }
      AttributedMember& row = label_of_[m] == kNoLabel ? out_.members.back() : out_.members[static_cast<std::size_t>(label_of_[m])];
      if (row.has_touches) add_cost(out_.covered_spend, cost);
      if (row.others > 0) {
        add_cost(row.spend, cost);
        continue;
      }
      row.spend = cost;
      const Quantity* said = request_.by == "channel" && m < results[answers].by_member.size() ? std::get_if<Quantity>(&results[answers].by_member[m]) : nullptr;
      if (said != nullptr && all != nullptr && all->value > 0) row.self_reported = Quantity{said->value / all->value, ""};
    }
  }

  void add_credits() {
    AttributionSettings settings = this->settings();
    const std::vector<ModelResult> results = attribute(kept_, settings);
    for (const ModelResult& result : results) {
      AttributionModelInfo info;
      info.id = result.id;
      if (!result.credit.ok()) {
        info.reason = result.credit.reason();
      } else {
        const ChannelCredit& credit = result.credit.value();
        info.unattributed_conversions = credit.unattributed.conversions;
        set_money(info.unattributed_value, credit.unattributed.value);
        info.without_milestone = credit.journeys_without_milestone;
      }
      set_totals(info, result);
      out_.models.push_back(std::move(info));
      for (std::size_t i = 0; i < static_cast<std::size_t>(labels_); ++i) out_.members[i].credits.push_back(credit_of(result, i));
    }
  }

  AttributionSettings settings() const {
    AttributionSettings settings;
    settings.half_life_days = request_.half_life_days;
    settings.markov_order = request_.markov_order;
    settings.has_custom_weights = request_.has_weights;
    settings.custom_weights = request_.weights;
    const std::int64_t direct = request_.by == "channel" ? dimension_.find("direct") : -1;
    if (direct >= 0) settings.direct_channel = label_of_[static_cast<std::size_t>(direct)];
    return settings;
  }

  MemberCredit credit_of(const ModelResult& result, std::size_t label) const {
    MemberCredit out;
    if (!result.credit.ok()) {
      out.conversions = std::numeric_limits<double>::quiet_NaN();
      out.value = out.media_return = out.cost_per_win = result.credit.reason();
      return out;
    }
    const Credit& credit = result.credit.value().by_channel[label];
    out.conversions = credit.conversions;
    set_money(out.value, credit.value);
    set_against_cost(credit, out.value, out_.members[label].spend, out.media_return, out.cost_per_win);
    return out;
  }

  /// Over the members that have a cost: what organic channels are credited with is set against no cost.
  void set_totals(AttributionModelInfo& info, const ModelResult& result) const {
    if (!result.credit.ok()) {
      info.media_return = info.cost_per_win = result.credit.reason();
      return;
    }
    Credit all;
    for (std::size_t i = 0; i < static_cast<std::size_t>(labels_); ++i) {
      if (!std::holds_alternative<Quantity>(out_.members[i].spend)) continue;
      all.conversions += result.credit.value().by_channel[i].conversions;
      all.value += result.credit.value().by_channel[i].value;
    }
    Value value;
    set_money(value, all.value);
    set_against_cost(all, value, out_.covered_spend, info.media_return, info.cost_per_win);
  }

  void add_stability() {
    StabilitySettings sampling;
    const double affordable = kSampledTouches / std::max<double>(1, static_cast<double>(kept_.touches.size()));
    sampling.samples = static_cast<std::uint32_t>(std::clamp<double>(affordable, kLeastSamples, kSamples));
    const Outcome<RankStability> stability = rank_stability(kept_, settings(), sampling);
    if (!stability.ok()) {
      out_.stability = stability.reason();
      return;
    }
    out_.samples = sampling.samples;
    out_.all_agree = stability.value().all_agree;
    for (std::size_t i = 0; i < static_cast<std::size_t>(labels_); ++i) {
      const ChannelStability& own = stability.value().by_channel[i];
      AttributedMember& row = out_.members[i];
      const double credited = static_cast<double>(out_.deals_touched);
      row.lowest = own.lowest_share * credited;
      row.highest = own.highest_share * credited;
      row.has_agreement = true;
      row.agreement = own.agreement;
      row.least_kept = own.kept.empty() ? 0 : *std::min_element(own.kept.begin(), own.kept.end());
    }
  }

  void count_touches() {
    std::vector<char> fate(found_.touches.size(), 0);
    for (const Journey& journey : kept_.list) {
      for (const Touch& touch : kept_.of(journey)) fate[touch.row] = journey.conversions > 0 ? 2 : 1;
    }
    const JourneyReceipt& receipt = found_.built.receipt;
    TouchUse& use = out_.touches;
    use.used = static_cast<std::uint64_t>(std::count(fate.begin(), fate.end(), 2));
    use.of_null_journeys = static_cast<std::uint64_t>(std::count(fate.begin(), fate.end(), 1));
    use.of_other_deals = receipt.touches_used - use.used - use.of_null_journeys;
    use.after_conversion = receipt.touches_after_conversion;
    use.after_opportunity = receipt.touches_after_opportunity;
    use.before_window = receipt.touches_before_window;
    use.of_undated = receipt.touches_of_undated;
    use.unreadable = receipt.touches_unreadable;
    use.of_nobody = found_.touches_of_nobody;
    for (const auto& t : dataset_.tables()) use.repeats += t->table.kind == "touchpoints" ? t->repeats : 0;
  }

  void order() {
    std::size_t linear = 0;
    while (linear < out_.models.size() && out_.models[linear].id != "linear") ++linear;
    const auto credit = [&](const AttributedMember& m) { return linear < m.credits.size() && std::isfinite(m.credits[linear].conversions) ? m.credits[linear].conversions : -1; };
    sort_list(out_.members, [&](const AttributedMember& a, const AttributedMember& b) {
      if ((a.others > 0) != (b.others > 0)) return b.others > 0;
      return credit(a) != credit(b) ? credit(a) > credit(b) : a.member.key < b.member.key;
    });
  }

  const Dataset& dataset_;
  const ReportRequest& report_;
  const AttributionRequest& request_;
  ReportScope scope_;
  Dimension dimension_;
  Undefined reason_;
  const char* value_reason_ = nullptr;  // why there is no value
  std::vector<std::int32_t> label_of_;  // by member
  std::int32_t labels_ = 0;
  std::size_t others_ = 0;
  TouchJourneys found_;
  Journeys kept_;
  CurrencyNumbers currencies_;
  std::map<const FileTable*, RowCurrency> row_currencies_;
  std::unique_ptr<CurrencyConverter> converter_;
  std::uint8_t currency_ = kUnknownCurrency;
  bool is_mixed_ = false;
  double total_value_ = 0;
  AttributionAnalysis out_;
};

}  // namespace

Result<Outcome<AttributionAnalysis>> analyse_attribution(const Dataset& dataset, const ReportRequest& report, const AttributionRequest& request) {
  Result<ReportScope> scope = open_scope(dataset, report);
  if (!scope.ok()) return scope.error();
  return Analysis(dataset, report, request, std::move(scope).value()).run();
}

}  // namespace kpi
