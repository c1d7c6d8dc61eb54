// Currencies of the whole dataset by small number, so that a cell can remember its own in a byte.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace kpi {

constexpr std::uint8_t kNoCurrency = 0;       // nothing added yet
constexpr std::uint8_t kUnknownCurrency = 1;  // fits any
constexpr std::uint8_t kMixed = 255;

class CurrencyNumbers {
 public:
  /// `code` must live as long as this: Dataset::currency() gives such ones.
  std::uint8_t number(std::string_view code) {
    if (code.empty()) return kUnknownCurrency;
    for (std::size_t i = 0; i < codes_.size(); ++i) {
      if (codes_[i] == code) return static_cast<std::uint8_t>(i + 2);
    }
    if (codes_.size() >= 250) return kMixed;
    codes_.push_back(code);
    return static_cast<std::uint8_t>(codes_.size() + 1);
  }
  std::string_view code(std::uint8_t number) const {
    return number < 2 || number == kMixed ? std::string_view() : codes_[static_cast<std::size_t>(number) - 2];
  }

 private:
  std::vector<std::string_view> codes_;
};

}  // namespace kpi
