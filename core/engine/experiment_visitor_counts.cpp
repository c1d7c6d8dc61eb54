#include <cmath>

#include "core/engine/experiment_drafts.h"
#include "core/engine/experiment_visitor_table.h"

namespace kpi {
namespace {

void add_visitor(const ExperimentVisitor& visitor, ExperimentDraft& draft, ExperimentDraft::Arm& arm) {
  VisitorUse& use = draft.found.use;
  const Proportion counts{visitor.is_converted ? 1.0 : 0.0, 1};
  add(arm.counts, counts);
  use.by_amount += visitor.is_by_amount ? 1U : 0U;
  if (visitor.first == kNoDay) ++draft.undated;
  else add(arm.by_day[visitor.first], counts);
  if (draft.found.revenue == RevenueBasis::kNone) return;
  if (std::isnan(visitor.revenue)) {
    ++use.without_revenue;
    return;
  }
  use.without_before += std::isnan(visitor.revenue_before) ? 1U : 0U;
  use.doubtful_before += visitor.is_before_doubtful ? 1U : 0U;
  use.without_orders += std::isnan(visitor.orders) ? 1U : 0U;
  arm.revenue.revenue.push_back(visitor.revenue);
  arm.revenue.before.push_back(visitor.revenue_before);
  arm.revenue.orders.push_back(visitor.orders);
}

}  // namespace

void count_visitors(const Dataset& dataset, const ReportScope& scope, std::string_view currency, ExperimentCounts& out, ExperimentDrafts& drafts) {
  std::vector<const FileTable*> tables;
  for (const auto& t : dataset.tables()) {
    if (t->table.kind == "experiment_visitors") tables.push_back(t.get());
  }
  if (tables.empty()) return;
  out.has_table = true;
  const ExperimentVisitors read = read_experiment_visitors(dataset, tables, currency);
  out.visitor_rows = read.rows;
  out.same_rows = same_rows(tables);
  std::vector<std::vector<const DimensionView*>> views;
  for (const FileTable* t : tables) {
    views.emplace_back();
    for (const Filter& f : scope.filters) views.back().push_back(f.dimension->view(*t));
  }
  std::vector<ExperimentDraft*> of;
  for (const ExperimentVisitors::Named& named : read.experiments) {
    ExperimentDraft& draft = drafts[named.key];
    draft.name = named.name;
    draft.found.is_of_visitors = true;
    draft.found.currency = named.currency;
    draft.found.is_currency_mixed = named.is_currency_mixed;
    draft.found.revenue = named.has_revenue ? RevenueBasis::kVisitors : RevenueBasis::kNone;
    of.push_back(&draft);
  }
  for (const ExperimentVisitor& visitor : read.visitors) {
    bool is_inside = scope.window.is_unbounded || (visitor.first != kNoDay && visitor.first >= scope.window.first && visitor.first <= scope.window.last);
    for (std::size_t f = 0; is_inside && f < scope.filters.size(); ++f) {
      const DimensionView* view = views[visitor.table][f];
      is_inside = view != nullptr && scope.filters[f].is_allowed[view->member(visitor.first_row)];
    }
    ExperimentDraft& draft = *of[visitor.experiment];
    if (!is_inside) {
      out.visitor_outside += visitor.rows;
    } else if (visitor.is_in_several) {
      out.in_several_arms += visitor.rows;
      ++draft.found.use.in_several_arms;
    } else if (!visitor.is_known) {
      out.without_outcome += visitor.rows;
      ++draft.found.use.without_outcome;
    } else {
      out.visitor_used += visitor.rows;
      const ExperimentVisitors::Arm& named = read.experiments[visitor.experiment].arms[visitor.arm];
      ExperimentDraft::Arm& arm = draft.arms[named.key];
      arm.name = named.name;
      add_visitor(visitor, draft, arm);
    }
  }
}

}  // namespace kpi
