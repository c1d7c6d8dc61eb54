#include "core/engine/reconciliation.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/base/order.h"
#include "core/base/sum.h"
#include "core/engine/funnel_visits.h"
#include "core/engine/row_values.h"

namespace kpi {
namespace {

constexpr std::array<std::string_view, kClaimSources> kIds = {"new_leads",      "won_deals",   "won_amount",          "platform_conversions",     "platform_leads",
                                                              "platform_value", "conversions", "self_reported_leads", "self_reported_in_channel", "linear"};

struct Compared {
  std::string_view id;
  ClaimSource base, other;
};
constexpr Compared kComparisons[] = {{"platform", ClaimSource::kCrmLeads, ClaimSource::kPlatformConversions},
                                     {"platform_leads", ClaimSource::kCrmLeads, ClaimSource::kPlatformLeads},
                                     {"platform_value", ClaimSource::kCrmValue, ClaimSource::kPlatformValue},
                                     {"analytics", ClaimSource::kCrmLeads, ClaimSource::kAnalytics},
                                     {"said", ClaimSource::kTracked, ClaimSource::kSaid},
                                     {"credited", ClaimSource::kCrmDeals, ClaimSource::kCredited}};

struct DatedTable {
  std::string_view table, date, status;
};
constexpr DatedTable kTables[] = {{"leads", "created_at", ""}, {"opportunities", "closed_at", "won"}, {"ad_spend", "date", ""}, {"web_sessions", "date", ""}};

constexpr std::size_t at(ClaimSource source) { return static_cast<std::size_t>(source); }

const Quantity* known(const Value& value) { return std::get_if<Quantity>(&value); }

class Reconciler {
 public:
  Reconciler(const Dataset& dataset, const ReportRequest& report, const ReportScope& scope) : dataset_(dataset), report_(report), scope_(scope), channels_(dataset, "channel") {}

  Reconciliation run(const Outcome<AttributionAnalysis>& credits) {
    by_member_.resize(channels_.members().size());
    for (auto& figures : by_member_) {
      for (Value& figure : figures) figure = none("no_rows");
    }
    add_measures();
    add_credits(credits);
    out_.answers = channel_answers(dataset_, scope_, channels_);
    list_channels(credits);
    for (const Compared& pair : kComparisons) compare(pair);
    for (const DatedTable& table : kTables) count_rows(table);
    return std::move(out_);
  }

 private:
  static Undefined none(std::string_view code) { return Undefined{code, {}}; }

  void add_measures() {
    const std::vector<Measure>& measures = dataset_.catalog().measures();
    const auto index_of = [&](std::string_view id) {
      return static_cast<std::size_t>(std::find_if(measures.begin(), measures.end(), [&](const Measure& m) { return m.id == id; }) - measures.begin());
    };
    std::vector<bool> only(measures.size(), false);
    const std::size_t sessions = index_of("sessions"), dark = index_of("dark_social_sessions");
    for (std::size_t s = 0; s < at(ClaimSource::kCredited); ++s) only[index_of(kIds[s])] = true;
    only[sessions] = only[dark] = true;
    const std::vector<MeasureResult> results = aggregate(dataset_, scope_.window, scope_.filters, &channels_, report_.parameters, report_.stages, {report_.currency, nullptr}, &only);
    for (std::size_t s = 0; s < at(ClaimSource::kCredited); ++s) {
      const MeasureResult& result = results[index_of(kIds[s])];
      out_.totals[s].all = result.total;
      for (std::size_t m = 0; m < result.by_member.size(); ++m) by_member_[m][s] = result.by_member[m];
    }
    forget_unnamed("leads", {ClaimSource::kCrmLeads, ClaimSource::kTracked});
    forget_unnamed(dataset_.has_kind("opportunities") ? "opportunities" : "leads", {ClaimSource::kCrmDeals, ClaimSource::kCrmValue});
    // People answer in their own words: a channel that none of them names may be the one that they mean.
    for (auto& figures : by_member_) {
      Value& said = figures[at(ClaimSource::kSaid)];
      if (known(said) != nullptr && known(said)->value == 0) said = none("no_rows");
    }
    out_.sessions = results[sessions].total;
    out_.dark_sessions = results[dark].total;
    const Quantity* part = known(out_.dark_sessions);
    const Quantity* all = known(out_.sessions);
    if (part == nullptr) {
      out_.dark_share = out_.dark_sessions;
    } else if (all == nullptr) {
      out_.dark_share = out_.sessions;
    } else if (all->value == 0) {
      out_.dark_share = none("denominator_zero");
    } else {
      out_.dark_share = Quantity{part->value / all->value, ""};
    }
  }

  /// A channel that the CRM names in no row of any time may be there under another name: its count is not 0.
  void forget_unnamed(std::string_view kind, std::array<ClaimSource, 2> sources) {
    std::vector<bool> is_named(by_member_.size(), false);
    for (const auto& t : dataset_.tables()) {
      const DimensionView* view = t->table.kind == kind ? channels_.view(*t) : nullptr;
      for (std::size_t row = 0; view != nullptr && row < t->table.row_count; ++row) is_named[view->member(row)] = true;
    }
    for (std::size_t m = 0; m < by_member_.size(); ++m) {
      for (const ClaimSource source : sources) {
        if (!is_named[m] && known(by_member_[m][at(source)]) != nullptr) by_member_[m][at(source)] = none("no_rows");
      }
    }
  }

  /// Deals that nobody touched are without a channel, and so is what many small channels share.
  void add_credits(const Outcome<AttributionAnalysis>& credits) {
    constexpr std::size_t s = at(ClaimSource::kCredited);
    if (!credits.ok()) {
      out_.totals[s].all = credits.reason();
      return;
    }
    const AttributionAnalysis& found = credits.value();
    std::size_t linear = 0;
    while (linear + 1 < found.models.size() && found.models[linear].id != kIds[s]) ++linear;
    if (const Undefined* why = std::get_if<Undefined>(&found.models[linear].reason)) {
      out_.totals[s].all = *why;
      return;
    }
    out_.totals[s].all = Quantity{found.conversions, ""};
    for (const AttributedMember& row : found.members) {
      const std::int64_t member = row.others > 0 ? -1 : channels_.find(row.member.key);
      if (member < 0 || row.credits.empty()) continue;
      Value& figure = by_member_[static_cast<std::size_t>(member)][s];
      const Quantity* so_far = known(figure);
      figure = Quantity{row.credits[linear].conversions + (so_far == nullptr ? 0 : so_far->value), ""};
    }
  }

  /// What is in the total of a source and in none of its channels: blank cells, and whole files that know no channel.
  double rest_of(std::size_t source) const {
    const Quantity* all = known(out_.totals[source].all);
    if (all == nullptr) return 0;
    Sum sum;
    for (std::size_t m = 0; m < by_member_.size(); ++m) {
      const Quantity* figure = m == Dimension::kBlank ? nullptr : known(by_member_[m][source]);
      if (figure != nullptr) sum.add(figure->value);
    }
    const double rest = all->value - sum.value();
    return std::fabs(rest) <= 1e-9 * std::fabs(all->value) ? 0 : rest;
  }

  void list_channels(const Outcome<AttributionAnalysis>& credits) {
    for (std::size_t s = 0; s < kClaimSources; ++s) out_.totals[s].without_channel = rest_of(s);
    out_.has_traces = known(out_.totals[at(ClaimSource::kAnalytics)].all) != nullptr || credits.ok();
    for (std::size_t m = 0; m < by_member_.size(); ++m) {
      const auto& figures = by_member_[m];
      if (m == Dimension::kBlank) continue;
      const bool is_traced = known(figures[at(ClaimSource::kAnalytics)]) != nullptr || known(figures[at(ClaimSource::kCredited)]) != nullptr;
      if (!is_traced) out_.untraced_answers += out_.answers.said[m];
      if (std::none_of(figures.begin(), figures.end(), [](const Value& v) { return known(v) != nullptr && known(v)->value != 0; })) continue;
      out_.channels.push_back({channels_.members()[m], figures});
    }
    sort_list(out_.channels, [](const ClaimedChannel& a, const ClaimedChannel& b) {
      for (const ClaimSource s : {ClaimSource::kCrmLeads, ClaimSource::kPlatformConversions, ClaimSource::kAnalytics, ClaimSource::kCredited}) {
        const Quantity* x = known(a.figures[at(s)]);
        const Quantity* y = known(b.figures[at(s)]);
        const double left = x == nullptr ? -1 : x->value, right = y == nullptr ? -1 : y->value;
        if (left != right) return left > right;
      }
      return a.member.key < b.member.key;
    });
  }

  void compare(const Compared& pair) {
    ClaimComparison& made = out_.comparisons.emplace_back();
    made.id = pair.id;
    made.base = pair.base;
    made.other = pair.other;
    made.by_channel.resize(out_.channels.size());
    for (const ClaimSource source : {pair.base, pair.other}) {
      const auto* why = std::get_if<Undefined>(&out_.totals[at(source)].all);
      if (why != nullptr && known(made.reason) != nullptr) made.reason = *why;
    }
    // By a channel, answers are filtered by what they name, and tracking by what the CRM has: other people.
    const bool is_by_channel = std::any_of(scope_.filters.begin(), scope_.filters.end(), [](const Filter& f) { return f.dimension->id() == "channel"; });
    if (pair.other == ClaimSource::kSaid && is_by_channel) made.reason = none("not_by_dimension");
    if (known(made.reason) == nullptr) return;
    const std::string_view currency = known(out_.totals[at(pair.base)].all)->currency, other_currency = known(out_.totals[at(pair.other)].all)->currency;
    if (!currency.empty() && !other_currency.empty() && currency != other_currency) {
      made.reason = none("currency_mixed");
      return;
    }
    Sum base_sum, other_sum, only_base, only_other;
    for (std::size_t c = 0; c < out_.channels.size(); ++c) {
      const Quantity* base = known(out_.channels[c].figures[at(pair.base)]);
      const Quantity* other = known(out_.channels[c].figures[at(pair.other)]);
      made.by_channel[c].is_known = base != nullptr && other != nullptr;
      if (made.by_channel[c].is_known) ++made.channels;
      if (base != nullptr) (other != nullptr ? base_sum : only_base).add(base->value);
      if (other != nullptr) (base != nullptr ? other_sum : only_other).add(other->value);
    }
    made.base_sum = base_sum.value();
    made.other_sum = other_sum.value();
    // Answers are of the same leads, so that both shares are of all of them, as in the KPI attribution_gap.
    const Quantity* answered = pair.other == ClaimSource::kSaid ? known(out_.totals[at(pair.other)].all) : nullptr;
    const double all_base = answered == nullptr ? made.base_sum : answered->value, all_other = answered == nullptr ? made.other_sum : answered->value;
    made.only_base = only_base.value();
    made.only_other = only_other.value();
    set_ratio(made.factor, made.other_sum, made.base_sum);
    for (std::size_t c = 0; c < out_.channels.size(); ++c) {
      ComparedClaim& one = made.by_channel[c];
      if (!one.is_known) continue;
      const double base = known(out_.channels[c].figures[at(pair.base)])->value, other = known(out_.channels[c].figures[at(pair.other)])->value;
      set_ratio(one.factor, other, base);
      one.gap = other - base;
      one.base_share = all_base == 0 ? 0 : base / all_base;
      one.other_share = all_other == 0 ? 0 : other / all_other;
    }
  }

  /// Written in place: g++ 12 loses a part of the reason where such a value is returned.
  static void set_ratio(Value& slot, double part, double whole) {
    if (whole == 0) {
      slot = none("denominator_zero");
    } else if (!std::isfinite(part / whole)) {
      slot = none("not_finite");
    } else {
      slot = Quantity{part / whole, ""};
    }
  }

  void count_rows(const DatedTable& kind) {
    ClaimRows rows;
    rows.table = kind.table;
    for (const auto& t : dataset_.tables()) {
      if (t->table.kind == kind.table) add_rows(*t, kind, rows);
    }
    if (rows.rows > 0) out_.rows.push_back(rows);
  }

  void add_rows(const FileTable& t, const DatedTable& kind, ClaimRows& rows) const {
    const DaySource days = day_source(dataset_, t, kind.date, kind.status);
    const DimensionView* view = channels_.view(t);
    rows.rows += t.table.row_count;
    for (std::size_t row = 0; row < t.table.row_count; ++row) {
      const Day day = days.exists() ? days.at(row) : kNoDay;
      if (is_repeated(t, row)) {
        ++rows.repeats;
      } else if (is_filtered_out(scope_.filters, t, row)) {
        ++rows.filtered;
      } else if (!kind.status.empty() && (t.deal_status.empty() || t.deal_status[row] != static_cast<std::uint8_t>(DealStatus::kWon))) {
        ++rows.not_won;
      } else if (!scope_.window.is_unbounded && day == kNoDay) {
        ++rows.undated;
      } else if (!scope_.window.is_unbounded && (day < scope_.window.first || day > scope_.window.last)) {
        ++rows.outside;
      } else {
        ++rows.used;
        if (day != kNoDay) {
          rows.first = rows.first == kNoDay ? day : std::min(rows.first, day);
          rows.last = rows.last == kNoDay ? day : std::max(rows.last, day);
        }
        const std::uint32_t member = view == nullptr ? Dimension::kBlank : view->member(row);
        rows.without_channel += member == Dimension::kBlank ? 1 : 0;
        rows.unknown_channel += member != Dimension::kBlank && !channels_.members()[member].is_canonical ? 1 : 0;
      }
    }
  }

  const Dataset& dataset_;
  const ReportRequest& report_;
  const ReportScope& scope_;
  Dimension channels_;
  std::vector<std::array<Value, kClaimSources>> by_member_;
  Reconciliation out_;
};

}  // namespace

std::string_view claim_source_id(ClaimSource source) { return kIds[at(source)]; }

Reconciliation reconcile(const Dataset& dataset, const ReportRequest& report, const ReportScope& scope, const Outcome<AttributionAnalysis>& credits) {
  return Reconciler(dataset, report, scope).run(credits);
}

}  // namespace kpi
