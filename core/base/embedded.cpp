// Looks up the table that scripts/cmake/embed_json.cmake generates; it is sorted by path.
#include "core/base/embedded.h"

#include <algorithm>
#include <span>

namespace kpi {

namespace detail {
extern const EmbeddedFile kEmbeddedFiles[];
extern const std::size_t kEmbeddedFileCount;
extern const std::string_view kBuildVersion;
}  // namespace detail

namespace {

std::span<const detail::EmbeddedFile> files() { return {detail::kEmbeddedFiles, detail::kEmbeddedFileCount}; }

auto first_not_before(std::string_view path) {
  const auto all = files();
  return std::lower_bound(all.begin(), all.end(), path,
                          [](const detail::EmbeddedFile& file, std::string_view wanted) { return file.path < wanted; });
}

}  // namespace

std::string_view embedded_file(std::string_view path) {
  const auto found = first_not_before(path);
  return found != files().end() && found->path == path ? found->text : std::string_view{};
}

std::vector<std::string_view> embedded_files(std::string_view prefix) {
  std::vector<std::string_view> paths;
  for (auto file = first_not_before(prefix); file != files().end() && file->path.starts_with(prefix); ++file) {
    paths.push_back(file->path);
  }
  return paths;
}

std::string_view build_version() { return detail::kBuildVersion; }

}  // namespace kpi
