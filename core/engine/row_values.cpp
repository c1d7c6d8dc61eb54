#include "core/engine/row_values.h"

#include <algorithm>

#include "core/engine/dimension.h"
#include "core/engine/lead_funnel.h"

namespace kpi {
namespace {

const Column* own_day_column(const FileTable& table, std::string_view field, std::string_view deal_status) {
  if (const Column* column = table.date(field)) return column;
  if (field != "closed_at") return nullptr;
  return table.date(deal_status == "lost" ? "lost_at" : "won_at");
}

const Column* lead_day_column(const FileTable& lead) {
  const Column* first_touch = lead.date("first_touch_at");
  return first_touch != nullptr ? first_touch : lead.date("created_at");
}

bool can_ask_lead(const Dataset& dataset, const FileTable& table, std::string_view field) {
  if (field != "first_touch_at" || table.table.kind != "opportunities") return false;
  const Column* id = table.table.find("lead_id");
  if (id == nullptr || id->kind != ColumnKind::kKey) return false;
  return std::any_of(dataset.tables().begin(), dataset.tables().end(), [](const auto& t) {
    return t->table.kind == "leads" && t->has("lead_id") && lead_day_column(*t) != nullptr;
  });
}

}  // namespace

bool has_day_source(const Dataset& dataset, const FileTable& table, std::string_view field, std::string_view deal_status) {
  return own_day_column(table, field, deal_status) != nullptr || can_ask_lead(dataset, table, field);
}

DaySource day_source(const Dataset& dataset, const FileTable& table, std::string_view field, std::string_view deal_status) {
  DaySource source;
  source.column = own_day_column(table, field, deal_status);
  if (source.column != nullptr || !can_ask_lead(dataset, table, field)) return source;
  const Column* id = table.table.find("lead_id");
  source.owned.assign(table.table.row_count, kNoDay);
  for (std::size_t row = 0; row < table.table.row_count; ++row) {
    if (id->keys[row] == 0) continue;
    const Dataset::RowReference lead = dataset.find_lead(id->keys[row]);
    const Column* column = lead.table == nullptr ? nullptr : lead_day_column(*lead.table);
    if (column != nullptr) source.owned[row] = column->days[lead.row];
  }
  return source;
}

DayRange day_range(const FileTable& table, std::string_view field, std::string_view deal_status) {
  const Column* column = own_day_column(table, field, deal_status);
  return column == nullptr ? DayRange{} : DayRange{column->first_day, column->last_day};
}

bool source_applies(const Dataset& dataset, const FileTable& table, const MeasureSource& source) {
  if (table.table.kind != source.table) return false;
  if (!source.value_field.empty()) {
    const Column* column = table.table.find(source.value_field);
    if (column == nullptr || column->kind != ColumnKind::kNumber) return false;
  }
  const std::string& status = source.where.deal_status;
  if (!source.days_from.empty() && !has_day_source(dataset, table, source.days_from, status)) return false;
  if (!source.days_to.empty() && !has_day_source(dataset, table, source.days_to, status)) return false;
  if (source.aggregate == Aggregate::kMovement || source.aggregate == Aggregate::kActive || source.aggregate == Aggregate::kRetained) {
    const Column* customer = table.table.find("customer_id");
    const bool is_end_sure = !table.has("end_at") || table.date("end_at") != nullptr;
    return customer != nullptr && customer->kind == ColumnKind::kKey && table.date("start_at") != nullptr && is_end_sure && table.has("mrr");
  }
  if (!source.outcome_field.empty() && !table.has(source.outcome_field)) return false;
  if (source.aggregate == Aggregate::kCohort) {
    const LeadStage from = stage_from_id(source.where.entered), to = stage_from_id(source.where.reached);
    if (!LeadFunnel::knows(dataset, table, from)) return false;
    if (to != LeadStage::kUnknown && !LeadFunnel::knows(dataset, table, to)) return false;
  }
  if (source.aggregate == Aggregate::kUnique) {
    const Column* key = table.table.find(source.distinct_fields.front());
    if (key == nullptr || key->kind != ColumnKind::kKey) return false;
  }
  if (source.aggregate == Aggregate::kDistinct && table.is_first_win.empty()) return false;
  if (!status.empty() && table.deal_status.empty()) return false;
  if (!status.empty() && status != "won" && !table.knows_losses) return false;
  const bool has_words = std::all_of(source.where.is.begin(), source.where.is.end(), [&](const WordCondition& condition) {
    return Dimension(dataset, condition.field).view(table) != nullptr;
  });
  if (!has_words) return false;
  // A file that never speaks of a stage must not count later stages as having reached it.
  if (source.aggregate != Aggregate::kCohort && !source.where.reached.empty() && !table.knows(stage_from_id(source.where.reached))) return false;
  return std::all_of(source.where.present.begin(), source.where.present.end(),
                     [&](const std::string& f) { return table.has(f) || has_day_source(dataset, table, f, status); });
}

}  // namespace kpi
