#include "core/base/text.h"

namespace kpi {
namespace {

constexpr unsigned byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }
constexpr bool is_continuation(unsigned byte) { return (byte & 0xC0U) == 0x80U; }

bool is_blank_code_point(char32_t c) {
  return c <= 0x20 || c == 0x7F || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200F) || c == 0x2028 ||
         c == 0x2029 || (c >= 0x202A && c <= 0x202F) || c == 0x205F || c == 0x2060 || (c >= 0x2066 && c <= 0x2069) || c == 0x3000 ||
         c == 0x61C || c == 0xFEFF;
}

char32_t fold_code_point(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  if (c >= 0xC0 && c <= 0xDE) return c == 0xD7 ? c : c + 32;
  if (c >= 0x100 && c <= 0x17E) {
    if (c == 0x130) return 'i';
    if (c == 0x178) return 0xFF;
    const bool even_is_capital = c <= 0x137 || (c >= 0x14A && c <= 0x177);
    const bool odd_is_capital = (c >= 0x139 && c <= 0x148) || c >= 0x179;
    if (even_is_capital && c % 2 == 0) return c + 1;
    if (odd_is_capital && c % 2 == 1) return c + 1;
    return c;
  }
  if (c >= 0x391 && c <= 0x3A9 && c != 0x3A2) return c + 32;
  if (c == 0x3C2) return 0x3C3;
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if (c >= 0x490 && c <= 0x4BF && c % 2 == 0) return c + 1;
  if (c >= 0xFF21 && c <= 0xFF3A) return c + 32;
  return c;
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  if (text.empty()) return 0;
  const unsigned first = byte_at(text, 0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  const std::size_t wanted = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (text.size() < wanted) return 0;
  const unsigned second = byte_at(text, 1);
  unsigned low = 0x80, high = 0xBF;
  if (first == 0xE0) low = 0xA0;
  if (first == 0xED) high = 0x9F;
  if (first == 0xF0) low = 0x90;
  if (first == 0xF4) high = 0x8F;
  if (second < low || second > high) return 0;
  for (std::size_t i = 2; i < wanted; ++i) {
    if (!is_continuation(byte_at(text, i))) return 0;
  }
  return wanted;
}

char32_t utf8_decode(std::string_view text, std::size_t& length) {
  const std::size_t valid = utf8_length(text);
  length = valid == 0 ? (text.empty() ? 0 : 1) : valid;
  if (valid == 0) return 0xFFFD;
  const unsigned first = byte_at(text, 0);
  if (valid == 1) return first;
  char32_t code_point = first & (0xFFU >> (valid + 1));
  for (std::size_t i = 1; i < valid; ++i) code_point = code_point << 6 | (byte_at(text, i) & 0x3FU);
  return code_point;
}

void utf8_append(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

bool is_valid_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (byte_at(text, i) < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = utf8_length(text.substr(i));
    if (length == 0) return false;
    i += length;
  }
  return true;
}

std::string sanitise_utf8(std::string_view text, std::size_t* replaced) {
  std::string out;
  out.reserve(text.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text.substr(i));
    if (length == 0) {
      out += kReplacementCharacter;
      ++count;
      ++i;
      continue;
    }
    out += text.substr(i, length);
    i += length;
  }
  if (replaced != nullptr) *replaced = count;
  return out;
}

std::string_view cut_utf8(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit != 0 && is_continuation(byte_at(text, limit))) --limit;
  return text.substr(0, limit);
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    std::size_t length = 0;
    if (!is_blank_code_point(utf8_decode(text, length))) break;
    text.remove_prefix(length);
  }
  while (!text.empty()) {
    if (byte_at(text, text.size() - 1) < 0x80) {
      if (!is_blank_code_point(byte_at(text, text.size() - 1))) break;
      text.remove_suffix(1);
      continue;
    }
    std::size_t start = text.size() - 1;
    while (start != 0 && text.size() - start < 4 && is_continuation(byte_at(text, start))) --start;
    std::size_t length = 0;
    const char32_t last = utf8_decode(text.substr(start), length);
    if (start + length != text.size() || !is_blank_code_point(last)) break;
    text = text.substr(0, start);
  }
  return text;
}

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 0;
    const char32_t c = utf8_decode(text.substr(i), length);
    utf8_append(out, fold_code_point(c));
    i += length;
  }
  return out;
}

bool equal_folded(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    std::size_t n = 0, m = 0;
    if (fold_code_point(utf8_decode(a.substr(i), n)) != fold_code_point(utf8_decode(b.substr(j), m))) return false;
    i += n;
    j += m;
  }
  return i == a.size() && j == b.size();
}

}  // namespace kpi
