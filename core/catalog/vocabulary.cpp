#include "core/catalog/vocabulary.h"

#include <algorithm>

namespace kpi {
namespace {

constexpr std::string_view kDisplays[] = {"count", "money", "percent", "ratio", "days", "money_per_day",
                                        "number", "seconds", "hours", "months", "years"};
constexpr std::string_view kDirections[] = {"higher", "lower", "neutral"};
constexpr std::string_view kStatuses[] = {"as_stated", "corrected", "composed"};
constexpr std::string_view kFieldRoles[] = {"channel", "currency", "deal_stage", "deal_status", "is_won", "is_closed", "lead_stage",
                                          "cost_kind", "web_event", "experiment_arm", "device", "landing_page", "sales_feedback", "flag", "account"};
constexpr std::string_view kDealStatuses[] = {"won", "lost", "open"};
constexpr std::string_view kEntryStages[] = {"lead", "mql", "sal", "sql", "opportunity", "customer"};
constexpr std::string_view kColumnKinds[] = {"text", "key", "number", "date"};
constexpr std::string_view kAggregates[] = {"count", "sum", "median", "distinct", "unique", "movement", "active", "cohort", "retained", "auc"};
constexpr std::string_view kEarlier[] = {"", "period", "lag"};
constexpr std::string_view kMovements[] = {"new", "reactivation", "expansion", "contraction", "churn"};
constexpr std::string_view kStocks[] = {"", "start", "end"};

struct Source {
  std::string_view id;
  int items;                 // numbered from 1
  std::string_view more[2];  // items that carry a name
};
constexpr Source kSources[] = {
    {"000", 8, {}}, {"001", 10, {}}, {"002", 10, {"ex", "ds"}}, {"003", 9, {}}, {"004", 17, {}}};

}  // namespace

std::span<const std::string_view> displays() { return kDisplays; }
std::span<const std::string_view> directions() { return kDirections; }
std::span<const std::string_view> statuses() { return kStatuses; }
std::span<const std::string_view> field_roles() { return kFieldRoles; }
std::span<const std::string_view> deal_statuses() { return kDealStatuses; }
std::span<const std::string_view> entry_stages() { return kEntryStages; }
std::span<const std::string_view> lead_stages() { return entry_stages().subspan(1); }
std::span<const std::string_view> column_kinds() { return kColumnKinds; }
std::span<const std::string_view> aggregates() { return kAggregates; }
std::span<const std::string_view> movements() { return kMovements; }
std::span<const std::string_view> stocks() { return kStocks; }
std::span<const std::string_view> earlier_values() { return kEarlier; }

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_source_item(std::string_view source, std::string_view item) {
  if (source == "ext") return true;
  for (const Source& known : kSources) {
    if (known.id != source) continue;
    if (item.empty()) return false;
    if (item == known.more[0] || item == known.more[1]) return true;
    int number = 0;
    for (const char c : item) {
      if (c < '0' || c > '9' || number > 99) return false;
      number = number * 10 + (c - '0');
    }
    return number >= 1 && number <= known.items && item[0] != '0';
  }
  return false;
}

}  // namespace kpi
