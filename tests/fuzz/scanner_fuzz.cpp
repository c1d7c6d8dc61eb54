// The SIMD scanner and its scalar twin must find the same separators in any bytes, however they are cut.
#include <cstdlib>
#include <cstring>
#include <vector>

#include "core/ingest/scanner.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 4 || size > 65536) return 0;
  kpi::Dialect dialect;
  dialect.delimiter = (data[0] & 1) != 0 ? ';' : ',';
  dialect.quote = (data[0] & 2) != 0 ? '\'' : (data[0] & 4) != 0 ? '\0' : '"';
  dialect.record_end = (data[0] & 8) != 0 ? '\r' : '\n';
  const auto step = static_cast<std::uint32_t>(data[1]) + 1;
  const std::vector<std::uint8_t> text(data + 2, data + size);
  std::vector<std::uint8_t> padded(text);
  padded.resize(text.size() + 64, '"');
  const auto length = static_cast<std::uint32_t>(text.size());
  std::vector<std::uint32_t> fast(length + 64 + 64), slow(length + 1);
  kpi::ScanPlace fast_place = kpi::ScanPlace::kCellStart, slow_place = kpi::ScanPlace::kCellStart;
  const kpi::ScanResult expected = kpi::scan_scalar(dialect, text.data(), 0, length, slow_place, slow.data());
  kpi::ScanResult found;
  for (std::uint32_t at = 0; at < length; at += step) {
    const std::uint32_t to = length - at < step ? length : at + step;
    const kpi::ScanResult part = kpi::scan_simd(dialect, padded.data(), at, to, fast_place, fast.data() + found.separators);
    found.separators += part.separators;
    found.record_ends += part.record_ends;
  }
  const bool is_same = found.separators == expected.separators && found.record_ends == expected.record_ends && fast_place == slow_place &&
                       std::memcmp(fast.data(), slow.data(), expected.separators * sizeof(std::uint32_t)) == 0;
  if (!is_same) std::abort();
  return 0;
}
