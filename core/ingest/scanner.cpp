#include "core/ingest/scanner.h"

#include <cstring>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace kpi {
namespace {

struct Masks {
  std::uint64_t quote, separator, record_end;
};

#if defined(__wasm_simd128__)
#define KPI_SIMD 1
using Vector = v128_t;
inline Vector splat(char c) { return wasm_i8x16_splat(static_cast<std::int8_t>(c)); }
inline Vector load(const std::uint8_t* p) { return wasm_v128_load(p); }
inline Vector equal(Vector a, Vector b) { return wasm_i8x16_eq(a, b); }
inline Vector either(Vector a, Vector b) { return wasm_v128_or(a, b); }
inline std::uint64_t bits(Vector v) { return static_cast<std::uint32_t>(wasm_i8x16_bitmask(v)); }
#elif defined(__SSE2__)
#define KPI_SIMD 1
using Vector = __m128i;
inline Vector splat(char c) { return _mm_set1_epi8(c); }
inline Vector load(const std::uint8_t* p) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p)); }
inline Vector equal(Vector a, Vector b) { return _mm_cmpeq_epi8(a, b); }
inline Vector either(Vector a, Vector b) { return _mm_or_si128(a, b); }
inline std::uint64_t bits(Vector v) { return static_cast<std::uint32_t>(_mm_movemask_epi8(v)); }
#endif

#ifdef KPI_SIMD

struct Needles {
  Vector quote, delimiter, record_end;
};

inline Masks masks_of(const std::uint8_t* p, const Needles& needles) {
  Masks masks{0, 0, 0};
  for (unsigned i = 0; i < 4; ++i) {
    const Vector bytes = load(p + 16 * i);
    const Vector ends = equal(bytes, needles.record_end);
    masks.quote |= bits(equal(bytes, needles.quote)) << (16 * i);
    masks.record_end |= bits(ends) << (16 * i);
    masks.separator |= bits(either(ends, equal(bytes, needles.delimiter))) << (16 * i);
  }
  return masks;
}

/// Bit i is the parity of bits 0..i.
inline std::uint64_t prefix_xor(std::uint64_t x) {
  x ^= x << 1;
  x ^= x << 2;
  x ^= x << 4;
  x ^= x << 8;
  x ^= x << 16;
  x ^= x << 32;
  return x;
}

inline std::size_t write_positions(std::uint64_t separators, std::uint32_t base, std::uint32_t* out) {
  const auto count = static_cast<std::size_t>(__builtin_popcountll(separators));
  const auto put = [&separators, base](std::uint32_t* at) {
    // Past the last one this writes a position that the next block overwrites.
    *at = base + (separators != 0 ? static_cast<std::uint32_t>(__builtin_ctzll(separators)) : 0U);
    separators &= separators - 1;
  };
  for (std::size_t i = 0; i < 8; ++i) put(out + i);
  if (__builtin_expect(count > 8, 0)) {
    for (std::size_t i = 8; i < count; i += 4) {
      for (std::size_t j = 0; j < 4; ++j) put(out + i + j);
    }
  }
  return count;
}

#endif

}  // namespace

ScanResult scan_scalar(const Dialect& dialect, const std::uint8_t* text, std::uint32_t from, std::uint32_t to, ScanPlace& place,
                       std::uint32_t* out) {
  ScanResult result;
  const auto is = [](std::uint8_t byte, char wanted) { return byte == static_cast<std::uint8_t>(wanted); };
  for (std::uint32_t i = from; i < to; ++i) {
    const std::uint8_t byte = text[i];
    if (place == ScanPlace::kQuoted) {
      if (is(byte, dialect.quote)) {
        place = ScanPlace::kAfterQuote;
      } else if (dialect.escape != 0 && is(byte, dialect.escape)) {
        place = ScanPlace::kEscaped;
      }
      continue;
    }
    if (place == ScanPlace::kEscaped) {
      place = ScanPlace::kQuoted;
      continue;
    }
    const bool is_end = is(byte, dialect.record_end);
    if (is_end || is(byte, dialect.delimiter)) {
      out[result.separators++] = i;
      result.record_ends += is_end ? 1U : 0U;
      place = ScanPlace::kCellStart;
    } else if (dialect.quote != 0 && is(byte, dialect.quote) && place != ScanPlace::kInCell) {
      place = ScanPlace::kQuoted;
    } else if (!(place == ScanPlace::kCellStart && dialect.skip_initial_space && byte == ' ')) {
      place = ScanPlace::kInCell;
    }
  }
  return result;
}

ScanResult scan_simd(const Dialect& dialect, const std::uint8_t* text, std::uint32_t from, std::uint32_t to, ScanPlace& place,
                     std::uint32_t* out) {
#ifdef KPI_SIMD
  if (dialect.escape == 0 && !dialect.skip_initial_space) {
    ScanResult result;
    const Needles needles{splat(dialect.quote), splat(dialect.delimiter), splat(dialect.record_end)};
    const std::uint64_t quoting = dialect.quote == 0 ? 0 : ~std::uint64_t{0};
    for (std::uint32_t at = from; at < to; at += 64) {
      const std::uint32_t count = to - at < 64 ? to - at : 64;
      const std::uint64_t keep = count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
      Masks masks = masks_of(text + at, needles);
      masks.quote &= keep & quoting;
      std::uint64_t separators = masks.separator & keep;
      std::uint64_t inside = place == ScanPlace::kQuoted ? ~std::uint64_t{0} : 0;
      if (masks.quote != 0) {
        inside ^= prefix_xor(masks.quote);
        separators &= ~inside;
        // A quote opens after a separator or doubles the one before it; anywhere else it is plain text.
        const std::uint64_t may_open = (separators | masks.quote) << 1 | (place == ScanPlace::kCellStart || place == ScanPlace::kAfterQuote ? 1U : 0U);
        if (__builtin_expect((masks.quote & inside & ~may_open) != 0, 0)) {
          const ScanResult block = scan_scalar(dialect, text, at, at + count, place, out + result.separators);
          result.separators += block.separators;
          result.record_ends += block.record_ends;
          continue;
        }
      } else {
        separators &= ~inside;
      }
      result.separators += write_positions(separators, at, out + result.separators);
      result.record_ends += static_cast<std::size_t>(__builtin_popcountll(separators & masks.record_end));
      const std::uint64_t last = std::uint64_t{1} << (count - 1);
      if ((inside & last) != 0) {
        place = ScanPlace::kQuoted;
      } else if ((separators & last) != 0) {
        place = ScanPlace::kCellStart;
      } else {
        place = (masks.quote & last) != 0 ? ScanPlace::kAfterQuote : ScanPlace::kInCell;
      }
    }
    return result;
  }
#endif
  return scan_scalar(dialect, text, from, to, place, out);
}

}  // namespace kpi
