#include "core/ingest/dialect.h"

#include <algorithm>
#include <map>

#include "core/ingest/cell_shape.h"
#include "core/ingest/cells.h"

namespace kpi {
namespace {

constexpr std::size_t kLookBytes = 32 * 1024;
constexpr std::size_t kLookRecords = 120;
constexpr char kDelimiters[] = {',', ';', '\t', '|'};

char guess_record_end(std::string_view text) {
  std::size_t feeds = 0, lone_returns = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') ++feeds;
    if (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) ++lone_returns;
  }
  return lone_returns > feeds ? '\r' : '\n';
}

bool is_boundary(char c, char delimiter) { return c == delimiter || c == '\n' || c == '\r'; }

/// How often `quote` stands where a quoted cell begins and ends.
std::size_t count_quoted(std::string_view text, char quote, char delimiter) {
  std::size_t opens = 0, closes = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != quote) continue;
    if (i == 0 || is_boundary(text[i - 1], delimiter)) ++opens;
    if (i + 1 == text.size() || is_boundary(text[i + 1], delimiter)) ++closes;
  }
  return std::min(opens, closes);
}

struct Quoting {
  char quote, escape;
  bool skip_initial_space;
};

/// The ways of quoting worth trying for a delimiter.
std::vector<Quoting> quotings(std::string_view text, char delimiter, const ReadOptions& options) {
  if (options.quote) return {{*options.quote, 0, false}};
  std::vector<Quoting> out{{'"', 0, false}};
  const bool has_double = text.find('"') != std::string_view::npos;
  if (has_double) {
    out.push_back({0, 0, false});
    if (text.find("\\\"") != std::string_view::npos) out.push_back({'"', '\\', false});
    const char spaced[3] = {delimiter, ' ', '"'};
    if (delimiter != ' ' && text.find(std::string_view(spaced, 3)) != std::string_view::npos) out.push_back({'"', 0, true});
  }
  if (count_quoted(text, '\'', delimiter) >= 2 && count_quoted(text, '"', delimiter) == 0) out.push_back({'\'', 0, false});
  return out;
}

/// Quotes at both ends: whatever stands between them is one value.
bool is_quoted(std::string_view raw, const Dialect& dialect) {
  raw = trim(raw);
  return dialect.quote != 0 && raw.size() >= 2 && raw.front() == dialect.quote && raw.back() == dialect.quote;
}

struct Score {
  double value = 0;
  std::size_t columns = 0;
};

/// Pattern score times type score; a known header name lifts it.
Score score_dialect(std::string_view text, const Dialect& dialect, bool is_end, const CsvReader::HeaderScore& header_score) {
  const std::vector<RawRecord> records = split_records(text, dialect, is_end, kLookRecords);
  std::map<std::size_t, std::size_t> patterns;  // cells per record -> records
  std::size_t typed = 0, cells = 0, hits = 0, lines = 0;
  std::string scratch;
  for (const RawRecord& record : records) {
    if (record.is_blank()) continue;
    ++patterns[record.cells.size()];
    lines += 1;
    for (const std::string_view raw : record.cells) {
      const std::string_view cell = clean_cell(raw, dialect, scratch);
      ++cells;
      typed += is_quoted(raw, dialect) || looks_like_value(cell) ? 1U : 0U;
      if (lines <= 15 && header_score && cell.size() <= 80 && record.cells.size() > 1) hits += header_score(cell) > 0 ? 1U : 0U;
    }
  }
  Score score;
  if (patterns.empty() || cells == 0) return score;
  double pattern = 0;
  std::size_t most = 0;
  for (const auto& [width, count] : patterns) {
    pattern += static_cast<double>(count) * std::max(0.001, static_cast<double>(width) - 1) / static_cast<double>(width);
    if (count >= most) {
      most = count;
      score.columns = width;
    }
  }
  pattern /= static_cast<double>(patterns.size());
  const double type = std::max(1e-3, static_cast<double>(typed) / static_cast<double>(cells));
  score.value = pattern * type * (1.0 + 0.25 * static_cast<double>(std::min<std::size_t>(hits, 12)));
  return score;
}

}  // namespace

char declared_delimiter(std::string_view text) {
  std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  if (line.size() >= 2 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
  if (line.size() != 5 || !equal_folded(line.substr(0, 4), "sep=")) return 0;
  return line[4];
}

DialectGuess guess_dialect(std::string_view text, bool is_end, const ReadOptions& options, const CsvReader::HeaderScore& header_score) {
  DialectGuess guess;
  const bool is_whole = is_end && text.size() <= kLookBytes;
  const std::string_view look = text.substr(0, kLookBytes);
  guess.dialect.record_end = guess_record_end(look);
  const char declared = declared_delimiter(text);
  std::vector<char> delimiters;
  if (options.delimiter) {
    delimiters = {*options.delimiter};
  } else if (declared != 0) {
    delimiters = {declared};
  } else {
    for (const char c : kDelimiters) {
      if (look.find(c) != std::string_view::npos) delimiters.push_back(c);
    }
    if (look.find(' ') != std::string_view::npos) delimiters.push_back(' ');
  }
  guess.is_declared = options.delimiter.has_value() || declared != 0;
  double best = -1;
  for (const char delimiter : delimiters) {
    for (const Quoting& quoting : quotings(look, delimiter, options)) {
      if (quoting.quote == delimiter) continue;
      const Dialect dialect{delimiter, quoting.quote, quoting.escape, guess.dialect.record_end, quoting.skip_initial_space};
      Score score = score_dialect(look, dialect, is_whole, header_score);
      if (delimiter == ' ' && !guess.is_declared) score.value *= score.columns < 3 ? 0.01 : 0.2;
      // The plainest way of quoting wins unless another one is clearly better.
      const double needed = quoting.quote == '"' && quoting.escape == 0 && !quoting.skip_initial_space ? 1.0 : 1.02;
      if (score.value > best * needed + 1e-12) {
        best = score.value;
        guess.dialect = dialect;
      }
    }
  }
  return guess;
}

}  // namespace kpi
