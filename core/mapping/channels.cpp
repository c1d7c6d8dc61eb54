// Source and channel texts -> canonical channel ids; currency words -> ISO 4217 codes.
#include <algorithm>

#include "core/base/text.h"
#include "core/mapping/header_text.h"
#include "core/mapping/mapper.h"
#include "core/mapping/values.h"

namespace kpi {
namespace {

bool holds(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

std::string_view id_of(std::string_view id) {
  for (const std::string& known : channel_words().ids) {
    if (known == id) return known;
  }
  return {};
}

/// "google / cpc" as web analytics writes source and medium.
std::string_view from_source_medium(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || text.find('/', slash + 1) != std::string_view::npos) return {};
  const ChannelWords& words = channel_words();
  const std::string source = fold(trim(text.substr(0, slash)));
  const std::string medium = fold(trim(text.substr(slash + 1)));
  const bool is_search = holds(words.search_sources, source);
  const bool is_social = holds(words.social_sources, source);
  if (medium == "organic" || medium == "social") {
    if (is_social) return id_of("organic_social");
    return is_search && medium == "organic" ? id_of("organic_search") : std::string_view{};
  }
  if (holds(words.paid_media, medium)) {
    if (is_social || medium == "paidsocial" || medium == "paid social") return id_of("paid_social");
    return is_search || medium == "paidsearch" || medium == "paid search" ? id_of("paid_search") : std::string_view{};
  }
  const auto found = words.media.find(medium);
  if (found == words.media.end() || (found->second == "direct" && source != "(direct)" && source != "direct")) return {};
  return id_of(found->second);
}

}  // namespace

std::string_view canonical_channel(std::string_view text, std::string_view vendor) {
  if (text.empty() || text.size() > 200) return {};
  const ChannelWords& words = channel_words();
  const std::string plain = plain_text(text);
  const std::string key = fold_key(plain);
  if (!vendor.empty()) {
    const auto own = words.vendor_values.find(std::string(vendor) + '\n' + key);
    if (own != words.vendor_values.end()) return id_of(own->second);
  }
  const std::string_view pair = from_source_medium(plain);
  if (!pair.empty()) return pair;
  const auto found = words.names.find(key);
  if (found != words.names.end()) return found->second;
  const std::string camel = split_camel(plain);
  if (camel.size() == plain.size()) return {};
  const auto split = words.names.find(fold_key(camel));
  return split == words.names.end() ? std::string_view{} : std::string_view(split->second);
}

std::string currency_from_text(std::string_view text) {
  if (text.size() > 32) return {};
  const std::string lower = fold(plain_text(text));
  const CurrencyWords& words = currency_words();
  if (lower.size() == 3) {
    std::string code = lower;
    bool is_ascii = true;
    for (char& c : code) {
      is_ascii = is_ascii && c >= 'a' && c <= 'z';
      c = static_cast<char>(c - 'a' + 'A');
    }
    if (is_ascii && words.codes.find(' ' + code + ' ') != std::string::npos) return code;
  }
  const auto found = words.words.find(lower);
  return found == words.words.end() ? std::string{} : found->second;
}

std::string currency_assumed_from_text(std::string_view text) {
  std::string certain = currency_from_text(text);
  if (!certain.empty()) return certain;
  const auto found = currency_words().assumed.find(fold(plain_text(text)));
  return found == currency_words().assumed.end() ? std::string{} : found->second;
}

}  // namespace kpi
