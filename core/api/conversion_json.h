// The report's currency: read from a request, and what was made of it.
#pragma once

#include "core/api/json.h"
#include "core/engine/dataset.h"
#include "core/engine/report.h"

namespace kpi {

/// `report_currency` of a request: empty where it says none. Errors: request_invalid for what is not three capital letters.
/// A code that is no currency has no rates: nothing is converted.
Result<std::string> read_report_currency(const Json& request);

/// null where no currency was asked for, else {"currency":"EUR","has_rates":true,"converted":12,"first_rate","last_rate","unnamed":0,"several":0,
/// "pairs":[{"from":"SEK","converted":12,"missing":0,"first_rate","last_rate","first_missing","last_missing"}]}. Counts are rows; a row
/// with amounts in two currencies counts in both pairs. Days are of the rates that were used, and of the rows that lack one.
Json conversion_json(const Report& report, const Dataset& dataset);

}  // namespace kpi
