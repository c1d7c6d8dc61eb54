// A score judged by what became of the leads, and a fitted one beside it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/undefined.h"
#include "core/engine/scored_leads.h"
#include "core/models/auc.h"
#include "core/models/auc_difference.h"
#include "core/models/calibration.h"
#include "core/models/gains_table.h"
#include "core/models/logistic_regression.h"
#include "core/models/penalty_choice.h"
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
/// Penalties that are tried within the fitted part; a coefficient of a standardised trait is taken to be about 1 / sqrt(penalty) large.
constexpr std::array<double, 6> kScorePenalties = {0.3, 1, 3, 10, 30, 100};
/// Penalty of the fit where the fitted part is too small to choose one by.
constexpr double kUsualPenalty = 10;
/// Shares of the fitted part at which it is cut to choose the penalty: the leads before a cut foretell those up to the next.
constexpr std::array<double, 3> kPenaltyCuts = {0.4, 0.6, 0.8};

struct ScoringSettings {
  std::size_t capacity = 0;  // leads that sales can call; 0: not asked
  bool is_score_used = true;  // the file's own score is a trait of the fitted one
};

/// The first lead held out: the last kHeldOut by day of creation, all leads of a day on the same side; undated leads are fitted to. As many as there are: no split.
std::size_t first_held(const ScoredLeads& leads);

struct FileScore {
  Auc auc;
  std::vector<GainsBin> gains;  // tenths, or fewer bins for fewer people; empty where there are fewer than 2
  std::vector<ScoreBand> bands;
  Outcome<Confusion> capacity = Undefined{"out_of_range", {}};
};
/// Of the leads that have one. Limits of the bands: 80, 60, 40, 20 of scores within 0..100, else four equal steps between the least and the greatest.
/// Reasons: "missing_input" (no column of scores, no outcome), "no_rows" (no lead has one), those of group_by_score.
Outcome<FileScore> judge_file_score(const ScoredLeads& leads, const ScoringSettings& settings);

struct FittedTrait {
  std::string field;        // "score": the file's own, for one point more
  std::string key, label;   // the member; key empty: rare values and none together; of the score "unknown": leads without one
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
  std::vector<double> chances;               // of the leads held out, in their order
  std::optional<Auc> auc, file_auc;          // on the part held out; the file's of those with a score
  std::optional<AucDifference> against_file; // fitted less file's, of the leads held out that have a score
  std::optional<Calibration> quality;        // on the part held out
  Outcome<Confusion> capacity = Undefined{"out_of_range", {}}, file_capacity = capacity;  // among the leads held out; the file's of those with a score
  double penalty = kUsualPenalty;
  std::optional<PenaltyChoice> choice;       // nothing: the fitted part is too small to choose by
  double base_brier = 0;                     // of the fitted part's rate for everybody
};
/// Reasons: "too_few_rows" (kLeastConverted; or no day to split at), "no_rows" (no trait), "missing_input" (no outcome), those of fit_logistic_regression.
Outcome<FittedScore> fit_score(const ScoredLeads& leads, const ScoringSettings& settings);

}  // namespace kpi
