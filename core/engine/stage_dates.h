// Which stages a lead goes through, and which date field of a lead tells when it entered each.
#pragma once

#include <array>
#include <string_view>

#include "core/mapping/mapper.h"

namespace kpi {

struct StageDate {
  LeadStage stage;
  std::string_view id;     // as requests and answers name it
  const char* field;       // of leads
};

/// In the order of the stages. The first is everybody's: a lead is one from its creation on.
constexpr std::array<StageDate, 6> kStageDates = {{{LeadStage::kLead, "lead", "created_at"},
                                                   {LeadStage::kMql, "mql", "mql_at"},
                                                   {LeadStage::kSal, "sal", "sal_at"},
                                                   {LeadStage::kSql, "sql", "sql_at"},
                                                   {LeadStage::kOpportunity, "opportunity", "opportunity_at"},
                                                   {LeadStage::kCustomer, "customer", "customer_at"}}};
/// The first of them that has to be reached.
constexpr std::size_t kFirstReached = 1;

/// The stage's entry, or null for one that leads do not go through.
constexpr const StageDate* stage_date(LeadStage stage) {
  for (const StageDate& one : kStageDates) {
    if (one.stage == stage) return &one;
  }
  return nullptr;
}

/// "lead", "mql" ...; empty for others.
constexpr std::string_view stage_id(LeadStage stage) {
  const StageDate* one = stage_date(stage);
  return one == nullptr ? std::string_view() : one->id;
}

/// kUnknown where no stage has this id.
constexpr LeadStage stage_from_id(std::string_view id) {
  for (const StageDate& one : kStageDates) {
    if (one.id == id) return one.stage;
  }
  return LeadStage::kUnknown;
}

}  // namespace kpi
