#include "core/ingest/csv_reader.h"

#include <gtest/gtest.h>

#include <random>

#include "core/base/text.h"
#include "core/ingest/date_cell.h"
#include "tests/support/csv.h"

namespace kpi::test {
namespace {

ReadOptions with_column(std::int32_t column, ColumnOverride fixed) {
  ReadOptions options;
  options.columns[column] = fixed;
  return options;
}

TEST(CsvReader, ReadsTypedColumnsWithOrigins) {
  const ReadCsv csv = read_csv("Date,Campaign,Cost,Id\n2024-01-31,\"a, \"\"b\"\"\",12.50,x1\n\n2024-02-01,c,-3,x2\n", "dtnk");
  ASSERT_FALSE(csv.error);
  ASSERT_EQ(csv.table.row_count, 2U);
  EXPECT_EQ(csv.date("Date", 0), "2024-01-31");
  EXPECT_EQ(csv.text("Campaign", 0), "a, \"b\"");
  EXPECT_EQ(csv.number("Cost", 0), 12.5);
  EXPECT_EQ(csv.number("Cost", 1), -3);
  EXPECT_EQ(csv.column("Id").keys[1], key_fingerprint("x2"));
  EXPECT_EQ(csv.table.origin(0).record, 2U);
  EXPECT_EQ(csv.table.origin(0).byte_offset, 22U);
  EXPECT_EQ(csv.table.origin(1).record, 4U);
  EXPECT_EQ(csv.table.origin(1).byte_offset, 54U);
  EXPECT_EQ(csv.receipt.blank, 1U);
  EXPECT_TRUE(csv.adds_up());
}

/// Each value is written quoted or not as it comes; either way, and however often and however long, it reads as the same text.
TEST(CsvReader, QuotesAroundACellNeverChangeItsValue) {
  const unsigned seed = std::random_device{}();
  std::mt19937 random(seed);
  const auto quoted = [&](const std::string& value, bool must) {
    if (!must && random() % 2 == 0) return value;
    std::string out = "\"";
    for (const char c : value) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
  };
  std::vector<std::string> names;
  for (int i = 0; i < 60; ++i) {
    std::string name(random() % 60 + 1, 'n');
    for (char& c : name) c = "abc\",x"[random() % 6];
    names.push_back(name.substr(0, 1) == "\"" ? "q" + name : name);
    names.push_back("\"" + name + "\" as it is");  // begins like a quoted cell
  }
  std::string text = "Date,Campaign,Cost,Note\n";
  std::vector<std::string> expected;
  for (int row = 0; row < 3000; ++row) {
    const std::string& name = names[random() % names.size()];
    expected.push_back(name);
    text += quoted("2024-03-1" + std::to_string(row % 10), false) + "," + quoted(name, true) + "," + quoted(std::to_string(row) + ".25", false) + ",\n";
    if (row % 97 == 0) text += "\n";  // so that some rows are read the general way
  }
  const ReadCsv csv = read_csv(text, "dtn");
  ASSERT_FALSE(csv.error);
  ASSERT_EQ(csv.table.row_count, expected.size());
  for (std::size_t row = 0; row < expected.size(); ++row) {
    ASSERT_EQ(csv.text("Campaign", row), expected[row]) << "seed " << seed << " row " << row;
    ASSERT_EQ(csv.date("Date", row), "2024-03-1" + std::to_string(row % 10)) << "seed " << seed << " row " << row;
    ASSERT_EQ(csv.number("Cost", row), static_cast<double>(row) + 0.25) << "seed " << seed << " row " << row;
  }
}

TEST(CsvReader, DatesReadAtOnceAreThoseOfTheCellReader) {
  const unsigned seed = std::random_device{}();
  std::mt19937 random(seed);
  const std::string whole = "2024-02-29T23:59:07.250Z", hostile = "0123456789-:T Z./\x7F\x80\xFF";
  std::string text = "Id,Date\n";
  std::vector<std::string> cells;
  std::size_t readable = 0;
  for (int row = 0; row < 20000; ++row) {
    std::string cell = whole.substr(0, row % 3 == 0 ? 10 : random() % whole.size() + 1);
    for (std::size_t i = random() % 8 == 0 ? 0 : 2; i < 10 && i < cell.size(); ++i) {
      if (cell[i] != '-') cell[i] = static_cast<char>('0' + random() % (i == 5 || i == 8 ? 4 : 10));
    }
    if (random() % 2 == 0) cell[random() % cell.size()] = hostile[random() % hostile.size()];
    cells.push_back(cell);
    text += "x," + cell + "\n";
  }
  const ReadCsv csv = read_csv(text, "kd");
  ASSERT_FALSE(csv.error);
  ASSERT_EQ(csv.table.row_count, cells.size());
  for (std::size_t row = 0; row < cells.size(); ++row) {
    const DateCell cell = read_date_cell(trim(cells[row]));
    if (cell.kind == DateKind::kSerial || cell.kind == DateKind::kOrdered) continue;  // these depend on the other cells
    const Day day = csv.column("Date").days[row];
    ASSERT_EQ(day, cell.value(DateOrder::kYearMonthDay)) << "seed " << seed << " cell " << cells[row];
    readable += day != kNoDay ? 1U : 0U;
  }
  EXPECT_GT(readable, 2000U);
}

TEST(CsvReader, ChunkSizeNeverChangesTheResult) {
  const std::string plain = "Report\n\nDate,Campaign,Cost\r\n31/12/2024,\"a\n\"\"b\"\"\",\"1,234.5\"\r\n01/02/2025,\xC3\xA9\xE4\xB8\xAD,$7\r\nTotal,,1241.5\r\n";
  const std::string broken = "Date,Campaign,Cost\n2024-01-01,a\"b\",\"1\n2,3\nx,\xFF\xFE,4\n";
  int compared = 0;
  for (const std::string& text : {plain, "\xEF\xBB\xBF" + plain, to_utf16le(plain), broken}) {
    const std::string whole = describe(read_csv(text));
    for (const std::size_t chunk : std::initializer_list<std::size_t>{1, 2, 3, 7, 64, 65, 4096}) {
      EXPECT_EQ(describe(read_csv(text, "", {}, chunk)), whole) << chunk;
      ++compared;
    }
  }
  EXPECT_EQ(compared, 28);
}

TEST(CsvReader, ChunkSizeNeverChangesARandomFile) {
  const unsigned seed = std::random_device{}();
  std::mt19937 random(seed);
  const std::string alphabet = "\"\",,,,\n\n\r01234.5/-ab \xC3\xA9";
  int compared = 0;
  for (int round = 0; round < 150; ++round) {
    std::string text = "Date,Campaign,Cost\n";
    for (std::size_t i = random() % 600; i != 0; --i) text += alphabet[random() % alphabet.size()];
    const std::string whole = describe(read_csv(text, "dtn"));
    for (const std::size_t chunk : std::initializer_list<std::size_t>{1, 5, 64, 100}) {
      ASSERT_EQ(describe(read_csv(text, "dtn", {}, chunk)), whole) << "seed " << seed << " round " << round << " chunk " << chunk;
      ++compared;
    }
  }
  EXPECT_EQ(compared, 600);
}

TEST(CsvReader, FilesLongerThanTheSniffedPartReadTheSameInAnyChunks) {
  std::string text = "Date,Campaign,Cost\n";
  double sum = 0;
  for (int i = 0; text.size() < 3 * CsvReader::kSniffBytes; ++i) {
    text += "2024-01-" + std::to_string(10 + i % 20) + ",\"name " + std::to_string(i % 100) + "\"," + std::to_string(i) + ".25\n";
    sum += i + 0.25;
  }
  const ReadCsv whole = read_csv(text, "dtn");
  EXPECT_EQ(whole.sum("Cost"), sum);
  EXPECT_TRUE(whole.adds_up());
  const std::string described = describe(whole);
  for (const std::size_t chunk : std::initializer_list<std::size_t>{1000, 65536, 262144, 262145}) EXPECT_EQ(describe(read_csv(text, "dtn", {}, chunk)), described) << chunk;
  const std::string wide = to_utf16le(text);
  const ReadCsv decoded = read_csv(wide, "dtn", {}, 100001);
  EXPECT_EQ(decoded.sum("Cost"), sum);
  const std::size_t last = decoded.table.row_count - 1;
  EXPECT_EQ(decoded.table.origin(last).byte_offset, 2 + 2 * whole.table.origin(last).byte_offset);
}

TEST(CsvReader, AFormatThatTurnsOutOtherwiseReadsTheFileAgain) {
  std::string text = "Date,Campaign,Cost\n";
  while (text.size() < CsvReader::kSniffBytes + 1000) text += "03/04/2024,abcdefgh,\"1,234\"\n";
  text += "04/25/2024,z,\"1,5\"\n";
  const ReadCsv csv = read_csv(text, "dtn", {}, 5000);
  EXPECT_EQ(csv.passes, 2);
  EXPECT_EQ(csv.number("Cost", 0), 1.234);
  EXPECT_EQ(csv.date("Date", 0), "2024-03-04");
  EXPECT_FALSE(csv.diagnostics.has(Code::number_unreadable));
  EXPECT_FALSE(csv.diagnostics.has(Code::date_unreadable));
  EXPECT_TRUE(csv.adds_up());
}

TEST(CsvReader, LatinLettersFarBehindChangeTheEncoding) {
  std::string text = "Date,Campaign,Cost\n";
  while (text.size() < CsvReader::kSniffBytes + 1000) text += "2024-01-01,abcdefgh,1\n";
  text += "2024-01-02,M\xFCller,2\n";
  const ReadCsv csv = read_csv(text, "dtn", {}, 5000);
  EXPECT_EQ(csv.layout.encoding, Encoding::kWindows1252);
  EXPECT_EQ(csv.text("Campaign", csv.table.row_count - 1), "M\xC3\xBCller");
  EXPECT_TRUE(csv.diagnostics.has(Code::encoding_assumed));
}

TEST(CsvReader, AmbiguousNumbersAskAndOverridesWin) {
  const std::string text = "Campaign,Cost\na,\"1,234\"\nb,\"5,678\"\n";
  const ReadCsv csv = read_csv(text, "tn");
  ASSERT_EQ(csv.formats.size(), 1U);
  EXPECT_TRUE(csv.formats[0].is_ambiguous);
  EXPECT_EQ(csv.number("Cost", 0), 1234);
  EXPECT_EQ(csv.diagnostics.total(Code::number_format_ambiguous), 1U);
  const ReadCsv fixed = read_csv(text, "tn", with_column(1, {DecimalMark::kComma, {}}));
  EXPECT_EQ(fixed.number("Cost", 0), 1.234);
  EXPECT_FALSE(fixed.formats[0].is_ambiguous);
  EXPECT_FALSE(fixed.diagnostics.has(Code::number_format_ambiguous));
}

TEST(CsvReader, NeighboursDecideAnAmbiguousColumn) {
  const ReadCsv csv = read_csv("Campaign;Impr.;Cost\na;1.234;0,50\nb;5.678;12,25\n", "tnn");
  EXPECT_EQ(csv.number("Impr.", 0), 1234);
  EXPECT_EQ(csv.sum("Cost"), 12.75);
  EXPECT_TRUE(csv.diagnostics.has(Code::number_format_assumed));
  EXPECT_FALSE(csv.diagnostics.has(Code::number_format_ambiguous));
}

TEST(CsvReader, AMixedColumnKeepsTheMajorityAndReportsTheRest) {
  const ReadCsv csv = read_csv("Campaign;Cost\na;0,50\nb;1,25\nc;7.5\nd;oops\n", "tn");
  EXPECT_EQ(csv.number("Cost", 0), 0.5);
  EXPECT_TRUE(std::isnan(csv.number("Cost", 2)));
  EXPECT_EQ(csv.diagnostics.total(Code::number_format_mixed), 1U);
  EXPECT_EQ(csv.diagnostics.total(Code::number_unreadable), 2U);
  EXPECT_EQ(csv.column("Cost").present, 2U);
}

TEST(CsvReader, AmbiguousDatesAskAndOverridesWin) {
  const std::string text = "Date,Cost\n03/04/2024,1\n05/06/2024,2\n";
  const ReadCsv csv = read_csv(text, "dn");
  EXPECT_TRUE(csv.formats[0].is_ambiguous);
  EXPECT_EQ(csv.date("Date", 0), "2024-04-03");
  EXPECT_EQ(csv.diagnostics.total(Code::date_order_ambiguous), 1U);
  const ReadCsv fixed = read_csv(text, "dn", with_column(0, {{}, DateOrder::kMonthDayYear}));
  EXPECT_EQ(fixed.date("Date", 0), "2024-03-04");
  EXPECT_FALSE(fixed.formats[0].is_ambiguous);
}

TEST(CsvReader, DotsAndPeriodLinesDecideTheOrderOfDates) {
  EXPECT_EQ(read_csv("Date,Cost\n03.04.2024,1\n", "dn").date("Date", 0), "2024-04-03");
  EXPECT_FALSE(read_csv("Date,Cost\n03.04.2024,1\n", "dn").formats[0].is_ambiguous);
  const ReadCsv csv = read_csv("Report period: 9/1/2026 - 9/24/2026\n\nDate,Campaign,Cost\n9/1/2026,a,1\n9/2/2026,b,2\n", "dtn");
  EXPECT_EQ(csv.date("Date", 1), "2026-09-02");
}

TEST(CsvReader, SerialDatesCountOnlyWhereTheWholeColumnIsSerial) {
  EXPECT_EQ(read_csv("Date,Cost\n45351,1\n45352.5,2\n", "dn").date("Date", 1), "2024-03-01");
  const ReadCsv mixed = read_csv("Date,Cost\n2024-01-01,1\n45352,2\n", "dn");
  EXPECT_EQ(mixed.date("Date", 1), "");
  EXPECT_EQ(mixed.diagnostics.total(Code::date_unreadable), 1U);
}

TEST(CsvReader, RaggedRowsAreUsedAndReported) {
  const ReadCsv csv = read_csv("Date,Campaign,Cost\n2024-01-01,a\n2024-01-02,b,2,extra\n2024-01-03,c,3,\n2024-01-04,d,4\n", "dtn");
  EXPECT_EQ(csv.table.row_count, 4U);
  EXPECT_TRUE(std::isnan(csv.number("Cost", 0)));
  EXPECT_EQ(csv.number("Cost", 1), 2);
  EXPECT_EQ(csv.diagnostics.total(Code::row_too_short), 1U);
  EXPECT_EQ(csv.diagnostics.total(Code::row_too_long), 1U);
  EXPECT_TRUE(csv.adds_up());
}

TEST(CsvReader, RefusesWhatIsNotATable) {
  const auto code = [](std::string_view bytes) {
    const ReadCsv csv = read_csv(bytes);
    return csv.error ? code_name(csv.error->code) : std::string_view("none");
  };
  EXPECT_EQ(code(""), "file_empty");
  EXPECT_EQ(code("\n\r\n  \n"), "file_empty");
  EXPECT_EQ(code("\xEF\xBB\xBF"), "file_empty");
  EXPECT_EQ(code("Date,Campaign,Cost\n"), "file_header_only");
  EXPECT_EQ(code("Date,Campaign,Cost\n\n\n"), "file_header_only");
  EXPECT_EQ(code("\x89PNG\r\n\x1A\n...."), "file_is_image");
  EXPECT_EQ(code("%PDF-1.7\n"), "file_is_pdf");
  EXPECT_EQ(code(std::string("PK\x03\x04") + "....xl/workbook.xml"), "file_is_xlsx");
  EXPECT_EQ(code(std::string("PK\x03\x04") + "....other.txt"), "file_is_zip");
  EXPECT_EQ(code("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1...."), "file_is_xls");
  EXPECT_EQ(code(std::string("a\0\x01\x02\0\0\x05\x06\x07\0\0\0\0,;", 15)), "file_is_binary");
}

TEST(CsvReader, ARecordWithoutEndIsRefused) {
  const std::string text = "Date,Campaign,Cost\n2024-01-01,\"" + std::string(CsvReader::kMaxRecordBytes + 100000, 'x') + "\n";
  for (const std::size_t chunk : std::initializer_list<std::size_t>{100000, text.size()}) {
    const ReadCsv csv = read_csv(text, "dtn", {}, chunk);
    ASSERT_TRUE(csv.error);
    EXPECT_EQ(csv.error->code, Code::record_too_long);
  }
}

TEST(CsvReader, AnUnclosedQuoteIsReported) {
  std::string text = "Date,Campaign,Cost\n";
  for (int i = 0; i < 40; ++i) text += "2024-01-01,\"a, b, c\",1\n";
  const ReadCsv csv = read_csv(text + "2024-01-02,\"b,2\n", "dtn");
  EXPECT_EQ(csv.diagnostics.total(Code::quote_unclosed), 1U);
  EXPECT_TRUE(csv.adds_up());
}

TEST(CsvReader, InvalidBytesAreReplacedAndCounted) {
  std::string text = "Campaign,Cost\n";
  for (int i = 0; i < 50; ++i) text += "\xC3\xA9\xC3\xA8,1\n";
  text += "a\xFF" "b,2\n";
  const ReadCsv csv = read_csv(text, "tn");
  EXPECT_EQ(csv.layout.encoding, Encoding::kUtf8);
  EXPECT_EQ(csv.text("Campaign", 50), "a\xEF\xBF\xBD" "b");
  EXPECT_EQ(csv.diagnostics.total(Code::encoding_invalid_bytes), 1U);
}

TEST(CsvReader, ColumnsOfMoreThanOneSegmentKeepEveryRow) {
  std::string text = "Id,Cost\n";
  for (int i = 0; i < 140000; ++i) text += "k" + std::to_string(i) + "," + std::to_string(i) + "\n";
  const ReadCsv csv = read_csv(text, "kn", {}, 50000);
  ASSERT_EQ(csv.table.row_count, 140000U);
  EXPECT_EQ(csv.number("Cost", 139999), 139999);
  EXPECT_EQ(csv.number("Cost", 65536), 65536);
  EXPECT_EQ(csv.column("Id").keys[65535], key_fingerprint("k65535"));
  EXPECT_EQ(csv.table.origin(139999).record, 140001U);
}

}  // namespace
}  // namespace kpi::test
