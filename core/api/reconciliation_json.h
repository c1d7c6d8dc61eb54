// CRM, platforms, analytics, leads' answers and attribution side by side, as JSON.
#pragma once

#include "core/api/json.h"
#include "core/engine/reconciliation.h"

namespace kpi {

/// {"sources":[{"id","total","undefined","currency","without_channel"}],
///  "channels":[{"key","label","canonical","figures":[by source]}], "more": how many further channels are in the sums and not listed,
///  "comparisons":[{"id","base","other" (indexes of sources),"undefined","channels","base_sum","other_sum","factor","gap","only_base","only_other",
///   "rows":[by channel, null where one of the two does not know it: {"factor","gap","base_share","other_share"}]}],
///  "answers": null or {"leads","answered","named","same","other","untracked","direct","direct_other","untraced" (null without traces),"unnamed_leads","unnamed_texts",
///   "unnamed":[{"text","leads"}]},
///  "dark":{"share","undefined","sessions","dark_sessions"}, "rows":[{"table", counts of rows, "from","to" (days of the used ones)}]}
/// A missing value is null.
Json reconciliation_json(const Reconciliation& found);

}  // namespace kpi
