// What leads say themselves of how they heard of the company, beside the channel that the CRM has for them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/engine/dimension.h"
#include "core/engine/report.h"

namespace kpi {

constexpr std::size_t kMostUnnamed = 5;

/// Counts of leads that were created in the window.
/// answered = named + unnamed; named = same + other + untracked.
struct ChannelAnswers {
  bool is_known = false;  // a file of leads has a column with the answers
  std::uint64_t leads = 0, answered = 0;
  std::uint64_t named = 0;       // the answer is the name of a channel, known or of another file
  std::uint64_t same = 0, other = 0;  // as the CRM's channel of the lead, and not
  std::uint64_t untracked = 0;   // the CRM has no channel for the lead
  std::uint64_t direct = 0;      // answered, and direct in the CRM
  std::uint64_t direct_other = 0;  // of them those whose answer is another channel, or none that is known
  std::vector<std::uint64_t> said;  // by member of the channel
  struct Unnamed {
    std::string text;  // as first written
    std::uint64_t leads;
  };
  std::vector<Unnamed> unnamed;  // answers that name no channel, most frequent first, at most kMostUnnamed
  std::uint64_t unnamed_leads = 0, unnamed_texts = 0;
};

/// `channels` is the dimension of the channel. Repeated and filtered rows, and those without a day in a window, are left out.
/// Cost O(rows).
ChannelAnswers channel_answers(const Dataset& dataset, const ReportScope& scope, const Dimension& channels);

}  // namespace kpi
