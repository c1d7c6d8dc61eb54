// Stage, status and yes/no texts -> what they mean.
#include "core/base/text.h"
#include "core/mapping/header_text.h"
#include "core/mapping/mapper.h"
#include "core/mapping/values.h"

namespace kpi {
namespace {

/// Texts longer than this are no stage names (a bound on the work per distinct value).
constexpr std::size_t kMaxStageBytes = 200;

/// "07. Closed Won", "6 - Won" -> "Closed Won", "Won".
std::string_view without_number(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
  if (i == 0 || i > 3) return text;
  std::size_t j = i;
  while (j < text.size() && std::string_view(" .-:)_").find(text[j]) != std::string_view::npos) ++j;
  return j == i || j == text.size() ? text : text.substr(j);
}

std::uint32_t find_word(const Meanings& words, std::string_view text) {
  const auto whole = words.find(fold_key(text));
  if (whole != words.end()) return whole->second;
  const std::string camel = split_camel(text);
  if (camel.size() != text.size()) {
    const auto split = words.find(fold_key(camel));
    if (split != words.end()) return split->second;
  }
  return 0;
}

/// The text before the first " - ", ": ", " (" or ", " after which a remark may stand.
std::string_view head(std::string_view text) {
  std::size_t cut = text.size();
  for (const std::string_view mark : {std::string_view(" - "), std::string_view(": "), std::string_view(" ("), std::string_view(", ")}) {
    const std::size_t at = text.find(mark);
    if (at != std::string_view::npos && at < cut) cut = at;
  }
  return text.substr(0, cut);
}

/// The meaning of the whole text, else of its head when the rest means nothing else ("Won - Lost later" stays unknown).
std::uint32_t classify(const Meanings& words, std::string_view raw) {
  if (raw.size() > kMaxStageBytes) return 0;
  const std::string plain = plain_text(raw);
  for (const std::string_view text : {std::string_view(plain), without_number(plain)}) {
    const std::uint32_t whole = find_word(words, text);
    if (whole != 0) return whole;
    const std::string_view first = head(text);
    if (first.size() == text.size() || first.empty()) continue;
    const std::uint32_t meaning = find_word(words, first);
    if (meaning == 0) continue;
    std::string_view rest = text.substr(first.size());
    while (!rest.empty() && std::string_view(" -:(,").find(rest.front()) != std::string_view::npos) rest.remove_prefix(1);
    const std::uint32_t other = find_word(words, rest);
    if (other == 0 || other == meaning) return meaning;
  }
  return 0;
}

}  // namespace

DealStatus classify_deal_stage(std::string_view text) { return static_cast<DealStatus>(classify(value_words().deal, text)); }

LeadStage classify_lead_stage(std::string_view text) { return static_cast<LeadStage>(classify(value_words().lead, text)); }

std::optional<bool> classify_boolean(std::string_view text) {
  if (text.size() > 32) return std::nullopt;
  const auto found = value_words().booleans.find(fold_key(text));
  if (found == value_words().booleans.end()) return std::nullopt;
  return found->second != 0;
}

}  // namespace kpi
