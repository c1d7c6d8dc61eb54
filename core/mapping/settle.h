// What the columns decide together: one column per field, stand-ins, keys that nothing needs, proposals.
#pragma once

#include <span>
#include <vector>

#include "core/mapping/resolve.h"

namespace kpi {

/// What settling needs of each column beside its match.
struct SettleInput {
  const NameIndex* index = nullptr;
  const TableSchema* schema = nullptr;
  std::span<const HeaderText> texts;
  std::span<const ValueProfile> profiles;
};

/// The user's decisions: field, "" = leave out. Reason "user". A field that the table lacks is not applied.
void apply_user_fields(const SettleInput& input, const std::map<std::int32_t, std::string>& fields, std::vector<RankedMatch>& matches);
/// Sets is_applied: certain and likely matches, at most one per field (the user's first, then lower rank, higher confidence, further
/// left); then stand-ins, keys that are not needed, and proposals for columns without a name.
void settle_columns(const SettleInput& input, std::vector<RankedMatch>& matches);

}  // namespace kpi
