// Who claims what, channel by channel: CRM, ad platforms, web analytics, the leads themselves and attribution side by side.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/engine/attribution_analysis.h"
#include "core/engine/channel_answers.h"
#include "core/engine/report.h"

namespace kpi {

enum class ClaimSource : std::uint8_t {
  kCrmLeads,             // leads created, by the lead's channel
  kCrmDeals,             // deals won, by the deal's channel
  kCrmValue,             // their amounts
  kPlatformConversions,  // as the ad platforms count them
  kPlatformLeads,
  kPlatformValue,
  kAnalytics,            // conversions that web analytics count
  kTracked,              // leads with an answer, by the lead's channel in the CRM
  kSaid,                 // the same leads by the channel that their answer names
  kCredited,             // deals won, by linear attribution
};
constexpr std::size_t kClaimSources = 10;

/// The measure or model behind a source.
std::string_view claim_source_id(ClaimSource source);

struct ClaimTotal {
  Value all = Undefined{"missing_input", {}};
  double without_channel = 0;  // of `all`: in rows without a channel and in files that know none
};

struct ClaimedChannel {
  Member member;
  std::array<Value, kClaimSources> figures;  // Undefined where the source does not know the channel, which is not 0
};

/// Two sources of one channel. Shares are of the channels that both know; of answers, of all that were given.
struct ComparedClaim {
  bool is_known = false;  // both know the channel
  Value factor = Quantity{};
  double gap = 0;         // other - base
  double base_share = 0, other_share = 0;
};

/// base_sum and other_sum are over the channels that both sources know, and so is the factor: a ratio of sums.
struct ClaimComparison {
  std::string_view id;
  ClaimSource base = ClaimSource::kCrmLeads, other = ClaimSource::kCrmLeads;
  Value reason = Quantity{};  // Undefined: why nothing can be compared
  std::uint64_t channels = 0;
  double base_sum = 0, other_sum = 0;
  Value factor = Quantity{};  // other_sum / base_sum
  double only_base = 0, only_other = 0;  // in channels that the other source does not know
  std::vector<ComparedClaim> by_channel;  // as Reconciliation::channels
};

/// Rows of one kind of table: rows = repeats + filtered + not_won + undated + outside + used.
struct ClaimRows {
  std::string_view table;
  std::uint64_t rows = 0, repeats = 0, filtered = 0;
  std::uint64_t not_won = 0;  // deals
  std::uint64_t undated = 0, outside = 0, used = 0;
  std::uint64_t without_channel = 0;  // of the used ones
  std::uint64_t unknown_channel = 0;  // of the used ones: the name is no known channel, and stands as it is
  Day first = kNoDay, last = kNoDay;  // of the used ones
};

struct Reconciliation {
  std::array<ClaimTotal, kClaimSources> totals;
  std::vector<ClaimedChannel> channels;  // most leads in the CRM first, then most claims
  std::vector<ClaimComparison> comparisons;
  ChannelAnswers answers;
  std::uint64_t untraced_answers = 0;  // answers that name a channel of which neither web analytics nor touchpoints have a row
  bool has_traces = false;             // either of them is there
  Value sessions = Undefined{"missing_input", {}}, dark_sessions = Undefined{"missing_input", {}};
  Value dark_share = Undefined{"missing_input", {}};  // dark_sessions / sessions
  std::vector<ClaimRows> rows;         // of the tables that are there
};

/// `credits`: the attribution by channel, or why there is none. Filters leave out tables that do not know their dimension.
/// Source  Over-claim: every platform credits itself with the same lead, so that their sum is more than there are leads.
/// Cost    O(rows).
Reconciliation reconcile(const Dataset& dataset, const ReportRequest& report, const ReportScope& scope, const Outcome<AttributionAnalysis>& credits);

}  // namespace kpi
