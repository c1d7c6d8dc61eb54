// The mapper over the shipped catalogue and names, loaded once.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/mapping/mapper.h"

namespace kpi::test {

using Row = std::vector<std::string>;

inline const Catalog& shipped_catalog() {
  static const Result<Catalog> kLoaded = Catalog::load();
  EXPECT_TRUE(kLoaded.ok());
  return kLoaded.value();
}

inline const Mapper& shipped_mapper() {
  static const Result<Mapper> kLoaded = Mapper::load(shipped_catalog());
  EXPECT_TRUE(kLoaded.ok());
  return kLoaded.value();
}

inline FileMapping map_headers(const Row& headers, const std::vector<Row>& samples = {}, const MappingOverride& user = {}) {
  return shipped_mapper().map(headers, samples, "", user);
}

}  // namespace kpi::test
