// Units as exponents over base symbols: money, day and counts of things (lead, deal, click, ...).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace kpi {

/// "money/lead" is {money: 1, lead: -1}; "1" is empty. Zero exponents are never stored; exponents stop at +-1,000,000.
/// Cost of every operation: O(symbols).
class Unit {
 public:
  Unit() = default;
  /// Grammar: factor (("*" | "/") factor)*, factor = "1" | name ["^" digit 1-9], name = [a-z][a-z0-9_]*, no blanks.
  /// Example "deal*day/deal" gives "day". Errors: unit_invalid{text}.
  static Result<Unit> parse(std::string_view text);
  /// Canonical text, symbols in byte order: "money/lead", "1/lead", "deal*day". parse(to_string()) gives the same unit as long as
  /// no exponent is above 9.
  std::string to_string() const;
  bool is_one() const { return exponents_.empty(); }
  int exponent(std::string_view symbol) const;
  friend bool operator==(const Unit& a, const Unit& b) { return a.exponents_ == b.exponents_; }
  Unit multiplied_by(const Unit& other) const;
  Unit divided_by(const Unit& other) const;

 private:
  std::map<std::string, int, std::less<>> exponents_;
};

}  // namespace kpi
