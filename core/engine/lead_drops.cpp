#include "core/engine/lead_drops.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/engine/dimension.h"

namespace kpi {
namespace {

constexpr std::size_t kMostReasons = 65535;

const Column* texts_of(const FileTable& t, std::string_view field) {
  const Column* column = t.table.find(field);
  return column != nullptr && column->kind == ColumnKind::kText ? column : nullptr;
}

std::vector<std::uint16_t> reasons_by_code(const Column& column, DropReasons& reasons) {
  std::vector<std::uint16_t> by_code;
  for (std::size_t code = 0; code < column.dictionary.size(); ++code) by_code.push_back(reasons.number(column.dictionary.text(static_cast<std::uint16_t>(code))));
  return by_code;
}

bool is_lost(const FileTable& t, std::size_t row) { return !t.deal_status.empty() && t.deal_status[row] == static_cast<std::uint8_t>(DealStatus::kLost); }

/// Which texts of a column mean that a lead is out.
std::vector<bool> disqualifying_codes(const Column* column) {
  std::vector<bool> is_out;
  if (column == nullptr || column->kind != ColumnKind::kText) return is_out;
  for (std::size_t code = 0; code < column->dictionary.size(); ++code) {
    is_out.push_back(classify_lead_stage(column->dictionary.text(static_cast<std::uint16_t>(code))) == LeadStage::kDisqualified);
  }
  return is_out;
}

}  // namespace

std::uint16_t DropReasons::number(std::string_view text) {
  const std::string key = member_key(text);
  if (key.empty()) return kNone;
  const auto found = numbers_.find(key);
  if (found != numbers_.end()) return found->second;
  if (labels_.size() == kMostReasons) return static_cast<std::uint16_t>(kMostReasons - 1);
  const auto number = static_cast<std::uint16_t>(labels_.size());
  labels_.emplace_back(trim(text));
  numbers_.emplace(key, number);
  return number;
}

LostDeals deals_of_leads(const Dataset& dataset, DropReasons& reasons) {
  LostDeals all;
  for (const auto& t : dataset.tables()) {
    const Column* id = t->table.kind == "opportunities" ? t->table.find("lead_id") : nullptr;
    if (id == nullptr || id->kind != ColumnKind::kKey || t->deal_status.empty()) continue;
    const DaySource lost = day_source(dataset, *t, "closed_at", "lost");
    const Column* created = t->date("created_at");
    const Column* reason = texts_of(*t, "lost_reason");
    const std::vector<std::uint16_t> by_code = reason == nullptr ? std::vector<std::uint16_t>() : reasons_by_code(*reason, reasons);
    for (std::size_t row = 0; row < t->table.row_count; ++row) {
      if (id->keys[row] == 0 || (!t->is_repeat.empty() && t->is_repeat[row] != 0)) continue;
      const Dataset::RowReference lead = dataset.find_lead(id->keys[row]);
      if (lead.table == nullptr) continue;
      std::vector<DealsOfLead>& of_table = all[lead.table];
      if (of_table.empty()) of_table.resize(lead.table->table.row_count);
      DealsOfLead& deals = of_table[lead.row];
      if (created != nullptr) deals.last = std::max(deals.last, created->days[row]);
      if (!is_lost(*t, row)) {
        deals.has_other = true;
        continue;
      }
      deals.has_lost = true;
      const Day day = lost.exists() ? lost.at(row) : kNoDay;
      const std::uint16_t why = reason == nullptr ? DropReasons::kNone : reason_of(by_code, reason->codes[row]);
      if (why != DropReasons::kNone && (deals.reason == DropReasons::kNone || day >= deals.lost)) deals.reason = why;
      deals.lost = std::max(deals.lost, day);
    }
  }
  return all;
}

LeadDrops::Reasons LeadDrops::read(const FileTable& t, std::string_view field, DropReasons& reasons) {
  const Column* column = texts_of(t, field);
  if (column == nullptr) return {};
  return {column, reasons_by_code(*column, reasons)};
}

LeadDrops::LeadDrops(const Dataset& dataset, const FileTable& t, const LostDeals& deals, DropReasons& reasons)
    : t_(t), date_(t.date("disqualified_at")), stage_(t.table.find("lead_stage")), is_out_(disqualifying_codes(stage_)),
      lost_(day_source(dataset, t, "closed_at", "lost")), disqualified_reason_(read(t, "disqualified_reason", reasons)),
      lost_reason_(read(t, "lost_reason", reasons)) {
  const auto found = deals.find(&t);
  if (found != deals.end()) deals_ = &found->second;
}

LeadDrops::Drop LeadDrops::of(std::size_t row) const {
  const std::uint16_t own = disqualified_reason_.at(row), of_deal = lost_reason_.at(row), first = own != DropReasons::kNone ? own : of_deal;
  if (date_ != nullptr && date_->days[row] != kNoDay) return {true, date_->days[row], first};
  if (is_lost(t_, row)) return {true, lost_.exists() ? lost_.at(row) : kNoDay, of_deal != DropReasons::kNone ? of_deal : own};
  if (deals_ != nullptr && (*deals_)[row].has_lost && !(*deals_)[row].has_other) {
    return {true, (*deals_)[row].lost, (*deals_)[row].reason != DropReasons::kNone ? (*deals_)[row].reason : first};
  }
  const bool is_out = !is_out_.empty() && stage_->codes[row] < is_out_.size() && is_out_[stage_->codes[row]];
  return {is_out, kNoDay, is_out ? first : DropReasons::kNone};
}

bool knows_drop_reasons(const Dataset& dataset) {
  return std::any_of(dataset.tables().begin(), dataset.tables().end(), [](const auto& t) {
    const bool is_of_funnel = t->table.kind == "leads" || t->table.kind == "opportunities";
    return is_of_funnel && (texts_of(*t, "disqualified_reason") != nullptr || texts_of(*t, "lost_reason") != nullptr);
  });
}

}  // namespace kpi
