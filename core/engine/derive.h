// What a row means beyond its cells: won or lost, how far a lead came, whether it repeats an earlier row.
#pragma once

#include "core/engine/dataset.h"

namespace kpi {

/// Won, lost or open for each row, from the most explicit column there is: deal_status, deal_stage, is_won with is_closed, won_at and
/// lost_at. Stage names that say nothing count as open: stage_unrecognised.
void derive_deal_status(FileTable& table, Diagnostics& diagnostics);
/// The furthest stage each lead is known to have reached: stage column, stage dates, or what the nature of the file implies.
void derive_lead_stage(FileTable& table);
/// Texts of fields with fixed words that are none of them: value_unrecognised. Media rows of other costs beside a file of ad spend:
/// media_rows_unused.
void report_unused_words(const Dataset& dataset, const FileTable& table, Diagnostics& diagnostics);
/// First and last day of what has happened, over all date columns that are sure.
void derive_coverage(FileTable& table);

}  // namespace kpi
