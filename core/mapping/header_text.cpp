#include "core/mapping/header_text.h"

#include "core/base/text.h"
#include "core/mapping/mapper.h"
#include "core/mapping/values.h"

namespace kpi {
namespace {

bool is_blank(char32_t c) {
  return c <= 0x20 || c == 0x7F || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_invisible(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF ||
         c == 0x061C || c == 0xAD || (c >= 0x2190 && c <= 0x2193) || (c >= 0x25B2 && c <= 0x25BF) || c == 0xFE0F;
}

/// Compatibility forms to plain ones: full-width ASCII, dashes, quotes.
char32_t plain(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return U'-';
  if (c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x02BC || c == 0x00B4) return U'\'';
  if (c == 0x201C || c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB) return U'"';
  return c;
}

// Base letters of U+00E0..U+00FF and, by pairs, of U+0100..U+017F; '?' stays as it is.
constexpr std::string_view kLatin1 = "aaaaaa?ceeeeiiii?nooooo?ouuuuy?y";
constexpr std::string_view kExtendedA =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllllln"
    "nnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// Appends `c` (already lower-cased) without its accent.
void append_base(std::string& out, char32_t c) {
  if (c >= 0x300 && c <= 0x36F) return;                       // combining accents
  if (c >= 0x64B && c <= 0x652) return;                       // Arabic vowel signs
  if (c == 0xDF) { out += "ss"; return; }
  if (c == 0xE6) { out += "ae"; return; }
  if (c == 0x153) { out += "oe"; return; }
  if (c == 0xF0) { out += 'd'; return; }
  if (c == 0xFE) { out += "th"; return; }
  if (c >= 0xE0 && c <= 0xFF && kLatin1[c - 0xE0] != '?') { out += kLatin1[c - 0xE0]; return; }
  if (c >= 0x100 && c <= 0x17F && c - 0x100 < kExtendedA.size()) { out += kExtendedA[c - 0x100]; return; }
  switch (c) {
    case 0x451: c = 0x435; break;                             // Cyrillic io, short i
    case 0x439: c = 0x438; break;
    case 0x622: case 0x623: case 0x625: c = 0x627; break;     // Arabic alef forms
    case 0x629: c = 0x647; break;
    case 0x649: c = 0x64A; break;
    case 0x3AC: c = 0x3B1; break;                             // Greek tonos
    case 0x3AD: c = 0x3B5; break;
    case 0x3AE: c = 0x3B7; break;
    case 0x3AF: c = 0x3B9; break;
    case 0x3CC: c = 0x3BF; break;
    case 0x3CD: c = 0x3C5; break;
    case 0x3CE: c = 0x3C9; break;
    default: break;
  }
  utf8_append(out, c);
}

bool is_separator(char32_t c) {
  if (c < 0x80) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return !letter && c != '%' && c != '$';
  }
  return is_blank(c) || c == 0xB7 || c == 0x2022 || c == 0x2026 || c == 0x3001 || c == 0x3002 || (c >= 0x3008 && c <= 0x3011);
}

/// Does a word begin at `i` by case alone?
bool is_camel_step(std::string_view text, std::size_t i) {
  return i > 0 && text[i] >= 'A' && text[i] <= 'Z' && text[i - 1] >= 'a' && text[i - 1] <= 'z';
}

bool is_camel(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (is_camel_step(text, i)) return true;
  }
  return false;
}

std::string_view without_tail(std::string_view text, std::string_view characters) {
  while (!text.empty() && characters.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return text;
}

/// ISO code of a suffix such as "USD" or "\u20BD"; empty for other texts. Words in plain letters must be upper-case codes:
/// "Clicks (all)" is no amount in Albanian lek.
std::string suffix_currency(std::string_view text) {
  bool has_lower = false;
  for (const char c : text) has_lower = has_lower || (c >= 'a' && c <= 'z');
  if (has_lower || text == "ALL" || text == "TOP" || text == "TRY" || text.empty() || text.size() > 12) return {};
  return currency_from_text(text);
}

/// Takes a trailing "(USD)", "[EUR]", ", \u20BD" or " EUR" off `text`.
std::string take_currency(std::string_view& text) {
  if (text.size() < 3) return {};
  const char last = text.back();
  if (last == ')' || last == ']') {
    const std::size_t open = text.rfind(last == ')' ? '(' : '[');
    if (open == std::string_view::npos || open == 0) return {};
    const std::string_view inside = trim(text.substr(open + 1, text.size() - open - 2));
    std::string code = suffix_currency(inside);
    if (code.empty() && inside != "$" && inside != "\xC2\xA5") return {};
    text = trim(text.substr(0, open));
    return code;
  }
  const std::size_t cut = text.find_last_of(", ");
  if (cut == std::string_view::npos || cut == 0) return {};
  std::string code = suffix_currency(text.substr(cut + 1));
  if (!code.empty()) {
    text = without_tail(text.substr(0, cut), ", ");
    if (text.size() > 3 && text.ends_with(" in")) text.remove_suffix(3);
  }
  return code;
}

std::string_view without_prefix(std::string_view text) {
  if (text.find_first_of(")-") == std::string_view::npos) return text;
  for (const std::string& prefix : header_words().hidden_prefixes) {
    if (text.size() > prefix.size() && text.starts_with(prefix)) text = trim(text.substr(prefix.size()));
  }
  for (const std::string& prefix : header_words().prefixes) {
    if (text.size() > prefix.size() + 3 && text.starts_with(prefix) && text.substr(prefix.size(), 3) == " - ") {
      return trim(text.substr(prefix.size() + 3));
    }
  }
  return text;
}

}  // namespace

std::string plain_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool pending = false;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 1;
    char32_t c = static_cast<unsigned char>(text[i]);
    if (c >= 0x80) c = utf8_decode(text.substr(i), length);
    i += length == 0 ? 1 : length;
    if (is_blank(c)) {
      pending = !out.empty();
      continue;
    }
    if (c >= 0x80 && is_invisible(c)) continue;
    if (pending) out += ' ';
    pending = false;
    if (c < 0x80) out += static_cast<char>(c);
    else utf8_append(out, plain(c));
  }
  return out;
}

std::string fold_key(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool pending = false;
  const auto put = [&](char32_t c) {
    if (c >= 0x80 && is_invisible(c)) return;
    if (is_separator(c)) {
      pending = !out.empty();
      return;
    }
    if (pending) out += ' ';
    pending = false;
    if (c < 0x80) out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    else append_base(out, c);
  };
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      put(static_cast<char32_t>(text[i++]));
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && static_cast<unsigned char>(text[end]) >= 0x80) ++end;
    const std::string lower = fold(text.substr(i, end - i));
    for (std::size_t j = 0; j < lower.size();) {
      std::size_t length = 0;
      const char32_t c = plain(utf8_decode(std::string_view(lower).substr(j), length));
      j += length == 0 ? 1 : length;
      put(c);
    }
    i = end;
  }
  return out;
}

std::string split_camel(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_camel_step(text, i)) out += ' ';
    out += text[i];
  }
  return out;
}

HeaderText analyse_header(std::string_view header) {
  HeaderText result;
  const std::string plain_header = plain_text(header);
  std::string_view text = without_tail(plain_header, ":;*?!,. ");
  result.currency = take_currency(text);
  text = without_tail(text, ":;*?!,. ");
  result.exact = fold(text);
  result.bare = std::string(without_prefix(result.exact));
  result.folded = fold_key(result.bare);
  if (is_camel(text)) result.camel = fold_key(without_prefix(fold(split_camel(text))));
  const std::size_t cut = result.folded.rfind(' ');
  if (cut != std::string::npos && result.folded.size() - cut == 4) {
    const std::string code = fold_key(result.folded.substr(cut + 1));
    if (header_words().suffix_codes.find(" " + code + " ") != std::string::npos) {
      result.short_folded = result.folded.substr(0, cut);
      result.short_currency = currency_from_text(code);
    }
  }
  return result;
}

std::string normalise_header(std::string_view header) { return analyse_header(header).bare; }

}  // namespace kpi
