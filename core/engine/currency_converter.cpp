#include "core/engine/currency_converter.h"

#include <algorithm>
#include <utility>

#include "core/base/order.h"

namespace kpi {
namespace {

void widen(Day& first, Day& last, Day day) {
  if (day == kNoDay) return;
  first = first == kNoDay ? day : std::min(first, day);
  last = std::max(last, day);
}

bool is_code(std::uint8_t currency) { return currency != kNoCurrency && currency != kUnknownCurrency && currency != kMixed; }

}  // namespace

const RateInForce* CurrencyConverter::rate(std::uint8_t currency, Day day) {
  const std::uint64_t key = std::uint64_t{currency} << 32 | static_cast<std::uint32_t>(day);
  if (key != last_key_) {  // no currency has number 0, so that no key is 0
    last_key_ = key;
    const auto [it, is_new] = known_.try_emplace(key, 0);
    if (is_new) {
      if (const std::optional<RateInForce> found = rates_.find(numbers_.code(currency), target_code_, day)) {
        it->second = found_.size();
        found_.push_back(*found);
      }
    }
    last_found_ = static_cast<std::size_t>(it->second);
  }
  return last_found_ == 0 ? nullptr : &found_[last_found_];
}

double CurrencyConverter::convert(double amount, std::uint8_t& currency, Day day) {
  if (currency == target_ || !is_code(currency)) return amount;
  const RateInForce* in_force = rate(currency, day);
  if (in_force == nullptr) return amount;
  currency = target_;
  return in_force->convert(amount);
}

void CurrencyConverter::count(std::uint8_t currency, Day day) {
  if (currency == kUnknownCurrency) ++use_.unnamed;
  if (currency == kMixed) ++use_.several;
  if (currency == target_ || !is_code(currency)) return;
  const std::string_view code = numbers_.code(currency);
  auto pair = std::find_if(use_.pairs.begin(), use_.pairs.end(), [&](const ConvertedPair& p) { return p.from == code; });
  if (pair == use_.pairs.end()) {
    use_.pairs.emplace_back();
    pair = use_.pairs.end() - 1;
    pair->from = code;
  }
  const RateInForce* in_force = rate(currency, day);
  ++(in_force == nullptr ? pair->missing : pair->converted);
  if (in_force == nullptr) {
    widen(pair->first_missing, pair->last_missing, day);
  } else {
    widen(pair->first_rate, pair->last_rate, in_force->day);
  }
}

ConversionUse CurrencyConverter::take_use() {
  sort_list(use_.pairs, [](const ConvertedPair& a, const ConvertedPair& b) { return a.from < b.from; });
  return std::move(use_);
}

}  // namespace kpi
