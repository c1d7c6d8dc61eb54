#include <gtest/gtest.h>

#include "core/mapping/mapper.h"

namespace kpi {
namespace {

TEST(CanonicalWord, KnowsKindsOfCostsInSeveralWordings) {
  EXPECT_EQ(canonical_word("cost_kind", "Marketing salaries"), "marketing_payroll");
  EXPECT_EQ(canonical_word("cost_kind", "AGENCY_FEES"), "agency");
  EXPECT_EQ(canonical_word("cost_kind", "contentCreation"), "content");
  EXPECT_EQ(canonical_word("cost_kind", "travel"), "");
  EXPECT_EQ(canonical_word("cost_kind", ""), "");
}

TEST(CanonicalWord, KnowsEventsArmsAndDevices) {
  EXPECT_EQ(canonical_word("web_event", "form_start"), "form_start");
  EXPECT_EQ(canonical_word("web_event", "generate_lead"), "form_submit");
  EXPECT_EQ(canonical_word("experiment_arm", "Control"), "control");
  EXPECT_EQ(canonical_word("experiment_arm", "Variation 1"), "variant");
  EXPECT_EQ(canonical_word("device", "Smartphone"), "mobile");
  EXPECT_EQ(canonical_word("flag", "ja"), "yes");
  EXPECT_EQ(canonical_word("flag", "0"), "no");
  EXPECT_EQ(canonical_word("channel", "PPC"), "paid_search");
  EXPECT_EQ(canonical_word("nothing", "PPC"), "");
}

TEST(CanonicalWord, TellsAddressesThatNobodyTypes) {
  EXPECT_EQ(canonical_word("landing_page", "https://a.example/guides/lead-scoring?utm_source=x"), "deep");
  EXPECT_EQ(canonical_word("landing_page", "https://a.example/"), "shallow");
  EXPECT_EQ(canonical_word("landing_page", "https://a.example"), "shallow");
  EXPECT_EQ(canonical_word("landing_page", "/de/"), "shallow");
  EXPECT_EQ(canonical_word("landing_page", "/pricing"), "shallow");
  EXPECT_EQ(canonical_word("landing_page", "www.acme-software.com/"), "shallow");
  EXPECT_EQ(canonical_word("landing_page", "www.acme-software.com/guides/lead-scoring"), "deep");
  EXPECT_EQ(canonical_word("landing_page", "(data not available)"), "");
}

}  // namespace
}  // namespace kpi
