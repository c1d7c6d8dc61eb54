#include "core/catalog/catalog.h"

#include <algorithm>

#include "core/catalog/lint/lint.h"

namespace kpi {
namespace {

template <class Entry>
const Entry* find_by_id(const std::vector<Entry>& entries, std::string_view id) {
  for (const Entry& entry : entries) {
    if (entry.id == id) return &entry;
  }
  return nullptr;
}

}  // namespace

const Field* TableSchema::find(std::string_view field) const { return find_by_id(fields, field); }

std::vector<std::string> MeasureSource::needed_fields() const {
  std::vector<std::string> needed;
  const auto need = [&](const std::string& field) {
    if (!field.empty() && std::find(needed.begin(), needed.end(), field) == needed.end()) needed.push_back(field);
  };
  need(value_field);
  need(outcome_field);
  need(channel_field);
  need(days_from);
  need(days_to);
  need(date_field);
  for (const std::string& field : distinct_fields) need(field);
  for (const std::string& field : where.present) need(field);
  for (const WordCondition& condition : where.is) need(condition.field);
  return needed;
}

const TableSchema* Catalog::table(std::string_view id) const { return find_by_id(tables_, id); }
const Measure* Catalog::measure(std::string_view id) const { return find_by_id(measures_, id); }
const Kpi* Catalog::kpi(std::string_view id) const { return find_by_id(kpis_, id); }


void Catalog::replace_family(std::string_view family, std::vector<Kpi> kpis) {
  std::erase_if(kpis_, [&](const Kpi& kpi) { return kpi.family == family; });
  std::erase(families_, family);
  if (!kpis.empty()) families_.emplace_back(family);
  for (Kpi& kpi : kpis) kpis_.push_back(std::move(kpi));
  Result<std::vector<std::size_t>> order = lint::dependency_order(*this);
  if (order.ok()) order_ = std::move(order).value();  // there is one: no cycle was let in
}

}  // namespace kpi
