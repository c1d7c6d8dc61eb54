#include "core/ingest/encoding.h"

#include <algorithm>
#include <cstring>

#include "core/ingest/simd.h"

namespace kpi {
namespace {

struct EncodingName {
  Encoding encoding;
  std::string_view name;
};
constexpr EncodingName kNames[] = {{Encoding::kUtf8, "utf-8"},
                                   {Encoding::kUtf16Le, "utf-16le"},
                                   {Encoding::kUtf16Be, "utf-16be"},
                                   {Encoding::kWindows1252, "windows-1252"},
                                   {Encoding::kWindows1251, "windows-1251"}};

// Code points of 0x80..0x9F, and for 1251 of 0x80..0xBF, as the WHATWG encoding standard has them.
constexpr std::uint16_t k1252[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160,
                                     0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                     0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
constexpr std::uint16_t k1251[64] = {
    0x402,  0x403,  0x201A, 0x453,  0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x409, 0x2039, 0x40A, 0x40C, 0x40B, 0x40F,
    0x452,  0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x98,   0x2122, 0x459, 0x203A, 0x45A, 0x45C, 0x45B, 0x45F,
    0xA0,   0x40E,  0x45E,  0x408,  0xA4,   0x490,  0xA6,   0xA7,   0x401,  0xA9,   0x404, 0xAB,   0xAC,  0xAD,  0xAE,  0x407,
    0xB0,   0xB1,   0x406,  0x456,  0x491,  0xB5,   0xB6,   0xB7,   0x451,  0x2116, 0x454, 0xBB,   0x458, 0x405, 0x455, 0x457};

std::uint32_t single_byte(Encoding encoding, std::uint8_t byte) {
  if (byte < 0x80) return byte;
  if (encoding == Encoding::kWindows1251) return byte < 0xC0 ? k1251[byte - 0x80] : 0x410U + (byte - 0xC0U);
  return byte < 0xA0 ? k1252[byte - 0x80] : byte;
}

std::size_t put(std::uint8_t* out, std::uint32_t c) {
  if (c < 0x80) {
    out[0] = static_cast<std::uint8_t>(c);
    return 1;
  }
  if (c < 0x800) {
    out[0] = static_cast<std::uint8_t>(0xC0 | c >> 6);
    out[1] = static_cast<std::uint8_t>(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = static_cast<std::uint8_t>(0xE0 | c >> 12);
    out[1] = static_cast<std::uint8_t>(0x80 | (c >> 6 & 0x3F));
    out[2] = static_cast<std::uint8_t>(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = static_cast<std::uint8_t>(0xF0 | c >> 18);
  out[1] = static_cast<std::uint8_t>(0x80 | (c >> 12 & 0x3F));
  out[2] = static_cast<std::uint8_t>(0x80 | (c >> 6 & 0x3F));
  out[3] = static_cast<std::uint8_t>(0x80 | (c & 0x3F));
  return 4;
}

bool is_cyrillic_1251(std::uint8_t byte) { return byte >= 0xC0 || byte == 0xA8 || byte == 0xB8; }
bool is_punctuation_1251(std::uint8_t byte) {
  return byte == 0x96 || byte == 0x97 || byte == 0xA0 || byte == 0xAB || byte == 0xBB || byte == 0xB9 || byte == 0x85 ||
         (byte >= 0x91 && byte <= 0x94);
}

/// Control characters that no text holds.
bool is_foreign_control(std::uint8_t byte) {
  return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != 0x0B && byte != 0x0C && byte != 0x1A && byte != 0x1B;
}

}  // namespace

std::string_view encoding_name(Encoding encoding) {
  for (const EncodingName& entry : kNames) {
    if (entry.encoding == encoding) return entry.name;
  }
  return "";
}

std::optional<Encoding> parse_encoding(std::string_view name) {
  for (const EncodingName& entry : kNames) {
    if (entry.name == name) return entry.encoding;
  }
  return std::nullopt;
}

void EncodingEvidence::add(std::span<const std::uint8_t> bytes) {
  std::size_t i = 0;
  while (i < bytes.size()) {
    if (needed_ == 0 && bytes.size() - i >= 64 && simd::is_ascii_block(bytes.data() + i)) {  // the usual case
      i += 64;
      previous_ = 0;
      continue;
    }
    const std::size_t end = std::min(bytes.size(), i + 64);
    for (; i < end; ++i) {
      if (bytes[i] < 0x80 && needed_ == 0) {
        previous_ = bytes[i];
      } else {
        add_slowly(bytes[i]);
      }
    }
  }
}

void EncodingEvidence::add_slowly(std::uint8_t byte) {
  if (byte >= 0x80) {
    ++high_;
    if (is_cyrillic_1251(byte)) {
      ++letters_;
      if (is_cyrillic_1251(previous_)) ++letter_pairs_;
    } else if (!is_punctuation_1251(byte)) {
      ++others_;
    }
  }
  previous_ = byte;
  if (needed_ != 0) {
    if (byte >= low_ && byte <= top_) {
      low_ = 0x80;
      top_ = 0xBF;
      if (--needed_ == 0) ++multibyte_;
      return;
    }
    ++invalid_;  // the sequence so far; this byte starts anew
    needed_ = 0;
    low_ = 0x80;
    top_ = 0xBF;
  }
  if (byte < 0x80) return;
  if (byte < 0xC2 || byte > 0xF4) {
    ++invalid_;
    return;
  }
  needed_ = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
  if (byte == 0xE0) low_ = 0xA0;
  if (byte == 0xED) top_ = 0x9F;
  if (byte == 0xF0) low_ = 0x90;
  if (byte == 0xF4) top_ = 0x8F;
}

Encoding EncodingEvidence::single_byte_guess() const {
  const bool is_cyrillic = letters_ != 0 && letter_pairs_ * 2 >= letters_ && others_ * 10 <= letters_;
  return is_cyrillic ? Encoding::kWindows1251 : Encoding::kWindows1252;
}

std::size_t bom_bytes(Encoding encoding, std::span<const std::uint8_t> head) {
  const auto starts = [head](std::initializer_list<std::uint8_t> mark) {
    return head.size() >= mark.size() && std::equal(mark.begin(), mark.end(), head.begin());
  };
  if (encoding == Encoding::kUtf8) return starts({0xEF, 0xBB, 0xBF}) ? 3 : 0;
  if (encoding == Encoding::kUtf16Le) return starts({0xFF, 0xFE}) ? 2 : 0;
  if (encoding == Encoding::kUtf16Be) return starts({0xFE, 0xFF}) ? 2 : 0;
  return 0;
}

EncodingGuess guess_encoding(std::span<const std::uint8_t> head, bool is_end) {
  for (const Encoding encoding : {Encoding::kUtf8, Encoding::kUtf16Le, Encoding::kUtf16Be}) {
    const std::size_t mark = bom_bytes(encoding, head);
    if (mark != 0) return {encoding, mark, false, false};
  }
  std::size_t zeros[2] = {0, 0}, controls = 0;
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == 0) ++zeros[i % 2];
    if (head[i] != 0 && is_foreign_control(head[i])) ++controls;
  }
  const std::size_t pairs = head.size() / 2;
  if (zeros[0] + zeros[1] != 0) {
    // Separators, digits and record ends are ASCII in every language: one byte of many pairs is zero, the other never.
    if (zeros[1] * 5 >= pairs && zeros[0] * 20 <= zeros[1]) return {Encoding::kUtf16Le, 0, true, false};
    if (zeros[0] * 5 >= pairs && zeros[1] * 20 <= zeros[0]) return {Encoding::kUtf16Be, 0, true, false};
    if ((zeros[0] + zeros[1]) * 100 > head.size()) return {Encoding::kUtf8, 0, true, true};
  }
  if (controls * 50 > head.size()) return {Encoding::kUtf8, 0, true, true};
  EncodingEvidence evidence;
  evidence.add(head);
  if (evidence.is_ascii()) return {};
  const std::uint64_t invalid = evidence.invalid_utf8(is_end);
  if (invalid == 0 || invalid * 20 < evidence.multibyte_utf8()) return {Encoding::kUtf8, 0, false, false};
  return {evidence.single_byte_guess(), 0, true, false};
}

std::size_t Decoder::unit(std::uint32_t unit, std::uint8_t* out) {
  std::size_t written = 0;
  if (high_surrogate_ != 0) {
    if (unit >= 0xDC00 && unit <= 0xDFFF) {
      written = put(out, 0x10000 + ((high_surrogate_ - 0xD800) << 10) + (unit - 0xDC00));
      high_surrogate_ = 0;
      return written;
    }
    written = put(out, 0xFFFD);
    ++replaced_;
    high_surrogate_ = 0;
  }
  if (unit >= 0xD800 && unit <= 0xDBFF) {
    high_surrogate_ = unit;
    return written;
  }
  if (unit >= 0xDC00 && unit <= 0xDFFF) {
    unit = 0xFFFD;
    ++replaced_;
  }
  return written + put(out + written, unit);
}

std::size_t Decoder::decode(std::span<const std::uint8_t> bytes, std::uint8_t* out) {
  std::size_t written = 0;
  if (encoding_ == Encoding::kUtf8) {
    std::memcpy(out, bytes.data(), bytes.size());
    return bytes.size();
  }
  if (encoding_ == Encoding::kWindows1252 || encoding_ == Encoding::kWindows1251) {
    for (const std::uint8_t byte : bytes) written += put(out + written, single_byte(encoding_, byte));
    return written;
  }
  const bool is_little = encoding_ == Encoding::kUtf16Le;
  for (const std::uint8_t byte : bytes) {
    if (!has_byte_) {
      byte_ = byte;
      has_byte_ = true;
      continue;
    }
    has_byte_ = false;
    const std::uint32_t value = is_little ? byte_ | static_cast<std::uint32_t>(byte) << 8 : byte | static_cast<std::uint32_t>(byte_) << 8;
    written += unit(value, out + written);
  }
  return written;
}

std::size_t Decoder::finish(std::uint8_t* out) {
  std::size_t written = 0;
  if (high_surrogate_ != 0) {
    written += put(out, 0xFFFD);
    ++replaced_;
  }
  if (has_byte_) {
    written += put(out + written, 0xFFFD);
    ++replaced_;
  }
  high_surrogate_ = 0;
  has_byte_ = false;
  return written;
}

std::uint64_t source_bytes(Encoding encoding, std::span<const std::uint8_t> text) {
  if (encoding == Encoding::kUtf8) return text.size();
  std::uint64_t characters = 0, long_ones = 0;
  for (const std::uint8_t byte : text) {
    characters += (byte & 0xC0) != 0x80 ? 1U : 0U;
    long_ones += byte >= 0xF0 ? 1U : 0U;
  }
  const bool is_wide = encoding == Encoding::kUtf16Le || encoding == Encoding::kUtf16Be;
  return is_wide ? 2 * (characters + long_ones) : characters;
}

}  // namespace kpi
