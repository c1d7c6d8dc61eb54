// What a user fixed about one file, as it comes with `open` and `reread`.
#pragma once

#include <string>

#include "core/api/json.h"
#include "core/ingest/csv_reader.h"
#include "core/mapping/mapper.h"

namespace kpi {

struct FileOptions {
  ReadOptions read;
  MappingOverride mapping;
  std::string currency;
};

/// Shape  {"encoding","delimiter","quote","header_record","keep_totals","table","currency","fields":{"3":"amount"},
///        "columns":{"3":{"decimal":"point|comma","date_order":"ymd|dmy|mdy"}}}, all optional.
/// Errors request_invalid{at,expected}.
Result<FileOptions> read_file_options(const Json& options);

std::string_view decimal_name(DecimalMark mark);
std::string_view date_order_name(DateOrder order);

}  // namespace kpi
