#include "core/api/analyses.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/api/experiments_json.h"
#include "core/api/scoring_json.h"

namespace kpi {
namespace {

constexpr std::array<std::pair<std::string_view, Analysis>, 2> kAnalyses = {{
    {"analyse_experiments", analyse_experiments},
    {"analyse_scoring", analyse_scoring},
}};

}  // namespace

Analysis find_analysis(std::string_view method) {
  for (const auto& [name, analysis] : kAnalyses) {
    if (name == method) return analysis;
  }
  return nullptr;
}

}  // namespace kpi
