// The user's KPIs as JSON: definitions in, verdicts out.
#pragma once

#include <vector>

#include "core/api/json.h"
#include "core/catalog/own_kpis.h"

namespace kpi {

/// Shape   {"kpis":[{"id","formula","unit","display","better","rate"}]}; all but the first two may be absent.
/// Errors  request_invalid{at,expected} where there is no such list; an entry that cannot be read is refused by itself.
Result<std::vector<OwnKpi>> read_own_kpis(const Json& request);

/// {"accepted":[id...],"refused":[{"id","error":{"code","args"}}]}
Json own_kpis_json(const std::vector<OwnKpi>& wanted, const std::vector<OwnVerdict>& verdicts);

/// A definition as it is being typed, judged among the others of the list and evaluated over `measures`, their totals.
/// Shape   {"id","error":null|{"code","args"},"unit":""|"money/lead","displays":[...],"display","can_be_rate","proposal",
///         "value","undefined","currency"}; value and undefined are both null where `measures` is empty.
/// Errors  kpi_unknown{id,nearest} where the list holds no `id`.
Result<Json> checked_formula_json(const Catalog& catalog, const std::vector<OwnKpi>& wanted, std::string_view id, const std::vector<Value>& measures);

}  // namespace kpi
