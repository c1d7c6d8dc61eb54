#include "core/engine/funnel_visits.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/engine/lead_funnel.h"

namespace kpi {
namespace {

struct StageField {
  LeadStage stage;
  const char* field;
};
constexpr StageField kStageFields[] = {{LeadStage::kLead, "created_at"},  {LeadStage::kMql, "mql_at"},
                                       {LeadStage::kSal, "sal_at"},       {LeadStage::kSql, "sql_at"},
                                       {LeadStage::kOpportunity, "opportunity_at"}, {LeadStage::kCustomer, "customer_at"}};

/// A stage that a file of leads tells apart.
struct Step {
  std::uint8_t stage;   // index in FunnelVisits::stages
  LeadStage id;
  DaySource entered;
  const Column* own;    // the file's own dates of the stage, or null
  bool is_dated;
};

/// What the deals that name a lead say together.
struct DealsOfLead {
  bool has_lost = false, has_other = false;
  Day last = kNoDay;    // latest creation or close of them
  Day lost = kNoDay;    // latest close of a lost one
};

using LostDeals = std::map<const FileTable*, std::vector<DealsOfLead>>;

LostDeals deals_of_leads(const Dataset& dataset) {
  LostDeals all;
  for (const auto& t : dataset.tables()) {
    const Column* id = t->table.kind == "opportunities" ? t->table.find("lead_id") : nullptr;
    if (id == nullptr || id->kind != ColumnKind::kKey || t->deal_status.empty()) continue;
    const DaySource lost = day_source(dataset, *t, "closed_at", "lost");
    const Column* created = t->date("created_at");
    for (std::size_t row = 0; row < t->table.row_count; ++row) {
      if (id->keys[row] == 0 || is_repeated(*t, row)) continue;
      const Dataset::RowReference lead = dataset.find_lead(id->keys[row]);
      if (lead.table == nullptr) continue;
      std::vector<DealsOfLead>& of_table = all[lead.table];
      if (of_table.empty()) of_table.resize(lead.table->table.row_count);
      DealsOfLead& deals = of_table[lead.row];
      const bool is_lost = t->deal_status[row] == static_cast<std::uint8_t>(DealStatus::kLost);
      (is_lost ? deals.has_lost : deals.has_other) = true;
      if (created != nullptr) deals.last = std::max(deals.last, created->days[row]);
      if (is_lost && lost.exists()) deals.lost = std::max(deals.lost, lost.at(row));
    }
  }
  return all;
}

/// Which texts of a column mean that a lead is out.
std::vector<bool> disqualifying_codes(const Column* column) {
  std::vector<bool> is_out;
  if (column == nullptr || column->kind != ColumnKind::kText) return is_out;
  for (std::size_t code = 0; code < column->dictionary.size(); ++code) {
    is_out.push_back(classify_lead_stage(column->dictionary.text(static_cast<std::uint16_t>(code))) == LeadStage::kDisqualified);
  }
  return is_out;
}

/// Whether and when leads of one file were disqualified.
class Drops {
 public:
  Drops(const Dataset& dataset, const FileTable& t, const LostDeals& deals)
      : t_(t), date_(t.date("disqualified_at")), stage_(t.table.find("lead_stage")), is_out_(disqualifying_codes(stage_)),
        lost_(day_source(dataset, t, "closed_at", "lost")) {
    const auto found = deals.find(&t);
    if (found != deals.end()) deals_ = &found->second;
  }
  struct Drop {
    bool is_dropped = false;
    Day day = kNoDay;
  };
  Drop of(std::size_t row) const {
    if (date_ != nullptr && date_->days[row] != kNoDay) return {true, date_->days[row]};
    if (!t_.deal_status.empty() && t_.deal_status[row] == static_cast<std::uint8_t>(DealStatus::kLost)) return {true, lost_.exists() ? lost_.at(row) : kNoDay};
    if (deals_ != nullptr && (*deals_)[row].has_lost && !(*deals_)[row].has_other) return {true, (*deals_)[row].lost};
    const bool is_out = !is_out_.empty() && stage_->codes[row] < is_out_.size() && is_out_[stage_->codes[row]];
    return {is_out, kNoDay};
  }
  Day last_deal(std::size_t row) const { return deals_ == nullptr ? kNoDay : (*deals_)[row].last; }

 private:
  const FileTable& t_;
  const Column* date_;
  const Column* stage_;
  std::vector<bool> is_out_;
  DaySource lost_;
  const std::vector<DealsOfLead>* deals_ = nullptr;
};

/// The visits of one file's leads.
class Visitor {
 public:
  Visitor(const Dataset& dataset, const FileTable& t, const ReportScope& scope, const Dimension* by, StageRule rule, const LostDeals& deals, FunnelVisits& into)
      : t_(t), scope_(scope), by_(by), into_(into), funnel_(dataset, t, rule), drops_(dataset, t, deals) {
    for (const char* field : {"created_at", "handoff_at", "first_response_at"}) {
      if (const Column* column = t.date(field)) changes_.push_back(column);
    }
    for (std::size_t s = 0; s < into.stages.size(); ++s) {
      const LeadStage stage = into.stages[s].stage;
      if (!LeadFunnel::knows(dataset, t, stage)) continue;
      const char* field = std::find_if(std::begin(kStageFields), std::end(kStageFields), [&](const StageField& f) { return f.stage == stage; })->field;
      steps_.push_back({static_cast<std::uint8_t>(s), stage, funnel_.entered(stage), t.date(field), funnel_.is_dated(stage)});
    }
  }

  void visit() {
    const std::vector<std::uint8_t>& reached = funnel_.reached();
    for (std::size_t row = 0; row < t_.table.row_count; ++row) {
      if (is_repeated(t_, row)) {
        ++into_.repeats;
      } else if (is_filtered_out(scope_.filters, t_, row)) {
        ++into_.filtered;
      } else if (steps_.size() < 2) {
        ++into_.untold;
      } else {
        visit_lead(row, reached[row]);
      }
    }
    into_.rows += t_.table.row_count;
  }

 private:
  void visit_lead(std::size_t row, std::uint8_t reached) {
    std::size_t in = 0;  // steps that the lead is or was in; everybody is a lead
    while (in < steps_.size() && (steps_[in].id == LeadStage::kLead || static_cast<std::uint8_t>(steps_[in].id) <= reached)) ++in;
    if (in == 0) return;
    const Drops::Drop drop = drops_.of(row);
    const Day changed = last_change(row, in);
    const std::uint32_t member = member_of(by_, t_, row);
    for (std::size_t i = 0; i < in && i + 1 < steps_.size(); ++i) {
      const Day entered = steps_[i].entered.exists() ? steps_[i].entered.at(row) : kNoDay;
      if (!scope_.window.is_unbounded && entered == kNoDay) ++into_.undated;
      if (!scope_.window.is_unbounded && (entered == kNoDay || entered < scope_.window.first || entered > scope_.window.last)) continue;
      const StageFate fate = i + 1 < in ? StageFate::kAdvanced : drop.is_dropped ? StageFate::kDisqualified : StageFate::kOpen;
      FunnelVisit visit{member, 0, 0, steps_[i].stage, fate, VisitTime::kUndated};
      if (changed != kNoDay && changed <= into_.as_of) visit.idle = into_.as_of - changed;
      Day end = fate == StageFate::kOpen ? into_.as_of : kNoDay;
      if (fate == StageFate::kAdvanced && steps_[i + 1].is_dated) end = steps_[i + 1].entered.at(row);
      if (fate == StageFate::kDisqualified) end = drop.day == kNoDay ? changed : drop.day;
      if (fate == StageFate::kDisqualified && drop.day == kNoDay) ++into_.drops_undated;
      if (steps_[i].is_dated && entered != kNoDay && end != kNoDay) {
        const bool is_skipped = steps_[i].own != nullptr && steps_[i].own->days[row] == kNoDay;
        visit.time = is_skipped ? VisitTime::kSkipped : end < entered ? VisitTime::kOutOfOrder : VisitTime::kKnown;
        if (visit.time == VisitTime::kKnown) visit.days = end - entered;
      }
      into_.visits.push_back(visit);
    }
  }

  Day last_change(std::size_t row, std::size_t in) const {
    Day last = drops_.last_deal(row);
    for (const Column* column : changes_) last = std::max(last, column->days[row]);
    for (std::size_t i = 0; i < in; ++i) {
      if (steps_[i].entered.exists()) last = std::max(last, steps_[i].entered.at(row));
    }
    return last;
  }

  const FileTable& t_;
  const ReportScope& scope_;
  const Dimension* by_;
  FunnelVisits& into_;
  LeadFunnel funnel_;
  Drops drops_;
  std::vector<const Column*> changes_;
  std::vector<Step> steps_;
};

}  // namespace

Day last_day_of_funnel(const Dataset& dataset) {
  Day last = kNoDay;
  for (const auto& t : dataset.tables()) {
    if (t->table.kind == "leads" || t->table.kind == "opportunities") last = std::max(last, t->last_day);
  }
  return last;
}

bool is_filtered_out(const std::vector<Filter>& filters, const FileTable& table, std::size_t row) {
  return std::any_of(filters.begin(), filters.end(), [&](const Filter& f) {
    const DimensionView* view = f.dimension->view(table);
    return view == nullptr || !f.is_allowed[view->member(row)];
  });
}

std::uint32_t member_of(const Dimension* by, const FileTable& table, std::size_t row) {
  const DimensionView* view = by == nullptr ? nullptr : by->view(table);
  return view == nullptr ? Dimension::kBlank : view->member(row);
}

FunnelVisits funnel_visits(const Dataset& dataset, const ReportScope& scope, const Dimension* by, StageRule rule) {
  FunnelVisits all;
  all.as_of = last_day_of_funnel(dataset);
  constexpr std::size_t kStages = std::size(kStageFields);
  std::array<bool, kStages> is_known = {}, is_dated = {};
  for (const auto& t : dataset.tables()) {
    if (t->table.kind != "leads") continue;
    const LeadFunnel funnel(dataset, *t, rule);
    for (std::size_t s = 0; s < kStages; ++s) {
      if (!LeadFunnel::knows(dataset, *t, kStageFields[s].stage)) continue;
      is_known[s] = true;
      is_dated[s] = is_dated[s] || funnel.is_dated(kStageFields[s].stage);
    }
  }
  for (std::size_t s = 0; s < kStages; ++s) {
    if (is_known[s]) all.stages.push_back({kStageFields[s].stage, is_dated[s]});
  }
  const LostDeals deals = deals_of_leads(dataset);
  for (const auto& t : dataset.tables()) {
    if (t->table.kind == "leads") Visitor(dataset, *t, scope, by, rule, deals, all).visit();
  }
  return all;
}

}  // namespace kpi
