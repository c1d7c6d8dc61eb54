// Reads one delimited text file, fed in chunks of any size, into a typed Table.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/table/table.h"

namespace kpi {

enum class Encoding : std::uint8_t { kUtf8, kUtf16Le, kUtf16Be, kWindows1252, kWindows1251 };
std::string_view encoding_name(Encoding encoding);  // "utf-8", "utf-16le", ...
std::optional<Encoding> parse_encoding(std::string_view name);

/// How the bytes split into records and cells. quote and escape are 0 when there is none.
struct Dialect {
  char delimiter = ',';
  char quote = '"';
  char escape = 0;        // '\\' where quotes are escaped by a backslash, else 0 (doubled quotes)
  char record_end = '\n'; // '\n' (a '\r' before it is dropped) or '\r'
  bool skip_initial_space = false;  // blanks between a delimiter and a quote are not text
};

enum class DecimalMark : std::uint8_t { kPoint, kComma };
enum class DateOrder : std::uint8_t { kYearMonthDay, kDayMonthYear, kMonthDayYear };

/// What the user fixed; everything absent is inferred.
struct ColumnOverride {
  std::optional<DecimalMark> decimal;
  std::optional<DateOrder> date_order;
};
struct ReadOptions {
  std::optional<Encoding> encoding;
  std::optional<char> delimiter;
  std::optional<char> quote;            // 0 = no quoting
  std::optional<std::uint64_t> header_record;  // 1-based
  bool keep_totals = false;             // read rows that look like totals as ordinary rows
  std::map<std::int32_t, ColumnOverride> columns;  // by 0-based source column
};

/// What the first bytes show: fixed before any row is typed, from the first kSniffBytes only (or the whole file if shorter).
struct Layout {
  Encoding encoding = Encoding::kUtf8;
  bool has_bom = false;
  Dialect dialect;
  std::vector<std::string> preamble;               // text of the records above the header
  std::uint64_t header_record = 1;                 // 1-based
  std::vector<std::string> headers;                // trimmed, unquoted
  std::vector<std::vector<std::string>> samples;   // up to kSampleRows data records below the header, totals left out
};

/// Which columns to read, as what. The rest of the file is not parsed.
struct ColumnPlan {
  std::int32_t source_column;
  std::string field;
  ColumnKind kind;
  bool has_time = false;  // kDate: the time of day is kept too
  bool is_name = false;   // kText: rows are joined by it, so that no text may be lost to the limit of the dictionary
};
struct ReadPlan {
  std::string table_kind;
  std::vector<ColumnPlan> columns;
  /// Fields whose columns add up (cost, clicks...): used to prove totals rows by arithmetic.
  std::vector<std::string> additive_fields;
};

/// The decision for one column over all of its values.
struct ColumnFormat {
  std::int32_t source_column;
  std::optional<DecimalMark> decimal;      // kNumber columns with any mark
  std::optional<DateOrder> date_order;     // kDate columns
  bool is_ambiguous = false;               // both readings fit every value
  bool is_percent = false;
  std::string currency;                    // ISO code from symbols or codes in the cells
  bool has_several_currencies = false;     // the cells carry different ones: currency stays empty
  std::string example;                     // the first value that the decision rests on
};

/// Every record of the file is in exactly one of these; the counts add up to `records`.
struct Receipt {
  std::uint64_t bytes = 0;
  std::uint64_t records = 0;
  std::uint64_t preamble = 0, header = 0, used = 0, blank = 0, totals = 0, footers = 0, repeated_headers = 0;
  struct SetAside {
    std::uint64_t record;
    std::string_view reason;  // "totals", "footer", "repeated_header", "preamble"
    std::string text;         // the raw record, at most 200 bytes, valid UTF-8
  };
  std::vector<SetAside> set_aside;  // the first 100
};

class CsvReader {
 public:
  static constexpr std::size_t kSniffBytes = 256 * 1024;
  static constexpr std::size_t kSampleRows = 200;
  static constexpr std::size_t kMaxRecordBytes = 4 << 20;
  static constexpr std::size_t kMaxColumns = 2000;

  /// How much a header text is worth as evidence that its record is the header row: 0 = unknown name.
  /// Given by the caller, so that reading knows nothing of the catalogue.
  using HeaderScore = std::function<int(std::string_view)>;
  /// Called once, when the layout is known; decides what is read.
  using Planner = std::function<Result<ReadPlan>(const Layout&)>;
  /// Labels of totals rows, lower-cased ("total", "gesamt", ...). A label followed by ':' or a blank counts as well.
  CsvReader(ReadOptions options, HeaderScore header_score, std::vector<std::string> totals_labels, Planner planner);
  ~CsvReader();

  /// Room for `count` bytes of the file. The caller writes them, then calls commit with how many it wrote.
  /// Errors: memory_exhausted.
  Result<std::span<std::uint8_t>> reserve(std::size_t count);
  /// Takes the bytes written into the last reservation. The result never depends on how the file is cut into chunks.
  Status commit(std::size_t count);
  /// End of the file. true: done. false: some column's format turned out otherwise over all rows than in the first bytes:
  /// feed the whole file again from its first byte, then call finish again (at most twice).
  Result<bool> finish();

  const Layout& layout() const;
  const Receipt& receipt() const;
  const std::vector<ColumnFormat>& formats() const;
  Diagnostics& diagnostics();
  /// After finish() gave true.
  Table take_table();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kpi
