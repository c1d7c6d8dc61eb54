#include "core/engine/derive.h"

#include <algorithm>
#include <span>
#include <utility>

#include "core/engine/stage_dates.h"

namespace kpi {
namespace {

template <class Classify>
std::vector<std::uint8_t> by_code(const Column& column, Classify classify) {
  std::vector<std::uint8_t> lut(65536, 0);
  for (std::size_t code = 1; code < column.dictionary.size(); ++code) {
    lut[code] = static_cast<std::uint8_t>(classify(column.dictionary.text(static_cast<std::uint16_t>(code))));
  }
  return lut;
}

/// Writes lut[code] into every row whose mark is still 0 (unknown).
void fill_unknown(const Column& column, const std::vector<std::uint8_t>& lut, std::vector<std::uint8_t>& marks) {
  column.codes.for_segments([&](std::size_t first, const std::uint16_t* codes, std::size_t n) {
    const std::uint8_t* mark_of = lut.data();
    std::uint8_t* m = marks.data() + first;
    for (std::size_t i = 0; i < n; ++i) m[i] = m[i] == 0 ? mark_of[codes[i]] : m[i];
  });
}

constexpr std::uint8_t kOpen = static_cast<std::uint8_t>(DealStatus::kOpen);
constexpr std::uint8_t kWon = static_cast<std::uint8_t>(DealStatus::kWon);
constexpr std::uint8_t kLost = static_cast<std::uint8_t>(DealStatus::kLost);

/// A won flag alone: true is won; false is lost once the deal is closed, else open.
void from_flags(const FileTable& t, const Column& won, std::vector<std::uint8_t>& marks) {
  const auto flag = [](std::string_view text) {
    const std::optional<bool> b = classify_boolean(text);
    return b ? (*b ? 2 : 1) : 0;
  };
  const std::vector<std::uint8_t> won_lut = by_code(won, flag);
  const Column* closed = t.table.find("is_closed");
  const std::vector<std::uint8_t> closed_lut = closed != nullptr ? by_code(*closed, flag) : std::vector<std::uint8_t>();
  const Column* closed_at = t.date("closed_at");
  won.codes.for_segments([&](std::size_t first, const std::uint16_t* won_codes, std::size_t n) {
    const std::size_t segment = first / kSegmentRows;
    const std::uint16_t* closed_codes = closed == nullptr ? nullptr : closed->codes.segment(segment);
    const Day* closed_days = closed_at == nullptr ? nullptr : closed_at->days.segment(segment);
    std::uint8_t* m = marks.data() + first;
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint8_t is_won = won_lut[won_codes[i]];
      if (m[i] != 0) continue;
      if (is_won == 2) {
        m[i] = kWon;
      } else if (closed_codes != nullptr) {
        const std::uint8_t is_closed = closed_lut[closed_codes[i]];
        if (is_closed != 0) m[i] = is_closed == 2 ? kLost : kOpen;
      } else if (is_won == 1) {
        m[i] = closed_days == nullptr || closed_days[i] != kNoDay ? kLost : kOpen;
      }
    }
  });
}

void from_date(const Column& column, std::uint8_t status, std::vector<std::uint8_t>& marks) {
  column.days.for_segments([&](std::size_t first, const Day* days, std::size_t n) {
    std::uint8_t* m = marks.data() + first;
    for (std::size_t i = 0; i < n; ++i) m[i] = m[i] == 0 && days[i] != kNoDay ? status : m[i];
  });
}

void report_unrecognised(const Column& column, const std::vector<std::uint8_t>& lut, Diagnostics& diagnostics) {
  const std::vector<std::uint64_t> rows = rows_by_code(column);
  for (std::size_t code = 1; code < column.dictionary.size(); ++code) {
    if (lut[code] != 0 || rows[code] == 0) continue;
    diagnostics.add(Code::stage_unrecognised, {{"header", column.header},
                                               {"text", std::string(column.dictionary.text(static_cast<std::uint16_t>(code)))},
                                               {"rows", static_cast<std::int64_t>(rows[code])}});
  }
}

/// Rows of `column` whose text means `word`; with an empty word, reports the texts that mean none.
std::uint64_t rows_of_word(const Column& column, std::string_view list, std::string_view word, Diagnostics& diagnostics) {
  const std::vector<std::uint64_t> rows = rows_by_code(column);
  std::uint64_t found = 0;
  for (std::size_t place = 1; place <= column.dictionary.size(); ++place) {
    const std::size_t code = place == column.dictionary.size() ? 0 : place;  // rows without a text come last
    const std::string_view text = code == 0 ? std::string_view() : column.dictionary.text(static_cast<std::uint16_t>(code));
    const std::string_view meaning = canonical_word(list, text);
    if (!word.empty() && meaning == word) found += rows[code];
    if (!word.empty() || !meaning.empty() || rows[code] == 0) continue;
    diagnostics.add(Code::value_unrecognised,
                    {{"header", column.header}, {"text", std::string(text)}, {"rows", static_cast<std::int64_t>(rows[code])}});
  }
  return found;
}

/// Whether most of what runs when the last subscription begins has an end already: then ends are terms of contracts, not departures, and
/// those to come have not happened.
bool ends_are_planned(const FileTable& t, const Column& ends) {
  const Column* starts = t.table.kind == "subscriptions" ? t.date("start_at") : nullptr;
  if (starts == nullptr) return false;
  const Day last = starts->last_day;
  std::size_t running = 0, with_end = 0;
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    if (starts->days[row] == kNoDay || (ends.days[row] != kNoDay && ends.days[row] <= last)) continue;
    ++running;
    with_end += ends.days[row] != kNoDay ? 1U : 0U;
  }
  return with_end * 2 > running;
}

bool has_skips(const Column& stage, const Column& later) {
  bool found = false;
  stage.days.for_segments([&](std::size_t first, const Day* days, std::size_t n) {
    const Day* next = later.days.segment(first / kSegmentRows);
    for (std::size_t i = 0; i < n; ++i) found = found || (days[i] == kNoDay && next[i] != kNoDay);
  });
  return found;
}

}  // namespace

void report_unused_words(const Dataset& dataset, const FileTable& t, Diagnostics& diagnostics) {
  for (const auto& [field, list] : {std::pair{"cost_kind", "cost_kind"}, std::pair{"variant", "experiment_arm"}}) {
    const Column* column = t.table.find(field);
    if (column == nullptr || column->kind != ColumnKind::kText) continue;
    rows_of_word(*column, list, "", diagnostics);
    const bool has_media = std::any_of(dataset.tables().begin(), dataset.tables().end(),
                                       [](const auto& other) { return other->table.kind == "ad_spend" && other->has("cost"); });
    const std::uint64_t media = t.table.kind == "other_costs" && has_media ? rows_of_word(*column, list, "media", diagnostics) : 0;
    if (media != 0) diagnostics.add(Code::media_rows_unused, {{"rows", static_cast<std::int64_t>(media)}});
  }
}

bool knows_deal_status(const Table& table) {
  for (const char* field : {"deal_status", "deal_stage", "is_won", "won_at", "lost_at"}) {
    if (table.find(field) != nullptr) return true;
  }
  return false;
}

void derive_deal_status(FileTable& t, Diagnostics& diagnostics) {
  t.deal_status.clear();
  t.knows_losses = false;
  if (!knows_deal_status(t.table)) return;
  for (const char* field : {"deal_status", "deal_stage", "is_won", "lost_at"}) t.knows_losses = t.knows_losses || t.has(field);
  std::vector<std::uint8_t> marks(t.table.row_count, 0);
  for (const char* field : {"deal_status", "deal_stage"}) {
    const Column* column = t.table.find(field);
    if (column == nullptr) continue;
    const std::vector<std::uint8_t> lut = by_code(*column, classify_deal_stage);
    fill_unknown(*column, lut, marks);
    if (t.table.kind == "opportunities") report_unrecognised(*column, lut, diagnostics);
  }
  if (const Column* won = t.table.find("is_won")) from_flags(t, *won, marks);
  if (const Column* column = t.table.find("won_at")) from_date(*column, kWon, marks);
  if (const Column* column = t.table.find("lost_at")) from_date(*column, kLost, marks);
  for (std::uint8_t& mark : marks) mark = mark == 0 ? kOpen : mark;
  t.deal_status = std::move(marks);
}

void derive_lead_stage(FileTable& t) {
  t.lead_stage.clear();
  t.known_stages = 0;
  const auto know = [&](LeadStage s) { t.known_stages |= 1U << static_cast<unsigned>(s); };
  const std::span<const StageDate> dates = std::span(kStageDates).subspan(kFirstReached);
  const Column* stage = t.table.find("lead_stage");
  bool knows = stage != nullptr || t.implied_stage != LeadStage::kUnknown;
  for (const StageDate& d : dates) knows = knows || t.table.find(d.field) != nullptr;
  if (!knows) return;
  std::vector<std::uint8_t> marks(t.table.row_count, 0);
  if (stage != nullptr) {
    const std::vector<std::uint8_t> lut = by_code(*stage, classify_lead_stage);
    fill_unknown(*stage, lut, marks);
    for (std::size_t code = 1; code < stage->dictionary.size(); ++code) know(static_cast<LeadStage>(lut[code]));
  }
  for (const StageDate& d : dates) {
    const Column* column = t.table.find(d.field);
    if (column == nullptr) continue;
    know(d.stage);
    column->days.for_segments([&](std::size_t first, const Day* days, std::size_t n) {
      const std::uint8_t reached = static_cast<std::uint8_t>(d.stage);
      std::uint8_t* m = marks.data() + first;
      for (std::size_t i = 0; i < n; ++i) m[i] = days[i] != kNoDay && m[i] < reached ? reached : m[i];
    });
  }
  t.skipped_stages = 0;
  const Column* later = nullptr;  // the next dated stage: whoever skips to one beyond it is found there
  for (std::size_t d = dates.size(); d-- > 0;) {
    const Column* column = t.date(dates[d].field);
    if (column == nullptr) continue;
    if (later != nullptr && has_skips(*column, *later)) {
      for (std::size_t before = 0; before <= d; ++before) t.skipped_stages |= 1U << static_cast<unsigned>(dates[before].stage);
    }
    later = column;
  }
  if (t.implied_stage != LeadStage::kUnknown) {
    know(t.implied_stage);
    for (std::uint8_t& mark : marks) mark = std::max(mark, static_cast<std::uint8_t>(t.implied_stage));
  }
  t.lead_stage = std::move(marks);
}

void derive_coverage(FileTable& t) {
  t.first_day = t.last_day = kNoDay;
  if (t.table.kind == "targets") return;  // a plan for next year is no data of next year
  const auto widen = [&](Day first, Day last) {
    if (first == kNoDay) return;
    t.first_day = t.first_day == kNoDay ? first : std::min(t.first_day, first);
    t.last_day = t.last_day == kNoDay ? last : std::max(t.last_day, last);
  };
  if (t.table.kind == "fx_rates") return;  // rates reach back for decades: the figures do not
  for (const Column& column : t.table.columns) {
    if (column.kind != ColumnKind::kDate || t.date(column.field) == nullptr) continue;
    if (column.field == "end_at" && ends_are_planned(t, column)) continue;
    if (column.field != "closed_at" || t.deal_status.empty()) {
      widen(column.first_day, column.last_day);
      continue;
    }
    Day first = kNoDay, last = kNoDay;
    column.days.for_segments([&](std::size_t start, const Day* days, std::size_t n) {
      const std::uint8_t* status = t.deal_status.data() + start;
      for (std::size_t i = 0; i < n; ++i) {
        if (days[i] == kNoDay || status[i] == kOpen) continue;
        first = first == kNoDay ? days[i] : std::min(first, days[i]);
        last = last == kNoDay ? days[i] : std::max(last, days[i]);
      }
    });
    widen(first, last);
  }
}

}  // namespace kpi
