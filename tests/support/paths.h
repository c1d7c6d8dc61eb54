// Where tests find files beside themselves.
#pragma once

#include <string>

namespace kpi::test {

/// The folder of the repository.
std::string source_folder();

/// The folder of shared data: KPI_SHARED where it is set, else beside the repository. It may be absent.
std::string shared_folder();

}  // namespace kpi::test
