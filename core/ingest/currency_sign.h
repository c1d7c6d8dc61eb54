// Currency signs and codes that stand in number cells.
#pragma once

#include <string_view>

namespace kpi {

struct CurrencySign {
  bool is_known = false;
  std::string_view code;  // ISO 4217; empty where the sign serves several currencies
};
/// `text` is what stands before or after the digits, without blanks. Examples: "$" -> USD, "CHF" -> CHF, "kr" -> known, no code.
CurrencySign currency_sign(std::string_view text);

}  // namespace kpi
