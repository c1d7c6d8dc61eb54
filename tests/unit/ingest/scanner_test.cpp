#include "core/ingest/scanner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace kpi {
namespace {

struct Scanned {
  std::vector<std::uint32_t> positions;
  std::size_t record_ends = 0;
  ScanPlace place = ScanPlace::kCellStart;
  friend bool operator==(const Scanned&, const Scanned&) = default;
};

Scanned scan(const Dialect& dialect, const std::string& text, bool simd, std::size_t step) {
  Scanned out;
  const std::string padded = text + std::string(64, dialect.quote == 0 ? ',' : dialect.quote);  // the margin must not matter
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(padded.data());
  std::vector<std::uint32_t> positions(text.size() + 128);
  for (std::size_t at = 0; at < text.size(); at += step) {
    const auto from = static_cast<std::uint32_t>(at), to = static_cast<std::uint32_t>(std::min(text.size(), at + step));
    const ScanResult found = simd ? scan_simd(dialect, bytes, from, to, out.place, positions.data()) : scan_scalar(dialect, bytes, from, to, out.place, positions.data());
    out.positions.insert(out.positions.end(), positions.begin(), positions.begin() + static_cast<std::ptrdiff_t>(found.separators));
    out.record_ends += found.record_ends;
  }
  return out;
}

TEST(Scanner, SimdAgreesWithTheScalarTwinOnHostileBytes) {
  const unsigned seed = std::random_device{}();
  std::mt19937 random(seed);
  const std::string alphabets[] = {"\",\n", "\",\nab ", "\"\",,\n\r;abcdefghij", "\"abcdefghijklmnopqrstuvwxyz0123456789,,,\n", "',\n\"\\"};
  int compared = 0;
  for (int round = 0; round < 4000; ++round) {
    const std::string& alphabet = alphabets[random() % std::size(alphabets)];
    std::string text(random() % 400, 'x');
    for (char& c : text) c = alphabet[random() % alphabet.size()];
    Dialect dialect;
    dialect.quote = random() % 8 == 0 ? '\0' : random() % 8 == 0 ? '\'' : '"';
    dialect.record_end = random() % 8 == 0 ? '\r' : '\n';
    dialect.delimiter = random() % 8 == 0 ? ';' : ',';
    dialect.escape = random() % 16 == 0 ? '\\' : '\0';
    dialect.skip_initial_space = random() % 16 == 0;
    const std::size_t steps[] = {1, 7, 63, 64, 65, 100, 1000};
    const std::size_t step = steps[random() % std::size(steps)];
    ASSERT_EQ(scan(dialect, text, true, step), scan(dialect, text, false, 1)) << "seed " << seed << " text " << text;
    ++compared;
  }
  EXPECT_EQ(compared, 4000);
}

std::size_t separators(const std::string& text) { return scan({}, text, true, 64).positions.size(); }

TEST(Scanner, AQuoteOpensOnlyAtTheStartOfACell) {
  EXPECT_EQ(separators("a\"b,c\"d\n"), 2U);       // stray quotes are text
  EXPECT_EQ(separators("\"a,b\",c\n"), 2U);
  EXPECT_EQ(separators("\"a\"\"b,\",c\n"), 2U);    // a doubled quote
  EXPECT_EQ(separators("\"a\"b,c\"\n"), 2U);       // text behind a closing quote is unquoted
  EXPECT_EQ(separators(" \"a,b\",c\n"), 3U);       // not at the start
  EXPECT_EQ(separators("x,\"\n\",\"\"\n"), 3U);
}

}  // namespace
}  // namespace kpi
