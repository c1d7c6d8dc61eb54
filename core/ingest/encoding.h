// Bytes of a file to UTF-8: which encoding, and a streaming decoder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/ingest/csv_reader.h"

namespace kpi {

/// How often the bytes of a file speak for one encoding or another; fed in pieces of any size.
class EncodingEvidence {
 public:
  void add(std::span<const std::uint8_t> bytes);
  /// Sequences that are not UTF-8 so far; an unfinished sequence at the end counts only when `is_end`.
  std::uint64_t invalid_utf8(bool is_end) const { return invalid_ + (is_end && needed_ != 0 ? 1 : 0); }
  std::uint64_t multibyte_utf8() const { return multibyte_; }
  bool is_ascii() const { return high_ == 0; }
  /// windows-1251 where most bytes past ASCII stand beside each other as Cyrillic words do, else windows-1252.
  Encoding single_byte_guess() const;

 private:
  void add_slowly(std::uint8_t byte);
  std::uint64_t invalid_ = 0, multibyte_ = 0, high_ = 0;
  std::uint64_t letters_ = 0, letter_pairs_ = 0, others_ = 0;
  unsigned needed_ = 0, low_ = 0x80, top_ = 0xBF;
  std::uint8_t previous_ = 0;
};

struct EncodingGuess {
  Encoding encoding = Encoding::kUtf8;
  std::size_t bom_bytes = 0;
  bool is_assumed = false;  // neither a byte order mark nor plain ASCII says so
  bool is_binary = false;   // no known encoding gives text
};
/// By byte order mark, then by the pattern of zero bytes, then strict UTF-8, then windows-1251 or -1252.
/// `is_end`: `head` is the whole file, not only its beginning.
EncodingGuess guess_encoding(std::span<const std::uint8_t> head, bool is_end);
/// Length of the byte order mark of `encoding` at the start of `head`.
std::size_t bom_bytes(Encoding encoding, std::span<const std::uint8_t> head);

/// Decodes UTF-16 or a single-byte encoding to UTF-8, in pieces of any size. What is not valid becomes U+FFFD and is counted.
class Decoder {
 public:
  explicit Decoder(Encoding encoding) : encoding_(encoding) {}
  /// The most bytes that `count` further bytes can become.
  static std::size_t room_for(std::size_t count) { return 3 * count + 8; }
  /// Writes to `out`, gives the number of bytes written.
  std::size_t decode(std::span<const std::uint8_t> bytes, std::uint8_t* out);
  /// What an unfinished character at the end of the file becomes.
  std::size_t finish(std::uint8_t* out);
  std::uint64_t replaced() const { return replaced_; }

 private:
  std::size_t unit(std::uint32_t unit, std::uint8_t* out);
  Encoding encoding_;
  std::uint32_t high_surrogate_ = 0;
  bool has_byte_ = false;
  std::uint8_t byte_ = 0;
  std::uint64_t replaced_ = 0;
};

/// How many bytes of the file this decoded text came from.
std::uint64_t source_bytes(Encoding encoding, std::span<const std::uint8_t> text);

}  // namespace kpi
