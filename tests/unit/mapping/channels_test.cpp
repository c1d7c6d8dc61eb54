#include <gtest/gtest.h>

#include "core/mapping/mapper.h"

namespace kpi {
namespace {

TEST(Channel, CommonNamesAreCanonical) {
  const std::pair<const char*, const char*> kCases[] = {
      {"Paid Search", "paid_search"},      {"paid_search", "paid_search"},   {"PPC", "paid_search"},
      {"Google Ads", "paid_search"},       {"ORGANIC_SEARCH", "organic_search"}, {"SEO", "organic_search"},
      {"LinkedIn Ads", "paid_social"},     {"Paid Social", "paid_social"},   {"Organic Social", "organic_social"},
      {"Email Marketing", "email"},        {"E-Mail", "email"},              {"Newsletter", "email"},
      {"direct_traffic", "direct"},        {"Direct Traffic", "direct"},     {"Referral", "referral"},
      {"Display", "display"},              {"Webinar", "webinar"},           {"Trade Show", "events"},
      {"Events", "events"},                {"Partner", "partner"},           {"Affiliates", "affiliate"},
      {"Content Syndication", "content_syndication"}, {"Outbound SDR", "outbound"}, {"Cold Call", "outbound"},
      {"Offline Sources", "offline"},      {"Other Campaigns", "other_campaigns"}, {"Organische Suche", "organic_search"},
      {"B\xC3\xBAsqueda de pago", "paid_search"}};
  for (const auto& [text, id] : kCases) EXPECT_EQ(canonical_channel(text), id) << text;
}

TEST(Channel, SourceAndMediumTogether) {
  EXPECT_EQ(canonical_channel("google / cpc"), "paid_search");
  EXPECT_EQ(canonical_channel("google / organic"), "organic_search");
  EXPECT_EQ(canonical_channel("linkedin / cpc"), "paid_social");
  EXPECT_EQ(canonical_channel("facebook.com / paidsocial"), "paid_social");
  EXPECT_EQ(canonical_channel("linkedin.com / social"), "organic_social");
  EXPECT_EQ(canonical_channel("(direct) / (none)"), "direct");
  EXPECT_EQ(canonical_channel("partner.example / referral"), "referral");
  EXPECT_EQ(canonical_channel("hubspot / email"), "email");
  EXPECT_EQ(canonical_channel("somewhere / cpc"), "");
  EXPECT_EQ(canonical_channel("a / b / c"), "");
}

TEST(Channel, TheUsersOwnTextsStayTheirOwn) {
  for (const char* text : {"", "social", "Social Media", "unknown", "other", "Other", "other_publicities", "ads", "Search", "web", "LinkedIn"}) {
    EXPECT_EQ(canonical_channel(text), "") << text;
  }
}

TEST(Channel, AVendorsWordsCountInItsFilesOnly) {
  EXPECT_EQ(canonical_channel("Search", "Google Ads"), "paid_search");
  EXPECT_EQ(canonical_channel("Suche", "Google Ads"), "paid_search");
  EXPECT_EQ(canonical_channel("Video", "Google Ads"), "video");
  EXPECT_EQ(canonical_channel("Suche", "HubSpot"), "");
  EXPECT_EQ(canonical_channel("Demand Gen", "Google Ads"), "");
}

TEST(Currency, CodesSymbolsAndWords) {
  EXPECT_EQ(currency_from_text("EUR"), "EUR");
  EXPECT_EQ(currency_from_text("usd"), "USD");
  EXPECT_EQ(currency_from_text("\xE2\x82\xAC"), "EUR");
  EXPECT_EQ(currency_from_text("\xC2\xA3"), "GBP");
  EXPECT_EQ(currency_from_text("US$"), "USD");
  EXPECT_EQ(currency_from_text("R$"), "BRL");
  EXPECT_EQ(currency_from_text("\xD1\x80\xD1\x83\xD0\xB1."), "RUB");
  EXPECT_EQ(currency_from_text("\xE5\x85\x83"), "CNY");
  EXPECT_EQ(currency_from_text("XYZ"), "");
  EXPECT_EQ(currency_from_text(""), "");
}

TEST(Currency, AmbiguousSymbolsNeedTheCallersAssumption) {
  EXPECT_EQ(currency_from_text("$"), "");
  EXPECT_EQ(currency_assumed_from_text("$"), "USD");
  EXPECT_EQ(currency_assumed_from_text("\xC2\xA5"), "JPY");
  EXPECT_EQ(currency_assumed_from_text("EUR"), "EUR");
  EXPECT_EQ(currency_assumed_from_text("?"), "");
}

}  // namespace
}  // namespace kpi
