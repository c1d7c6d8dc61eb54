// Texts of fields with fixed words -> those words: kinds of costs, events of a web page, arms of an experiment.
#include "core/base/text.h"
#include "core/mapping/header_text.h"
#include "core/mapping/mapper.h"
#include "core/mapping/values.h"

namespace kpi {
namespace {

constexpr std::size_t kMaxWordBytes = 200;

/// The path of an address: "https://a.example/en/guide?utm=1" -> "en/guide".
std::string_view path_of(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme != std::string_view::npos) {
    const std::size_t slash = address.find('/', scheme + 3);
    address = slash == std::string_view::npos ? std::string_view() : address.substr(slash);
  }
  address = address.substr(0, address.find_first_of("?#"));
  const std::size_t slash = address.find('/');
  const bool has_host = scheme == std::string_view::npos && slash != 0 && address.substr(0, slash).find('.') != std::string_view::npos;
  if (has_host) address = slash == std::string_view::npos ? std::string_view() : address.substr(slash);  // "www.a.example/guide"
  while (!address.empty() && address.front() == '/') address.remove_prefix(1);
  while (!address.empty() && address.back() == '/') address.remove_suffix(1);
  return address;
}

/// Nobody types a deep address by hand. Home pages, language folders and short addresses for print are not deep.
std::string_view landing_word(std::string_view address) {
  constexpr std::size_t kShort = 12;
  if (address.front() == '(') return {};  // "(not set)"
  return path_of(address).size() >= kShort ? "deep" : "shallow";
}

}  // namespace

std::string_view canonical_word(std::string_view list, std::string_view text) {
  if (text.empty()) return {};
  if (list == "channel") return canonical_channel(text);
  if (list == "landing_page") return landing_word(text);
  if (list == "flag") {
    const std::optional<bool> flag = classify_boolean(text);
    return !flag ? std::string_view() : *flag ? "yes" : "no";
  }
  if (text.size() > kMaxWordBytes) return {};
  const auto words = word_lists().find(list);
  if (words == word_lists().end()) return {};
  const std::string plain = plain_text(text);
  const auto found = words->second.find(fold_key(plain));
  if (found != words->second.end()) return found->second;
  const auto split = words->second.find(fold_key(split_camel(plain)));
  return split == words->second.end() ? std::string_view() : std::string_view(split->second);
}

}  // namespace kpi
