#include "core/engine/lead_funnel.h"

#include <algorithm>

#include "core/engine/stage_dates.h"

namespace kpi {
namespace {

std::size_t number(LeadStage stage) { return static_cast<std::size_t>(stage); }
std::uint8_t mark(LeadStage stage) { return static_cast<std::uint8_t>(stage); }

/// Deals that name leads, where the table of leads itself says nothing about its deals.
bool names_leads(const FileTable& t) {
  const Column* id = t.table.kind == "opportunities" ? t.table.find("lead_id") : nullptr;
  return id != nullptr && id->kind == ColumnKind::kKey;
}

bool has_lead_ids(const FileTable& leads) {
  const Column* id = leads.table.find("lead_id");
  return id != nullptr && id->kind == ColumnKind::kKey;
}

bool has_joined_deals(const Dataset& dataset, const FileTable& leads) {
  return has_lead_ids(leads) && std::any_of(dataset.tables().begin(), dataset.tables().end(), [](const auto& t) { return names_leads(*t); });
}

bool has_won_deals(const FileTable& t) { return !t.deal_status.empty(); }
bool is_won(const FileTable& t, std::size_t row) { return t.deal_status[row] == static_cast<std::uint8_t>(DealStatus::kWon); }

}  // namespace

bool LeadFunnel::knows(const Dataset& dataset, const FileTable& leads, LeadStage stage) {
  if (stage == LeadStage::kLead) return leads.date("created_at") != nullptr;
  if (leads.knows(stage)) return true;
  if (stage == LeadStage::kCustomer && has_won_deals(leads)) return true;
  if (stage < LeadStage::kOpportunity || !has_joined_deals(dataset, leads)) return false;
  if (stage == LeadStage::kOpportunity) return true;
  return std::any_of(dataset.tables().begin(), dataset.tables().end(), [](const auto& t) { return names_leads(*t) && has_won_deals(*t); });
}

LeadFunnel::LeadFunnel(const Dataset& dataset, const FileTable& leads, StageRule rule) : table_(leads) {
  for (const StageDate& f : kStageDates) days_[number(f.stage)].column = leads.date(f.field);
  const bool knows_customers = leads.knows(LeadStage::kCustomer);
  if (!knows_customers && has_won_deals(leads)) add_own_deal();
  const bool asks_deals = !leads.knows(LeadStage::kOpportunity) || (!knows_customers && !has_won_deals(leads));
  if (asks_deals && has_joined_deals(dataset, leads)) add_joined_deals(dataset);
  if (own_ranks_.empty() && leads.lead_stage.empty()) own_ranks_.assign(leads.table.row_count, 0);
  if (rule == StageRule::kStrict) make_strict_ranks(dataset);
}

void LeadFunnel::raise(std::size_t row, LeadStage stage, Day day) {
  own_ranks_[row] = std::max(own_ranks_[row], mark(stage));
  if (told_.empty()) told_.assign(own_ranks_.size(), 0);
  told_[row] = static_cast<std::uint8_t>(told_[row] | 1U << number(stage));
  Day& known = days_[number(stage)].owned[row];
  if (day != kNoDay && (known == kNoDay || day < known)) known = day;
}

void LeadFunnel::add_own_deal() {
  own_ranks_ = table_.lead_stage;
  own_ranks_.resize(table_.table.row_count, 0);
  days_[number(LeadStage::kCustomer)].owned.assign(table_.table.row_count, kNoDay);
  const Column* closed = table_.date("closed_at");
  if (closed == nullptr) closed = table_.date("won_at");
  for (std::size_t row = 0; row < table_.table.row_count; ++row) {
    if (is_won(table_, row)) raise(row, LeadStage::kCustomer, closed == nullptr ? kNoDay : closed->days[row]);
  }
}

void LeadFunnel::add_joined_deals(const Dataset& dataset) {
  const std::size_t rows = table_.table.row_count;
  if (own_ranks_.empty()) own_ranks_ = table_.lead_stage;
  own_ranks_.resize(rows, 0);
  const bool takes_deals = !table_.knows(LeadStage::kOpportunity), takes_wins = !table_.knows(LeadStage::kCustomer) && !has_won_deals(table_);
  // A stage that the leads tell by text alone stays without dates.
  if (takes_deals) days_[number(LeadStage::kOpportunity)].owned.assign(rows, kNoDay);
  if (takes_wins) days_[number(LeadStage::kCustomer)].owned.assign(rows, kNoDay);
  for (const auto& t : dataset.tables()) {
    if (!names_leads(*t)) continue;
    const Column* id = t->table.find("lead_id");
    const Column* created = t->date("created_at");
    const DaySource won = day_source(dataset, *t, "closed_at", "won");
    for (std::size_t row = 0; row < t->table.row_count; ++row) {
      if (id->keys[row] == 0 || (!t->is_repeat.empty() && t->is_repeat[row] != 0)) continue;
      const Dataset::RowReference lead = dataset.find_lead(id->keys[row]);
      if (lead.table != &table_) continue;
      if (takes_deals) raise(lead.row, LeadStage::kOpportunity, created == nullptr ? kNoDay : created->days[row]);
      if (takes_wins && has_won_deals(*t) && is_won(*t, row)) raise(lead.row, LeadStage::kCustomer, won.exists() ? won.at(row) : kNoDay);
    }
  }
}

void LeadFunnel::make_strict_ranks(const Dataset& dataset) {
  rule_ranks_.assign(table_.table.row_count, mark(LeadStage::kLead));
  std::vector<std::uint8_t> is_out(table_.table.row_count, 0);
  for (std::size_t s = number(LeadStage::kMql); s < kStages; ++s) {
    const LeadStage stage = static_cast<LeadStage>(s);
    if (!knows(dataset, table_, stage)) continue;
    const DaySource& days = days_[s];
    for (std::size_t row = 0; row < is_out.size(); ++row) {
      bool came = days.exists() ? days.at(row) != kNoDay : ranks()[row] >= mark(stage);
      if (days.column == nullptr && days.exists()) came = !told_.empty() && (told_[row] >> s & 1U) != 0;  // a deal without a date is a deal
      if (!came) is_out[row] = 1;
      if (is_out[row] == 0) rule_ranks_[row] = mark(stage);
    }
  }
}

DaySource LeadFunnel::entered(LeadStage stage) const {
  const std::size_t first = number(stage);
  DaySource own;
  own.column = days_[first].column;
  if (stage == LeadStage::kLead) return own;
  const std::size_t rows = table_.table.row_count;
  if (!is_dated(stage)) {
    const Column* created = days_[number(LeadStage::kLead)].column;
    if (created == nullptr) return own;
    own.owned.assign(rows, kNoDay);
    for (std::size_t row = 0; row < rows; ++row) {
      if (ranks()[row] >= mark(stage)) own.owned[row] = created->days[row];
    }
    return own;
  }
  const bool has_later_deals = std::any_of(days_ + first + 1, days_ + kStages, [](const DaySource& days) { return !days.owned.empty(); });
  // A column that no lead skipped tells all there is to tell.
  if (own.column != nullptr && !has_later_deals && (table_.skipped_stages >> first & 1U) == 0) return own;
  std::vector<Day> days(rows, kNoDay);
  for (std::size_t row = 0; row < rows; ++row) {
    days[row] = days_[first].at(row);
    if (days[row] != kNoDay) continue;
    for (std::size_t s = first + 1; s < kStages; ++s) {
      const Day later = days_[s].exists() ? days_[s].at(row) : kNoDay;
      if (later != kNoDay && (days[row] == kNoDay || later < days[row])) days[row] = later;
    }
  }
  own.column = nullptr;
  own.owned = std::move(days);
  return own;
}

}  // namespace kpi
