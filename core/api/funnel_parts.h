// What the parts of the funnel's answer share.
#pragma once

#include "core/api/outcome_json.h"
#include "core/engine/dimension.h"
#include "core/models/aalen_johansen.h"

namespace kpi {

/// {"key","label","canonical"}; all blank without a dimension.
Object member_json(const Dimension* by, std::uint32_t number);

/// [{"days","value","undefined","error"}], a share for each of `days`.
template <class Days>
Json shares_json(const Days& days, const std::vector<Outcome<ShareWithError>>& shares) {
  Json list = Json::array();
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const Outcome<ShareWithError>& share = shares[i];
    Object one;
    put_outcome(one.put("days", days[i]), share.ok() ? Outcome<double>(share.value().share) : Outcome<double>(share.reason()));
    one.put("error", share.ok() ? approximate(share.value().standard_error) : Json());
    append(list, std::move(one));
  }
  return list;
}

/// [numbers]
template <class Numbers>
Json row_json(const Numbers& numbers) {
  Json row = Json::array();
  for (const double number : numbers) append(row, approximate(number));
  return row;
}

}  // namespace kpi
