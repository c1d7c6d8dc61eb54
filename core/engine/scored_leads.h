// Leads whose outcome is known, with their score and what was known of them before: what a score is judged and fitted by.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/engine/report.h"

namespace kpi {

struct ScoredLeads {
  // One element per lead, by day of creation; leads without one come first.
  std::vector<Day> created;
  std::vector<double> scores;
  std::vector<std::uint8_t> outcomes;                    // 1 became a customer
  std::vector<std::vector<std::uint32_t>> members;       // per trait: the member of each lead
  std::vector<std::shared_ptr<const Dimension>> traits;  // what is known when a lead comes in, as far as the files have it

  /// Fields of the leads that are no trait, and why: "outcome" (known only after, or because of, the outcome), "identity", "assigned"
  /// (given by the team, often because of the outcome), "detail" (too many values), "date", "not_used".
  struct Excluded {
    std::string field;
    std::string_view reason;
  };
  std::vector<Excluded> excluded;

  std::uint64_t repeated = 0, outside = 0;  // repeated rows; outside window or filter
  std::uint64_t unscored = 0, open = 0;     // no score; outcome not known yet
  std::uint64_t young = 0;                  // younger than median_days at data_last: most who will convert have not had the time
  std::optional<double> median_days;        // from creation to customer; nothing where no customer is dated
  Day data_last = kNoDay;                   // of leads and deals
  std::uint64_t converted = 0;
  bool has_leads = false, has_score = false, has_outcome = false;
};

/// Errors those of open_scope. Cost O(rows traits).
Result<ScoredLeads> scored_leads(const Dataset& dataset, const ReportRequest& request);

}  // namespace kpi
