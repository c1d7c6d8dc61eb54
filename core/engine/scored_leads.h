// Leads whose outcome is known, with their score and what was known of them before, and leads still to be decided: what a score is judged, fitted and used by.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/engine/dataset.h"
#include "core/engine/report.h"

namespace kpi {

enum class LeadState : std::uint8_t { kOpen, kCustomer, kLost };

/// One element per lead, by day of creation; leads without one come first.
struct LeadBlock {
  std::vector<Day> created;
  std::vector<Day> decided;                        // as LeadOutcomes
  std::vector<double> scores;                      // of the file; NaN where there is none
  std::vector<std::uint8_t> outcomes;              // 1 became a customer
  std::vector<LeadState> states;                   // kLost only where the files tell it: who merely is no customer yet can still be called
  std::vector<std::vector<std::uint32_t>> members; // per trait: the member of each lead
  std::vector<Dataset::RowReference> rows;
  std::size_t size() const { return created.size(); }
};

/// The leads whose outcome is known are the block itself.
struct ScoredLeads : LeadBlock {
  LeadBlock undecided;                                   // still open, or too young to judge by
  std::vector<std::shared_ptr<const Dimension>> traits;  // what is known when a lead comes in, as far as the files have it

  /// Fields of the leads that are no trait, and why: "outcome" (known only after, or because of, the outcome), "identity", "assigned"
  /// (given by the team, often because of the outcome), "detail" (too many values), "date", "not_used".
  struct Excluded {
    std::string field;
    std::string_view reason;
  };
  std::vector<Excluded> excluded;

  std::uint64_t repeated = 0, outside = 0;  // repeated rows; outside window or filter
  std::uint64_t scored = 0, open = 0;       // of those used, with a score; outcome not known yet
  std::uint64_t young = 0;                  // younger than median_days at data_last: most who will convert have not had the time
  std::optional<double> median_days;        // from creation to customer; nothing where no customer is dated
  Day data_last = kNoDay;                   // of leads and deals
  std::uint64_t converted = 0;
  bool has_leads = false, has_score = false, has_outcome = false;
};

/// Whether the dimension says something of a lead that is known when it comes in.
bool is_lead_trait(std::string_view dimension);

/// Errors those of open_scope. Cost O(rows traits).
Result<ScoredLeads> scored_leads(const Dataset& dataset, const ReportRequest& request);

}  // namespace kpi
