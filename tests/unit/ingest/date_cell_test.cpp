#include "core/ingest/date_cell.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace kpi {
namespace {

std::string iso(Day day) { return day == kNoDay ? "" : format_iso_date(day); }

TEST(DateCell, ReadsWhatHasOneReading) {
  const std::pair<const char*, const char*> cases[] = {
      {"2024-02-29", "2024-02-29"},
      {"2024-02-29T23:59:59Z", "2024-02-29"},
      {"2024-02-29 23:59:59.123+05:30", "2024-02-29"},
      {"2024/2/9", "2024-02-09"},
      {"2024.02.09", "2024-02-09"},
      {"20260817", "2026-08-17"},
      {"2026081713", "2026-08-17"},
      {"20260817T101500", "2026-08-17"},
      {"Jun 09, 2018 09:30 pm", "2018-06-09"},
      {"June 9, 2018", "2018-06-09"},
      {"9 June 2018", "2018-06-09"},
      {"09-Jun-18", "2018-06-09"},
      {"8. Januar 2026", "2026-01-08"},
      {"8. M\xC3\xA4rz 2026", "2026-03-08"},
      {"1 ao\xC3\xBBt 2025", "2025-08-01"},
      {"8 de enero de 2026", "2026-01-08"},
      {"8 \xD1\x8F\xD0\xBD\xD0\xB2\xD0\xB0\xD1\x80\xD1\x8F 2026 \xD0\xB3.", "2026-01-08"},
      {"Sep 2024", "2024-09-01"},
      {"2024-05", "2024-05-01"},
      {"05/2024", "2024-05-01"},
      {"2023\xE5\xB9\xB4" "10\xE6\x9C\x88" "25\xE6\x97\xA5", "2023-10-25"},
      {"2025-09-01 - 2025-09-30", "2025-09-01"},
      {"Mon, 9 Jun 2018", "2018-06-09"},
  };
  int seen = 0;
  for (const auto& [text, day] : cases) {
    const DateCell cell = read_date_cell(text);
    EXPECT_EQ(cell.kind, DateKind::kCertain) << text;
    EXPECT_EQ(iso(cell.day), day) << text;
    ++seen;
  }
  EXPECT_EQ(seen, static_cast<int>(std::size(cases)));
}

TEST(DateCell, KeepsBothOrdersOfNumbers) {
  const DateCell both = read_date_cell("03/04/2024");
  EXPECT_EQ(iso(both.day_first), "2024-04-03");
  EXPECT_EQ(iso(both.month_first), "2024-03-04");
  EXPECT_TRUE(both.is_ambiguous());
  EXPECT_EQ(iso(read_date_cell("26-02-2018 19:58").day_first), "2018-02-26");
  EXPECT_EQ(read_date_cell("26-02-2018 19:58").month_first, kNoDay);
  EXPECT_EQ(iso(read_date_cell("9/24/2026").month_first), "2026-09-24");
  EXPECT_FALSE(read_date_cell("05/05/2024").is_ambiguous());
  EXPECT_EQ(iso(read_date_cell("31.12.99").day_first), "1999-12-31");
  EXPECT_TRUE(read_date_cell("03.04.2024").is_dotted);
}

TEST(DateCell, ASpreadsheetDayNumberIsOnlyACandidate) {
  const DateCell cell = read_date_cell("45351.75");
  EXPECT_EQ(cell.kind, DateKind::kSerial);
  EXPECT_EQ(iso(cell.day), "2024-02-29");
}

TEST(DateCell, ImpossibleDatesAndOtherTextsAreUnreadable) {
  for (const char* text : {"2023-02-29", "32/13/2024", "abc", "12345678", "2024-13-01", "1", "12", "2024", "10:30", "1.5", "99999", "5 apples", "May",
                           "2024-01-01x", "0001-01-01", "9999-12-31", "01/02", "Jun 99", "2024-1-1-1"}) {
    EXPECT_EQ(read_date_cell(text).kind, DateKind::kUnreadable) << text;
  }
  EXPECT_EQ(read_date_cell("0000-00-00 00:00:00").kind, DateKind::kMissing);
  EXPECT_EQ(read_date_cell("--").kind, DateKind::kMissing);
}

}  // namespace
}  // namespace kpi
