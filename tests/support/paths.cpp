#include "tests/support/paths.h"

#include <cstdlib>

namespace kpi::test {

std::string source_folder() { return KPI_SOURCE_DIR; }

std::string shared_folder() {
  const char* set = std::getenv("KPI_SHARED");
  return set != nullptr ? set : source_folder() + "/../shared";
}

}  // namespace kpi::test
