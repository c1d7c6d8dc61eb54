#include "core/ingest/totals_label.h"

#include <algorithm>

#include "core/base/order.h"
#include "core/base/text.h"

namespace kpi {
namespace {

/// Upper case for the alphabets the labels use, by trying: a byte pair whose folding gives the label's beginning.
std::string capital(std::string_view label) {
  std::size_t length = 0;
  const char32_t c = utf8_decode(label, length);
  for (const char32_t offset : {32U, 80U, 1U}) {
    std::string upper;
    if (c <= offset) continue;
    utf8_append(upper, c - offset);
    std::string lower;
    utf8_append(lower, c);
    if (upper != lower && fold(upper) == lower) return upper;
  }
  return {};
}

}  // namespace

TotalsLabels::TotalsLabels(const std::vector<std::string>& labels) : pairs_(256, 0) {
  for (const std::string& label : labels) {
    const std::string text(trim(std::string_view(label).substr(0, label.find_first_of(":("))));
    if (!text.empty() && std::find(labels_.begin(), labels_.end(), text) == labels_.end()) labels_.push_back(text);
  }
  sort_list(labels_, [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  const auto add = [this](std::uint8_t first, std::uint8_t second) { pairs_[first] |= std::uint64_t{1} << (second & 63U); };
  for (const std::string& label : labels_) {
    for (const std::string& first : {label.substr(0, 1), capital(label)}) {
      if (first.empty()) continue;
      const auto lead = static_cast<std::uint8_t>(first[0]);
      if (first.size() > 1 || lead >= 0x80) {
        pairs_[lead] = ~std::uint64_t{0};  // beyond ASCII the first byte is enough
        continue;
      }
      if (label.size() < 2) {
        pairs_[lead] = ~std::uint64_t{0};
        continue;
      }
      const auto next = static_cast<std::uint8_t>(label[1]);
      add(lead, next);
      if (next >= 'a' && next <= 'z') add(lead, static_cast<std::uint8_t>(next - 32));
      if (next >= 0x80) pairs_[lead] = ~std::uint64_t{0};
    }
  }
}

LabelStrength TotalsLabels::match(std::string_view cell) const {
  if (cell.size() > 120) return LabelStrength::kNone;
  const std::string folded = fold(cell);
  for (const std::string& label : labels_) {
    if (!std::string_view(folded).starts_with(label)) continue;
    std::string_view rest = std::string_view(folded).substr(label.size());
    const bool is_grand = label.starts_with("grand");
    if (rest.empty()) return is_grand ? LabelStrength::kStrong : LabelStrength::kWeak;
    const std::string_view trimmed = trim(rest);
    const bool has_colon = trimmed.starts_with(':') || trimmed.starts_with("\xEF\xBC\x9A");
    const bool has_gap = trimmed.size() != rest.size() || rest[0] == '(';
    if (has_colon || (is_grand && has_gap)) return LabelStrength::kStrong;
    if (has_gap) return LabelStrength::kWeak;
  }
  return LabelStrength::kNone;
}

}  // namespace kpi
