// A score judged by what became of the leads, a fitted one beside it, and points that somebody sets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/undefined.h"
#include "core/engine/scored_leads.h"
#include "core/models/auc.h"
#include "core/models/calibration.h"
#include "core/models/gains_table.h"
#include "core/models/logistic_regression.h"
#include "core/models/score_quality.h"

namespace kpi {

/// Share of the leads, the last ones created, that a fitted score is tried on and not fitted to.
constexpr double kHeldOut = 0.3;
/// A value of a trait that fewer leads of the fitted part have is put together with the other rare ones.
constexpr std::size_t kLeastOfValue = 20;
/// Values of a trait that are told apart at most.
constexpr std::size_t kMostValues = 8;
/// Converted leads, and others, that the fitted part and the part held out need at least.
constexpr std::size_t kLeastConverted = 10;
/// Penalty of the fit: coefficients of standardised traits are taken to be about 1 / sqrt(10) large.
constexpr double kScorePenalty = 10;

struct PointsOfValue {
  std::string field, key;  // dimension, member key
  double points = 0;
};

struct ScoringSettings {
  std::size_t capacity = 0;  // leads that sales can call; 0: not asked
  bool is_score_used = true;  // the file's own score is a trait of the fitted one
  std::vector<PointsOfValue> rules;
  std::optional<double> qualified_at;  // points from which a lead is qualified
};

struct FileScore {
  Auc auc;
  std::vector<GainsBin> gains;  // tenths, or fewer bins for fewer people; empty where there are fewer than 2
  std::vector<ScoreBand> bands;
  Outcome<Confusion> capacity = Undefined{"out_of_range", {}};
};
/// Limits of the bands: 80, 60, 40, 20 of scores within 0..100, else four equal steps between the least and the greatest.
Outcome<FileScore> judge_file_score(const ScoredLeads& leads, const ScoringSettings& settings);

struct FittedTrait {
  std::string field;        // "score": the file's own, for one point more
  std::string key, label;   // the member; key empty: rare values and none together
  bool is_canonical = false;
  std::size_t leads = 0;    // of the fitted part
  Coefficient coefficient{};
};

struct FittedScore {
  Day split = kNoDay;       // the first day of the part held out
  std::size_t fitted = 0, fitted_converted = 0, held = 0, held_converted = 0;
  std::vector<FittedTrait> traits;
  /// What the values of each trait are compared with: its most frequent one.
  std::vector<FittedTrait> references;
  std::optional<Auc> auc, file_auc;          // on the part held out
  std::optional<Calibration> quality;        // likewise
  double base_brier = 0;                     // of the fitted part's rate for everybody
};
/// Reasons: "too_few_rows" (kLeastConverted; or no day to split at), "missing_input" (no trait), those of fit_logistic_regression.
Outcome<FittedScore> fit_score(const ScoredLeads& leads, const ScoringSettings& settings);

struct PointScore {
  Auc auc;
  std::optional<Auc> held_auc;            // of the leads that a fitted score is tried on
  std::optional<Confusion> qualified;     // with a limit
  std::vector<std::uint64_t> matched;     // leads that meet each rule
};
/// Reasons: "no_rows" (no rule), "out_of_range" (a rule of something that is no trait), those of group_by_score.
Outcome<PointScore> judge_points(const ScoredLeads& leads, const ScoringSettings& settings);

}  // namespace kpi
