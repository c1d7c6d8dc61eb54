// UTF-8 text: validity, trimming and case folding. No locale, no tables beyond the scripts that exports use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kpi {

/// U+FFFD, what every byte sequence that is not UTF-8 becomes.
constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";

/// Length in bytes (1..4) of the valid UTF-8 sequence at the start of `text`; 0 when there is none (also for an empty text).
/// Overlong forms, surrogates and values past U+10FFFF are not valid.
std::size_t utf8_length(std::string_view text);
/// The code point at the start of `text`, or U+FFFD; `length` gets how many bytes it took (1 where invalid, 0 where empty).
char32_t utf8_decode(std::string_view text, std::size_t& length);
void utf8_append(std::string& out, char32_t code_point);

bool is_valid_utf8(std::string_view text);
/// `text` with every byte that belongs to no valid sequence replaced by U+FFFD. `replaced` (may be null) gets how many.
std::string sanitise_utf8(std::string_view text, std::size_t* replaced = nullptr);
/// At most `limit` bytes of `text`, cut at a character.
std::string_view cut_utf8(std::string_view text, std::size_t limit);

/// Without leading and trailing blanks: ASCII blanks and controls, NBSP, the U+2000 spaces, U+202F, U+3000, BOM, zero-width
/// and direction marks. Example: "\xC2\xA0 Total " -> "Total".
std::string_view trim(std::string_view text);
/// Lower case for comparing: ASCII, Latin-1, Latin Extended-A, Greek, Cyrillic and full-width letters; other text stays. Accents stay.
std::string fold(std::string_view text);
/// Equal after folding.
bool equal_folded(std::string_view a, std::string_view b);

}  // namespace kpi
