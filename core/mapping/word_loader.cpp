// Embedded JSON -> the word lists of values.h, read on first use.
#include <nlohmann/json.hpp>

#include "core/base/embedded.h"
#include "core/base/text.h"
#include "core/catalog/json_text.h"
#include "core/mapping/header_text.h"
#include "core/mapping/values.h"

namespace kpi {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kStages = "core/mapping/data/values/stages.json";
constexpr std::string_view kBooleans = "core/mapping/data/values/booleans.json";
constexpr std::string_view kChannels = "core/mapping/data/values/channels.json";
constexpr std::string_view kCurrencies = "core/mapping/data/values/currencies.json";
constexpr std::string_view kWords = "core/mapping/data/values/words.json";
constexpr std::string_view kHeaders = "core/mapping/data/values/headers.json";

Json load(std::string_view path) {
  Json json = parse_json(embedded_file(path));
  return json.is_object() ? json : Json::object();
}

std::vector<std::string> texts(const Json& object, const std::string& key) {
  std::vector<std::string> out;
  const auto found = object.find(key);
  if (found == object.end() || !found->is_array()) return out;
  for (const Json& text : *found) {
    if (text.is_string()) out.push_back(text.get<std::string>());
  }
  return out;
}

Synonyms pairs(const Json& object, const std::string& key) {
  Synonyms out;
  const auto found = object.find(key);
  if (found == object.end() || !found->is_object()) return out;
  for (const auto& [name, value] : found->items()) {
    if (value.is_string()) out[fold(name)] = value.get<std::string>();
  }
  return out;
}

std::string text_of(const Json& object, const std::string& key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

Json child(const Json& object, const std::string& key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_object() ? *found : Json::object();
}

void add_meanings(const Json& object, const std::string& key, std::uint32_t meaning, Meanings& into) {
  for (const std::string& text : texts(object, key)) into.emplace(fold_key(text), meaning);
}

ValueWords load_values() {
  ValueWords words;
  const Json stages = load(kStages);
  const Json deal = child(stages, "deal");
  for (const auto& [key, status] : {std::pair{"open", DealStatus::kOpen}, std::pair{"won", DealStatus::kWon}, std::pair{"lost", DealStatus::kLost}}) {
    add_meanings(deal, key, static_cast<std::uint32_t>(status), words.deal);
  }
  const Json lead = child(stages, "lead");
  for (const auto& [key, stage] :
       {std::pair{"disqualified", LeadStage::kDisqualified}, std::pair{"lead", LeadStage::kLead}, std::pair{"mql", LeadStage::kMql},
        std::pair{"sal", LeadStage::kSal}, std::pair{"sql", LeadStage::kSql}, std::pair{"opportunity", LeadStage::kOpportunity},
        std::pair{"customer", LeadStage::kCustomer}}) {
    add_meanings(lead, key, static_cast<std::uint32_t>(stage), words.lead);
  }
  const Json booleans = load(kBooleans);
  add_meanings(booleans, "true", 1, words.booleans);
  add_meanings(booleans, "false", 0, words.booleans);
  return words;
}

void load_vendor_values(ChannelWords& words) {
  for (const std::string_view path : embedded_files("core/mapping/data/vendors/")) {
    const std::string_view text = embedded_file(path);
    if (text.find("\"channel_values\"") == std::string_view::npos) continue;
    const Json vendor = load(path);
    const Json id_of_value = child(vendor, "channel_values");  // items() only refers to it
    for (const auto& [value, id] : id_of_value.items()) {
      if (id.is_string()) words.vendor_values[text_of(vendor, "vendor") + '\n' + fold_key(value)] = id.get<std::string>();
    }
  }
}

ChannelWords load_channels() {
  ChannelWords words;
  const Json source = load(kChannels);
  const Json names_of_id = child(source, "names");  // items() only refers to it
  for (const auto& [id, names] : names_of_id.items()) {
    words.ids.push_back(id);
    words.names.emplace(fold_key(id), id);
    if (!names.is_array()) continue;
    for (const Json& name : names) {
      if (name.is_string()) words.names.emplace(fold_key(name.get<std::string>()), id);
    }
  }
  words.media = pairs(source, "media");
  words.paid_media = texts(source, "paid_media");
  words.search_sources = texts(source, "search_sources");
  words.social_sources = texts(source, "social_sources");
  load_vendor_values(words);
  return words;
}

CurrencyWords load_currencies() {
  CurrencyWords words;
  const Json source = load(kCurrencies);
  words.codes = ' ' + text_of(source, "codes") + ' ';
  words.words = pairs(source, "words");
  words.assumed = pairs(source, "assumed");
  return words;
}

HeaderWords load_headers() {
  HeaderWords words;
  const Json source = load(kHeaders);
  words.totals = texts(source, "totals");
  words.prefixes = texts(source, "prefixes");
  words.hidden_prefixes = texts(source, "hidden_prefixes");
  words.suffix_codes = text_of(source, "suffix_codes");
  return words;
}

WordLists load_words() {
  WordLists lists;
  const Json source = load(kWords);
  for (const auto& [list, words] : source.items()) {
    if (!words.is_object()) continue;
    Synonyms& synonyms = lists[list];
    for (const auto& [word, names] : words.items()) {
      synonyms.emplace(fold_key(word), word);
      for (const std::string& name : texts(words, word)) synonyms.emplace(fold_key(name), word);
    }
  }
  return lists;
}

}  // namespace

const ValueWords& value_words() {
  static const ValueWords words = load_values();
  return words;
}

const ChannelWords& channel_words() {
  static const ChannelWords words = load_channels();
  return words;
}

const CurrencyWords& currency_words() {
  static const CurrencyWords words = load_currencies();
  return words;
}

const HeaderWords& header_words() {
  static const HeaderWords words = load_headers();
  return words;
}

const WordLists& word_lists() {
  static const WordLists lists = load_words();
  return lists;
}

std::string_view broken_word_file() {
  const ValueWords& values = value_words();
  if (values.deal.empty() || values.lead.empty()) return kStages;
  if (values.booleans.empty()) return kBooleans;
  if (channel_words().names.empty() || channel_words().media.empty()) return kChannels;
  if (word_lists().empty()) return kWords;
  if (currency_words().codes.size() < 100 || currency_words().words.empty()) return kCurrencies;
  if (header_words().totals.empty() || header_words().prefixes.empty()) return kHeaders;
  return {};
}

}  // namespace kpi
