#include "core/api/analyses.h"

#include <utility>

#include "core/api/attribution_json.h"
#include "core/api/customers_json.h"
#include "core/api/experiments_json.h"
#include "core/api/forecast_json.h"
#include "core/api/funnel_json.h"
#include "core/api/scoring_json.h"

namespace kpi {
namespace {

constexpr std::pair<std::string_view, Analysis> kAnalyses[] = {
    {"analyse_attribution", attribution_json},
    {"analyse_experiments", analyse_experiments},
    {"analyse_customers", analyse_customers},
    {"analyse_forecast", analyse_forecast},
    {"analyse_funnel", analyse_funnel},
    {"analyse_scoring", analyse_scoring},
};

}  // namespace

Analysis find_analysis(std::string_view method) {
  for (const auto& [name, analysis] : kAnalyses) {
    if (name == method) return analysis;
  }
  return nullptr;
}

}  // namespace kpi
