// How much of the collected reference of real exports' headers the shipped names know. Skipped where the reference is absent.
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/mapping/header_text.h"
#include "core/mapping/name_index.h"
#include "core/mapping/recognise.h"
#include "tests/support/paths.h"
#include "tests/unit/mapping/shipped_mapper.h"

namespace kpi {
namespace {

using nlohmann::json;

json reference() {
  std::ifstream file(test::shared_folder() + "/reference/headers.json");
  return file ? json::parse(std::string(std::istreambuf_iterator<char>(file), {}), nullptr, false) : json();
}

TEST(ReferenceCoverage, EveryEvidencedNameIsKnown) {
  const json data = reference();
  if (!data.is_object()) GTEST_SKIP() << "no reference/headers.json beside the repository (KPI_SHARED)";
  const Result<NameIndex> index = load_name_index();
  ASSERT_TRUE(index.ok());
  std::size_t evidenced = 0, known = 0;
  for (const auto& [field, names] : data["fields"].items()) {
    for (const json& name : names) {
      if (name.value("guess", false)) continue;
      ++evidenced;
      const HeaderHits hits = find_hits(index.value(), analyse_header(name["name"].get<std::string>()));
      bool is_known = false;
      for (const NameIds* ids : {&hits.exact, &hits.folded}) {
        for (const std::uint32_t id : *ids) is_known = is_known || !index.value().names[id].is_guess;
      }
      known += is_known ? 1 : 0;
      // Meta's "Results" changes its meaning from row to row: it is kept among the proposals.
      EXPECT_TRUE(is_known || field == "results") << field << ": " << name["name"];
    }
  }
  EXPECT_EQ(evidenced, 2008U);
  EXPECT_EQ(known, evidenced - 9);
}

TEST(ReferenceCoverage, TheRealLayoutsAreRecognised) {
  const json data = reference();
  if (!data.is_object()) GTEST_SKIP() << "no reference/headers.json beside the repository (KPI_SHARED)";
  std::size_t headers = 0, resolved = 0, vendors = 0, layouts = 0;
  for (const json& layout : data["export_layouts"]) {
    const FileMapping file = test::map_headers(layout["header"].get<test::Row>());
    ++layouts;
    vendors += file.vendor.empty() ? 0 : 1;
    for (const HeaderMatch& match : file.columns) {
      ++headers;
      resolved += match.confidence >= Confidence::kLikely ? 1 : 0;
    }
  }
  EXPECT_EQ(layouts, 24U);
  EXPECT_EQ(vendors, 24U);
  EXPECT_GE(headers, 220U);
  EXPECT_GE(resolved * 100, headers * 95);
  RecordProperty("headers", static_cast<int>(headers));
  RecordProperty("resolved", static_cast<int>(resolved));
}

}  // namespace
}  // namespace kpi
