// A person's way through the stages: on which day each stage was entered, and how far the person came.
#pragma once

#include <vector>

#include "core/engine/aggregate.h"
#include "core/engine/dataset.h"
#include "core/engine/row_values.h"

namespace kpi {

/// One table of leads. Where its stages and dates tell no customers, its own won deals do; where it has none of these either, and for
/// opportunities, the deals that name its leads, each deal once. References the table; build one for an aggregation.
class LeadFunnel {
 public:
  LeadFunnel(const Dataset& dataset, const FileTable& leads, StageRule rule);

  /// The same question without building anything: whether the stage can be told from others at all.
  static bool knows(const Dataset& dataset, const FileTable& leads, LeadStage stage);

  /// The day on which each row entered `stage`: its own date; without one, the earliest date of a later stage. Where nothing dates the
  /// stage, the day of creation for those who came so far: the dates of later stages would put only those who went on in a period.
  /// kNoDay otherwise. Cost O(rows) where stages were skipped.
  DaySource entered(LeadStage stage) const;
  /// Whether a column or deals date the stage: without, entered() says when a lead was created, not when it came so far.
  bool is_dated(LeadStage stage) const { return days_[static_cast<std::size_t>(stage)].exists(); }
  /// The LeadStage that each row has reached, as the rule sees it; a byte per row.
  const std::vector<std::uint8_t>& reached() const { return rule_ranks_.empty() ? ranks() : rule_ranks_; }

 private:
  static constexpr std::size_t kStages = static_cast<std::size_t>(LeadStage::kCustomer) + 1;
  const std::vector<std::uint8_t>& ranks() const { return own_ranks_.empty() ? table_.lead_stage : own_ranks_; }
  void add_own_deal();
  void add_joined_deals(const Dataset& dataset);
  void raise(std::size_t row, LeadStage stage, Day day);
  void make_strict_ranks(const Dataset& dataset);

  const FileTable& table_;
  DaySource days_[kStages];                 // by stage; of kLead, the day of creation
  std::vector<std::uint8_t> own_ranks_;     // the table's marks with what the deals add; empty: the table's marks will do
  std::vector<std::uint8_t> rule_ranks_;    // kStrict
  std::vector<std::uint8_t> told_;          // bit s: a deal tells that the row reached LeadStage s
};

}  // namespace kpi
