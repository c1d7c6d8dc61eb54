// Labels of totals rows: "Total", "Gesamt: Konto", "Grand Totals (12 records)".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kpi {

enum class LabelStrength : std::uint8_t { kNone, kWeak, kStrong };

class TotalsLabels {
 public:
  /// `labels` are lower-cased; what follows a ':' or '(' in them is left out.
  explicit TotalsLabels(const std::vector<std::string>& labels);
  /// kStrong: the label with a ':' or a "grand" before it; kWeak: the label alone, or with a blank and more text behind it.
  LabelStrength match(std::string_view cell) const;
  /// Whether a label may begin with these two bytes, in either case. False means that match() gives kNone.
  bool may_begin(std::uint8_t first, std::uint8_t second) const {
    return (pairs_[first] >> (second & 63U) & 1U) != 0;
  }

 private:
  std::vector<std::string> labels_;
  std::vector<std::uint64_t> pairs_;  // by first byte, bits by the low six bits of the second
};

}  // namespace kpi
