#include "core/base/diagnostics.h"

#include <gtest/gtest.h>

#include <set>

namespace kpi {
namespace {

TEST(Diagnostics, EveryCodeHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (const Code code : all_codes()) names.insert(code_name(code));
  EXPECT_EQ(names.size(), all_codes().size());
  EXPECT_EQ(code_name(Code::file_empty), "file_empty");
  EXPECT_EQ(code_severity(Code::file_empty), Severity::kFailure);
  EXPECT_EQ(severity_name(code_severity(Code::number_unreadable)), "error");
  EXPECT_EQ(code_arguments(Code::row_too_short), "cells,columns");
}

TEST(Diagnostics, AreCappedPerCodeButAllCounted) {
  Diagnostics diagnostics;
  for (int i = 0; i < 60; ++i) diagnostics.add(Code::number_unreadable, {{"text", std::string("x")}}, {static_cast<std::uint64_t>(i + 1), 2});
  diagnostics.count(Code::number_unreadable, 5);
  diagnostics.count(Code::blank_records, 0);
  ASSERT_EQ(diagnostics.groups().size(), 1U);
  EXPECT_EQ(diagnostics.groups()[0].kept.size(), Diagnostics::kKeptPerCode);
  EXPECT_EQ(diagnostics.total(Code::number_unreadable), 65U);
  EXPECT_FALSE(diagnostics.has(Code::blank_records));
}

}  // namespace
}  // namespace kpi
