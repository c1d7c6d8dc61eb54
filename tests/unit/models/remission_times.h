// Weeks of remission of 42 leukaemia patients: Freireich et al. 1963, Blood 21, 699-716; printed in Cox and Oakes 1984, table 1.1.
#pragma once

#include <vector>

#include "core/models/kaplan_meier.h"

namespace kpi::test {

inline std::vector<Duration> remission_treated() {
  return {{6, true},   {6, true},   {6, true},   {6, false},  {7, true},  {9, false}, {10, true},  {10, false}, {11, false}, {13, true},  {16, true},
          {17, false}, {19, false}, {20, false}, {22, true}, {23, true}, {25, false}, {32, false}, {32, false}, {34, false}, {35, false}};
}

inline std::vector<Duration> remission_placebo() {
  std::vector<Duration> all;
  for (const double weeks : {1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23}) all.push_back({weeks, true});
  return all;
}

}  // namespace kpi::test
