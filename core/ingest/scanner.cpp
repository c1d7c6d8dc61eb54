#include "core/ingest/scanner.h"

#include "core/ingest/simd.h"

namespace kpi {
namespace {

struct Masks {
  std::uint64_t quote, separator, record_end;
  void keep(std::uint64_t bits) {
    quote &= bits;
    separator &= bits;
    record_end &= bits;
  }
};

/// What one block leaves to the next: a ScanPlace as bits.
struct Carry {
  std::uint64_t inside;    // all ones within quotes
  std::uint64_t may_open;  // 1 where a quote in the next byte is not plain text
  bool is_after_quote;

  explicit Carry(ScanPlace place)
      : inside(place == ScanPlace::kQuoted ? ~std::uint64_t{0} : 0),
        may_open(place == ScanPlace::kCellStart || place == ScanPlace::kAfterQuote ? 1 : 0),
        is_after_quote(place == ScanPlace::kAfterQuote) {}
  Carry(std::uint64_t insides, std::uint64_t separators, std::uint64_t quotes, std::uint32_t last)
      : inside(0 - (insides >> last & 1)), may_open((separators | quotes) >> last & 1), is_after_quote((quotes >> last & 1) != 0) {}

  ScanPlace place() const {
    if (inside != 0) return ScanPlace::kQuoted;
    if (is_after_quote) return ScanPlace::kAfterQuote;
    return may_open != 0 ? ScanPlace::kCellStart : ScanPlace::kInCell;
  }
};

#ifdef KPI_SIMD

using namespace simd;

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

/// Writes at least eight positions: what follows the last one is overwritten by the next block.
inline std::size_t write_positions(std::uint64_t separators, std::uint32_t base, std::uint32_t* out) {
  const auto count = static_cast<std::size_t>(__builtin_popcountll(separators));
  const auto put = [&separators, base](std::uint32_t* at) {
    *at = base + (separators != 0 ? static_cast<std::uint32_t>(__builtin_ctzll(separators)) : 64U);  // one instruction in WASM
    separators &= separators - 1;
  };
  for (std::size_t i = 0; i < 8; ++i) put(out + i);
  for (std::size_t i = 8; __builtin_expect(i < count, 0); i += 4) {
    for (std::size_t j = 0; j < 4; ++j) put(out + i + j);
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
    const Needles needles{splat(dialect.quote), splat(dialect.delimiter), splat(dialect.record_end)};
    const std::uint64_t quoting = dialect.quote == 0 ? 0 : ~std::uint64_t{0};
    ScanResult result;
    Carry carry(place);
    for (std::uint32_t at = from; at < to; at += 64) {
      const std::uint32_t count = to - at < 64 ? to - at : 64;
      Masks masks = masks_of(text + at, needles);
      masks.quote &= quoting;
      if (__builtin_expect(count < 64, 0)) masks.keep((std::uint64_t{1} << count) - 1);
      std::uint64_t inside = carry.inside;
      if (masks.quote != 0) inside ^= prefix_xor(masks.quote);
      const std::uint64_t separators = masks.separator & ~inside;
      // A quote opens after a separator or doubles the one before it; anywhere else it is plain text.
      const std::uint64_t may_open = (separators | masks.quote) << 1 | carry.may_open;
      if (__builtin_expect((masks.quote & inside & ~may_open) != 0, 0)) {
        place = carry.place();
        const ScanResult block = scan_scalar(dialect, text, at, at + count, place, out + result.separators);
        result.separators += block.separators;
        result.record_ends += block.record_ends;
        carry = Carry(place);
        continue;
      }
      result.separators += write_positions(separators, at, out + result.separators);
      result.record_ends += static_cast<std::size_t>(__builtin_popcountll(separators & masks.record_end));
      carry = Carry(inside, separators, masks.quote, count - 1);
    }
    place = carry.place();
    return result;
  }
#endif
  return scan_scalar(dialect, text, from, to, place, out);
}

}  // namespace kpi
