// The formats of the planned columns: assumed from samples, settled over all rows.
#pragma once

#include <vector>

#include "core/ingest/column_reader.h"
#include "core/ingest/csv_reader.h"
#include "core/ingest/sniff.h"

namespace kpi {

/// How to read each planned column, from the samples.
std::vector<ColumnAssumption> assume_formats(const Layout& layout, const ReadOptions& options, const ReadPlan& plan,
                                             const std::vector<ColumnEvidence>& samples);

struct SettledFormats {
  std::vector<ColumnAssumption> assumptions;  // how the columns should have been read
  std::vector<ColumnFormat> formats;          // of the planned number and date columns
};
/// From the evidence of all rows. `diagnostics` gets what was assumed, mixed or left ambiguous.
SettledFormats settle_formats(const Layout& layout, const ReadOptions& options, const std::vector<ColumnReader>& readers,
                              const std::vector<ColumnEvidence>& samples, Diagnostics& diagnostics);

}  // namespace kpi
