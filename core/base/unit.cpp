#include "core/base/unit.h"

#include <algorithm>

namespace kpi {
namespace {

/// Far beyond any real unit; keeps the arithmetic of hostile catalogues defined.
constexpr int kMaxExponent = 1000000;

int clamped(int exponent) { return std::clamp(exponent, -kMaxExponent, kMaxExponent); }
bool is_name_start(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_power(std::string& text, const std::string& symbol, int exponent) {
  text += symbol;
  if (exponent == 1) return;
  text += '^';
  text += std::to_string(exponent);
}

}  // namespace

Result<Unit> Unit::parse(std::string_view text) {
  const Error invalid{Code::unit_invalid, {{"text", std::string(text)}}};
  Unit unit;
  std::size_t i = 0;
  int sign = 1;
  for (;;) {
    std::string name;
    if (i < text.size() && text[i] == '1') {
      ++i;
    } else {
      if (i >= text.size() || !is_name_start(text[i])) return invalid;
      while (i < text.size() && (is_name_start(text[i]) || is_digit(text[i]) || text[i] == '_')) name += text[i++];
    }
    int exponent = 1;
    if (!name.empty() && i < text.size() && text[i] == '^') {
      if (++i >= text.size() || !is_digit(text[i]) || text[i] == '0') return invalid;
      exponent = text[i++] - '0';
    }
    if (!name.empty()) {
      int& stored = unit.exponents_[name];
      stored = clamped(stored + sign * exponent);
      if (stored == 0) unit.exponents_.erase(name);
    }
    if (i == text.size()) return unit;
    if (text[i] != '*' && text[i] != '/') return invalid;
    sign = text[i++] == '*' ? 1 : -1;
  }
}

std::string Unit::to_string() const {
  std::string above, below;
  for (const auto& [symbol, exponent] : exponents_) {
    if (exponent > 0) {
      if (!above.empty()) above += '*';
      append_power(above, symbol, exponent);
    } else {
      below += '/';
      append_power(below, symbol, -exponent);
    }
  }
  if (above.empty()) above = "1";
  return above + below;
}

int Unit::exponent(std::string_view symbol) const {
  const auto it = exponents_.find(symbol);
  return it == exponents_.end() ? 0 : it->second;
}

Unit Unit::multiplied_by(const Unit& other) const {
  Unit product = *this;
  for (const auto& [symbol, exponent] : other.exponents_) {
    int& stored = product.exponents_[symbol];
    stored = clamped(stored + exponent);
    if (stored == 0) product.exponents_.erase(symbol);
  }
  return product;
}

Unit Unit::divided_by(const Unit& other) const {
  Unit inverse;
  for (const auto& [symbol, exponent] : other.exponents_) inverse.exponents_[symbol] = -exponent;
  return multiplied_by(inverse);
}

}  // namespace kpi
