// An explained change as JSON; its request from JSON.
#pragma once

#include "core/api/json.h"
#include "core/engine/change.h"

namespace kpi {

/// A report's request with "kpi" and, each optional, "split_by": dimension, "segments": {"dimension","from","to"}, "limit": 1 or more.
/// Errors: those of read_report_request, request_invalid{at,expected}.
Result<ChangeRequest> read_change_request(const Json& request);

/// {"kpi","before":{"value","from","to"},"after":{...},"currency","undefined","total_change",
///  "members": null or {"dimension","method":"rate_mix"|"difference"|null,"undefined","share_of","reference","rate_effect","mix_effect","unsplit_effect",
///   "sum_of_effects","reversed","driver": null or a line,"lines":[{"kind":"member"|"others"|"rest","state":"both"|"new"|"gone","key","label",
///   "canonical","members","before","after","share_before","share_after","rate_effect","mix_effect","effect"}]},
///  "factors": null or {"method":"log_mean"|"difference"|"average"|null,"undefined","sum_of_effects","lines":[{"id","sign","before","after",
///   "currency","effect"}]}}
/// Effects that cannot be told apart are null.
Json to_json(const Change& change);

}  // namespace kpi
