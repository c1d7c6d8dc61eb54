// What the sample cells of a column look like.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kpi {

/// Counts over the first sample cells that hold a value ("", "-", "--", "N/A" do not).
struct ValueProfile {
  std::size_t present = 0, numbers = 0, percents = 0, dates = 0;
  std::size_t deal_stages = 0, closed_deals = 0;       // deal stages of any kind; won or lost
  std::size_t lead_stages = 0, qualified_leads = 0;    // lead stages of any kind; MQL or later and no deal stage
};

/// `column` of every sample record. Cost O(60 cells).
ValueProfile profile_values(std::span<const std::vector<std::string>> samples, std::size_t column, bool with_words);

/// A number in any notation: "1.234,50", "$174.03", "(12)", "45 000", "0,00%", "< 10%". Not a date, not a code such as "A-12".
bool looks_like_number(std::string_view cell);
/// A date or a day with time in any common notation: "2024-05-17T08:00Z", "9/1/2026", "01.08.2026", "20230515", "Jun 09, 2018
/// 09:30 pm", "2024-05", an Excel serial day between 1955 and 2064.
bool looks_like_date(std::string_view cell);
/// "", "-", "--", "N/A" and other ways to write nothing.
bool looks_missing(std::string_view cell);

enum class ExpectedValue : std::uint8_t { kAny, kNumber, kAmount, kDate };
/// Do the samples fit? Nothing to look at fits. kAmount: a number that may not be a percentage.
bool values_fit(const ValueProfile& profile, ExpectedValue expected);

}  // namespace kpi
