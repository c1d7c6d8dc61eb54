// Word lists behind stages, booleans, channels, currencies and headers, read once from the embedded data.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/mapping/mapper.h"

namespace kpi {

struct ValueWords {
  std::unordered_map<std::string, DealStatus> deal;     // by fold_key
  std::unordered_map<std::string, LeadStage> lead;
  std::unordered_map<std::string, bool> booleans;
};

struct ChannelWords {
  std::vector<std::string> ids;                              // canonical ids
  std::unordered_map<std::string, std::size_t> names;        // fold_key -> index of ids
  std::unordered_map<std::string, std::string> media;        // medium of "source / medium" -> id
  std::unordered_map<std::string, std::string> vendor_values;  // vendor + '\n' + fold_key -> id
  std::vector<std::string> paid_media, search_sources, social_sources;
};

struct CurrencyWords {
  std::string codes;                                         // " AED AFN ... "
  std::unordered_map<std::string, std::string> words, assumed;
};

struct HeaderWords {
  std::vector<std::string> totals, prefixes, hidden_prefixes;
  std::string suffix_codes;                                  // " usd eur ... ": codes taken off "amount_usd"
};

/// Empty lists where the embedded data is broken; Mapper::load reports that.
const ValueWords& value_words();
const ChannelWords& channel_words();
const CurrencyWords& currency_words();
const HeaderWords& header_words();
/// Path of the first data file of the lists above that is not what it should be; empty when all are well.
std::string_view broken_word_file();

}  // namespace kpi
