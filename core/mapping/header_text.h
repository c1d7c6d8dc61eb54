// The forms of a header or value text under which it is compared.
#pragma once

#include <string>
#include <string_view>

namespace kpi {

/// Blanks folded and trimmed, full-width ASCII, dashes, quotes and no-break blanks replaced by their plain form, direction marks
/// and sort arrows dropped. Case and accents stay. Example: " Conv.\u00A0value \u2191" -> "Conv. value".
std::string plain_text(std::string_view text);

/// Key for comparing across spellings: lower case without accents, punctuation and underscores as blanks, '%' kept.
/// Example: "Cl\u00F4tur\u00E9_le (USD)" -> "cloture le usd".
std::string fold_key(std::string_view text);

/// `text` with a blank put between a lower-case and an upper-case letter: "CloseDate" -> "Close Date".
std::string split_camel(std::string_view text);

struct HeaderText {
  std::string exact;     // normalised, prefixes kept: "deal - value"
  std::string bare;      // prefixes dropped: "value"
  std::string folded;    // fold_key of bare
  std::string camel;     // fold_key of the camel-split text where that differs, else empty
  std::string short_folded;  // folded without a trailing currency code ("refund amount" of "refund amount usd"), else empty
  std::string currency;  // from a suffix, or empty
  std::string short_currency;  // the code that short_folded lost
};

/// All forms of one header. Cost O(length).
HeaderText analyse_header(std::string_view header);

}  // namespace kpi
