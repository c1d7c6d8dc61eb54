#include "core/engine/scored_leads.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/engine/lead_funnel.h"
#include "core/engine/outcomes.h"

namespace kpi {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<std::string_view, 10> kTraits = {"channel", "source", "medium", "campaign", "country", "region", "segment", "industry", "product", "device"};
constexpr std::array<std::string_view, 3> kIdentity = {"email", "account_name", "lead_id"};
constexpr std::array<std::string_view, 3> kAssigned = {"owner", "owner_manager", "owner_team"};
constexpr std::array<std::string_view, 4> kDetail = {"ad_group", "ad", "keyword", "landing_page"};
constexpr std::array<std::string_view, 2> kDates = {"created_at", "first_touch_at"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& list, std::string_view id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

std::string_view reason_against(const Column& column) {
  const std::string_view id = column.field;
  if (holds(kIdentity, id) || column.kind == ColumnKind::kKey) return "identity";
  if (holds(kAssigned, id)) return "assigned";
  if (holds(kDetail, id)) return "detail";
  if (holds(kDates, id)) return "date";
  const bool is_of_outcome = column.kind == ColumnKind::kDate || id.find("stage") != id.npos || id.find("status") != id.npos || id.substr(0, 3) == "is_" ||
                             id.substr(0, 4) == "deal" || id.substr(0, 5) == "lost_" || id.substr(0, 8) == "customer" || id == "amount" || id.substr(0, 5) == "sales";
  return is_of_outcome ? "outcome" : "not_used";
}

void exclude(const FileTable& t, std::vector<ScoredLeads::Excluded>& excluded) {
  for (const Column& column : t.table.columns) {
    if (column.field.empty() || column.source_column == kDerivedColumn || column.field == "score" || holds(kTraits, column.field)) continue;
    const auto is_same = [&](const ScoredLeads::Excluded& one) { return one.field == column.field; };
    if (std::none_of(excluded.begin(), excluded.end(), is_same)) excluded.push_back({column.field, reason_against(column)});
  }
}

/// Middle of the days from creation to customer over all leads, whatever the window: how long it takes is not a matter of the period asked.
std::optional<double> median_days(const Dataset& dataset) {
  std::vector<std::int32_t> days;
  for (const auto& t : dataset.tables()) {
    const Column* created = t->table.kind == "leads" ? t->date("created_at") : nullptr;
    if (created == nullptr || !LeadFunnel::knows(dataset, *t, LeadStage::kCustomer)) continue;
    const LeadFunnel funnel(dataset, *t, StageRule::kReachedOrBeyond);
    if (!funnel.is_dated(LeadStage::kCustomer)) continue;
    const DaySource won = funnel.entered(LeadStage::kCustomer);
    for (std::size_t row = 0; row < t->table.row_count; ++row) {
      if (!t->is_repeat.empty() && t->is_repeat[row] != 0) continue;
      if (created->days[row] != kNoDay && won.at(row) != kNoDay) days.push_back(std::max(won.at(row) - created->days[row], 0));
    }
  }
  if (days.empty()) return std::nullopt;
  std::sort(days.begin(), days.end());
  const std::size_t half = days.size() / 2;
  return days.size() % 2 == 1 ? days[half] : (static_cast<double>(days[half - 1]) + days[half]) / 2;
}

void read_table(const Dataset& dataset, const FileTable& t, const ReportScope& scope, ScoredLeads& out) {
  const Column* score = t.table.find("score");
  if (score != nullptr && score->kind != ColumnKind::kNumber) score = nullptr;
  const LeadOutcomes told = lead_outcomes(dataset, t);
  out.has_score = out.has_score || score != nullptr;
  out.has_outcome = out.has_outcome || !told.values.empty();
  const Column* created = t.date("created_at");
  std::vector<const DimensionView*> filters, traits;
  for (const Filter& f : scope.filters) filters.push_back(f.dimension->view(t));
  for (const auto& trait : out.traits) traits.push_back(trait->view(t));
  const bool is_known = std::find(filters.begin(), filters.end(), nullptr) == filters.end();
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    if (!t.is_repeat.empty() && t.is_repeat[row] != 0) {
      ++out.repeated;
      continue;
    }
    const Day day = created == nullptr ? kNoDay : created->days[row];
    bool is_inside = is_known && (scope.window.is_unbounded || (day != kNoDay && day >= scope.window.first && day <= scope.window.last));
    for (std::size_t f = 0; is_inside && f < filters.size(); ++f) is_inside = scope.filters[f].is_allowed[filters[f]->member(row)];
    if (!is_inside) {
      ++out.outside;
      continue;
    }
    const double outcome = told.values.empty() ? kNoNumber : told.values[row];
    const bool is_young = out.median_days && day != kNoDay && out.data_last != kNoDay && out.data_last - day < *out.median_days;
    if (std::isnan(outcome)) ++out.open;
    else if (is_young) ++out.young;
    LeadBlock& block = std::isnan(outcome) || is_young ? out.undecided : out;
    block.created.push_back(day);
    block.decided.push_back(told.decided.empty() ? kNoDay : told.decided[row]);
    block.scores.push_back(score == nullptr || !std::isfinite(score->numbers[row]) ? kNoNumber : score->numbers[row]);
    block.outcomes.push_back(outcome > 0 ? 1 : 0);
    block.states.push_back(outcome > 0 ? LeadState::kCustomer : outcome == 0 && told.knows_losses ? LeadState::kLost : LeadState::kOpen);
    block.rows.push_back({&t, static_cast<std::uint32_t>(row)});
    for (std::size_t i = 0; i < traits.size(); ++i) block.members[i].push_back(traits[i] == nullptr ? Dimension::kBlank : traits[i]->member(row));
    if (&block != &out) continue;
    out.converted += block.outcomes.back();
    out.scored += std::isnan(block.scores.back()) ? 0U : 1U;
  }
}

template <class T>
void reorder(std::vector<T>& values, const std::vector<std::size_t>& order) {
  std::vector<T> sorted;
  sorted.reserve(order.size());
  for (const std::size_t i : order) sorted.push_back(values[i]);
  values = std::move(sorted);
}

void sort_by_day(LeadBlock& block) {
  std::vector<std::size_t> order(block.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return block.created[a] < block.created[b]; });
  for (std::vector<std::uint32_t>& members : block.members) reorder(members, order);
  reorder(block.decided, order);
  reorder(block.scores, order);
  reorder(block.outcomes, order);
  reorder(block.states, order);
  reorder(block.rows, order);
  reorder(block.created, order);
}

}  // namespace

bool is_lead_trait(std::string_view dimension) { return holds(kTraits, dimension); }

Result<ScoredLeads> scored_leads(const Dataset& dataset, const ReportRequest& request) {
  const Result<ReportScope> scope = open_scope(dataset, request);
  if (!scope.ok()) return scope.error();
  ScoredLeads out;
  for (const auto& t : dataset.tables()) {
    if (t->table.kind != "leads" && t->table.kind != "opportunities") continue;
    if (t->last_day != kNoDay) out.data_last = out.data_last == kNoDay ? t->last_day : std::max(out.data_last, t->last_day);
    if (t->table.kind == "leads") exclude(*t, out.excluded);
  }
  out.median_days = median_days(dataset);
  for (const std::string_view id : kTraits) {
    auto trait = std::make_shared<Dimension>(dataset, id);
    const auto knows = [&](const auto& t) { return t->table.kind == "leads" && trait->view(*t) != nullptr; };
    if (std::any_of(dataset.tables().begin(), dataset.tables().end(), knows)) out.traits.push_back(std::move(trait));
  }
  out.members.resize(out.traits.size());
  out.undecided.members.resize(out.traits.size());
  for (const auto& t : dataset.tables()) {
    if (t->table.kind != "leads") continue;
    out.has_leads = true;
    read_table(dataset, *t, scope.value(), out);
  }
  sort_by_day(out);
  sort_by_day(out.undecided);
  return out;
}

}  // namespace kpi
