#include "core/api/analyses.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/api/forecast_json.h"
#include "core/api/funnel_json.h"

namespace kpi {
namespace {

constexpr std::array<std::pair<std::string_view, Analysis>, 2> kAnalyses = {{
    {"analyse_forecast", analyse_forecast},
    {"analyse_funnel", analyse_funnel},
}};

}  // namespace

Analysis find_analysis(std::string_view method) {
  for (const auto& [name, analysis] : kAnalyses) {
    if (name == method) return analysis;
  }
  return nullptr;
}

}  // namespace kpi
