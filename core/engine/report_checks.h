// What a reader of a report should know of single figures: doubtful ones, and members that lack a part of the sum.
#pragma once

#include "core/engine/report.h"

namespace kpi {

/// Whether a +? in the formula, or in a KPI that it needs, leaves out a part for which other figures exist: that a part was never
/// supplied is the definition in force, that it lacks this period or member alone is a gap.
bool leaves_out_parts(const Formulas& formulas, const Expression& e, const Lookup& lookup);

/// Marks the member's figures that leave a part out which is known in all: costs that belong to no channel, say. After by_member has
/// the member's values.
void add_left_out(const Formulas& formulas, const Lookup& member, std::vector<KpiResult>& kpis);

/// A month's churn to the power of twelve says nothing of a quarter's: no value rather than a wrong one. Typed churn has no days.
/// `compared`: the window of `compared`, `compared_series` and `compared_by_member`; null where there is none.
void withdraw_yearly_churn(const Window& window, const Window* compared, KpiResult& k);
/// Whether the window is one month, or has no days at all.
bool is_one_month(Day first, Day last);

/// What stands side by side is in one currency: figures of other times in another one than the figure they are set against, in all or of
/// the same member, are refused as currency_mixed.
void refuse_other_currencies(KpiResult& k);

/// Codes of KpiResult::checks about the totals: lost_without_amounts, clicks_exceed_impressions, deal_sources_mixed, negative_duration.
void add_checks(const Catalog& catalog, const Formulas& formulas, const std::vector<MeasureResult>& measures, std::vector<KpiResult>& kpis);

}  // namespace kpi
