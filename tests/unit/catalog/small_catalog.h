// A small catalogue that keeps every rule, for tests that break one at a time.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/catalog/catalog.h"

namespace kpi::testing_catalog {

inline std::string small_catalog() {
  return R"({
    "families": ["cost", "deals"],
    "tables": [
      {"id": "leads", "key": "lead_id", "fields": [
        {"id": "lead_id", "kind": "key"}, {"id": "account_name", "kind": "text", "dimension": true}, {"id": "created_at", "kind": "date"},
        {"id": "customer_at", "kind": "date"}, {"id": "score", "kind": "number"}, {"id": "visits", "kind": "number", "additive": true}]},
      {"id": "ad_spend", "key": "", "fields": [
        {"id": "date", "kind": "date"}, {"id": "channel", "kind": "text", "dimension": true, "role": "channel"},
        {"id": "cost", "kind": "number", "additive": true, "money": true}]},
      {"id": "accounts", "lookup": true, "key": "account_name", "of": ["leads"], "fields": [
        {"id": "account_name", "kind": "text", "dimension": true}, {"id": "industry", "kind": "text", "dimension": true}]}],
    "measures": [
      {"id": "media_spend", "unit": "money", "sources": [{"table": "ad_spend", "aggregate": "sum", "value": "cost", "date": "date"}]},
      {"id": "new_leads", "unit": "lead", "sources": [{"table": "leads", "aggregate": "count", "date": "created_at"}]},
      {"id": "mqls", "unit": "mql", "sources": [
        {"table": "leads", "aggregate": "count", "date": "created_at", "where": {"reached": "mql"}, "note": "by_stage_rank"}]},
      {"id": "days", "unit": "lead*day", "sources": [
        {"table": "leads", "aggregate": "sum", "days_from": "created_at", "days_to": "customer_at", "date": "customer_at"}]},
      {"id": "new_customers", "unit": "customer", "additive": false, "sources": [
        {"table": "leads", "aggregate": "distinct", "distinct": ["account_name"], "date": "customer_at", "where": {"present": ["customer_at"]}}]},
      {"id": "gross_margin", "unit": "1", "parameter": true}],
    "kpis": []
  })";
}

inline std::string small_kpis() {
  return R"({"family": "cost", "kpis": [
    {"id": "cost_per_lead", "formula": "marketing_spend / new_leads", "unit": "money/lead", "display": "money", "better": "lower",
     "sources": [{"source": "002", "item": "4"}], "status": "as_stated", "variants_of": ["cost_per_mql"], "synonyms": ["CPL"]},
    {"id": "cost_per_mql", "formula": "marketing_spend / mqls", "unit": "money/mql", "display": "money", "better": "lower",
     "sources": [{"source": "002", "item": "1"}], "status": "corrected", "reason": "garbled", "variants_of": ["cost_per_lead"], "synonyms": []},
    {"id": "marketing_spend", "formula": "media_spend", "unit": "money", "display": "money", "better": "neutral",
     "sources": [{"source": "ext", "item": ""}], "status": "composed", "reason": "standard", "synonyms": ["budget"]},
    {"id": "mqls", "formula": "mqls", "unit": "mql", "display": "count", "better": "higher",
     "sources": [{"source": "003", "item": "1"}], "status": "as_stated", "synonyms": []},
    {"id": "lead_to_mql_rate", "formula": "mqls / new_leads", "unit": "mql/lead", "display": "percent", "better": "higher", "rate": true,
     "sources": [{"source": "003", "item": "1"}], "status": "as_stated", "synonyms": []},
    {"id": "days_to_customer", "formula": "days / new_leads", "unit": "day", "display": "days", "better": "lower",
     "sources": [{"source": "001", "item": "6"}], "status": "as_stated", "synonyms": []}]})";
}

inline Result<Catalog> load(std::string catalog, std::string kpis) {
  return Catalog::load({{"small.json", std::move(catalog)}, {"kpis.json", std::move(kpis)}});
}

/// `text` with the first `from` replaced; the test fails when `from` is not there.
inline std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

/// The error of a catalogue that must not load.
inline Error refused(std::string catalog, std::string kpis) {
  const Result<Catalog> result = load(std::move(catalog), std::move(kpis));
  EXPECT_FALSE(result.ok());
  return result.ok() ? Error{Code::request_invalid} : result.error();
}

/// Argument `name` of an error as text; empty when it has none of that name.
inline std::string argument(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.arguments) {
    if (key == name && std::holds_alternative<std::string>(value)) return std::get<std::string>(value);
  }
  return {};
}

}  // namespace kpi::testing_catalog
