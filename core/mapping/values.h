// Word lists behind stages, booleans, channels, currencies and headers, read once from the embedded data.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/mapping/mapper.h"

namespace kpi {

using Meanings = std::map<std::string, std::uint32_t, std::less<>>;  // by fold_key
using Synonyms = std::map<std::string, std::string, std::less<>>;

struct ValueWords {
  Meanings deal;      // DealStatus
  Meanings lead;      // LeadStage
  Meanings booleans;  // 0 or 1
};

struct ChannelWords {
  std::vector<std::string> ids;  // canonical
  Synonyms names;                // fold_key -> id
  Synonyms media;                // medium of "source / medium" -> id
  Synonyms vendor_values;        // vendor + '\n' + fold_key -> id
  std::vector<std::string> paid_media, search_sources, social_sources;
};

struct CurrencyWords {
  std::string codes;  // " AED AFN ... "
  Synonyms words, assumed;
};

using WordLists = std::map<std::string, Synonyms, std::less<>>;  // list -> fold_key -> word

struct HeaderWords {
  std::vector<std::string> totals, prefixes, hidden_prefixes;
  std::string suffix_codes;                                  // " usd eur ... ": codes taken off "amount_usd"
};

/// Empty lists where the embedded data is broken; Mapper::load reports that.
const ValueWords& value_words();
const ChannelWords& channel_words();
const CurrencyWords& currency_words();
const HeaderWords& header_words();
const WordLists& word_lists();
/// Path of the first data file of the lists above that is not what it should be; empty when all are well.
std::string_view broken_word_file();

}  // namespace kpi
