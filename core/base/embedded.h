// Data files that are compiled into the program: every core/**/data/**/*.json, put there by CMake.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace kpi {

/// Text of one data file, by its path from the repository root ("core/catalog/data/kpis/funnel.json").
/// Empty when there is no such file. The view lives as long as the program. Indentation is dropped at build time.
std::string_view embedded_file(std::string_view path);

/// Paths that begin with `prefix`, sorted by bytes.
std::vector<std::string_view> embedded_files(std::string_view prefix);

/// "major.minor.patch" from the top CMakeLists.txt, the only place where the version is written.
std::string_view build_version();

namespace detail {
struct EmbeddedFile {
  std::string_view path;
  std::string_view text;
};
}  // namespace detail

}  // namespace kpi
