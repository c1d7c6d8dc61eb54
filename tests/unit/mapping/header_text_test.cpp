#include "core/mapping/header_text.h"

#include <gtest/gtest.h>

#include "core/mapping/mapper.h"

namespace kpi {
namespace {

TEST(NormaliseHeader, FoldsBlanksCaseMarksAndSuffixes) {
  EXPECT_EQ(normalise_header(" Amount spent (USD)"), "amount spent");
  EXPECT_EQ(normalise_header("\xEF\xBB\xBFImpr."), "impr");
  EXPECT_EQ(normalise_header("Conv.\xC2\xA0value"), "conv. value");
  EXPECT_EQ(normalise_header("Close Date  \xE2\x86\x91"), "close date");
  EXPECT_EQ(normalise_header("Deal - Value"), "value");
  EXPECT_EQ(normalise_header("(Do Not Modify) Lead"), "lead");
  EXPECT_EQ(normalise_header("KO\xC3\x9CT"), "ko\xC3\xBCt");
  EXPECT_EQ(normalise_header("\xEF\xBC\xA3\xEF\xBC\xB0\xEF\xBC\xAD"), "cpm");  // full-width letters
  EXPECT_EQ(normalise_header(""), "");
  EXPECT_EQ(normalise_header(" :. "), "");
}

TEST(HeaderCurrency, IsReadFromTheSuffix) {
  EXPECT_EQ(analyse_header("Amount spent (USD)").currency, "USD");
  EXPECT_EQ(analyse_header("Cost [EUR]").currency, "EUR");
  EXPECT_EQ(analyse_header("Revenue EUR").currency, "EUR");
  EXPECT_EQ(analyse_header("Revenue in EUR").exact, "revenue");
  EXPECT_EQ(analyse_header("\xE8\x8A\xB1\xE8\xB4\xB9(\xE5\x85\x83)").currency, "CNY");
  EXPECT_EQ(analyse_header("\xE6\xB6\x88\xE8\x80\x97\xEF\xBC\x88\xE5\x85\x83\xEF\xBC\x89").currency, "CNY");  // full-width brackets
  EXPECT_EQ(analyse_header("\xD0\xA0\xD0\xB0\xD1\x81\xD1\x85\xD0\xBE\xD0\xB4 (\xD1\x80\xD1\x83\xD0\xB1.)").currency, "RUB");
  EXPECT_EQ(analyse_header("\xD0\xA0\xD0\xB0\xD1\x81\xD1\x85\xD0\xBE\xD0\xB4, \xE2\x82\xBD").currency, "RUB");
  EXPECT_EQ(analyse_header("cost_usd").short_currency, "USD");
  EXPECT_EQ(analyse_header("cost_usd").short_folded, "cost");
}

TEST(HeaderCurrency, IsNotSeenWhereThereIsNone) {
  EXPECT_EQ(analyse_header("Clicks (all)").currency, "");
  EXPECT_EQ(analyse_header("Clicks (all)").exact, "clicks (all)");
  EXPECT_EQ(analyse_header("CLICKS (ALL)").currency, "");
  EXPECT_EQ(analyse_header("CTR (%)").exact, "ctr (%)");
  EXPECT_EQ(analyse_header("Cost ($)").currency, "");
  EXPECT_EQ(analyse_header("Cost ($)").exact, "cost");
  EXPECT_EQ(analyse_header("(USD)").currency, "");
  EXPECT_EQ(analyse_header("USD").exact, "usd");
}

TEST(FoldKey, IgnoresAccentsPunctuationAndUnderscores) {
  EXPECT_EQ(fold_key("Cl\xC3\xB4tur\xC3\xA9_le"), "cloture le");
  EXPECT_EQ(fold_key("lead-id"), fold_key("Lead ID"));
  EXPECT_EQ(fold_key("Stra\xC3\x9F" "e"), "strasse");
  EXPECT_EQ(fold_key("\xC5\x81\xC3\xB3\x64\xC5\xBA"), "lodz");
  EXPECT_EQ(fold_key("e\xCC\x81tape"), "etape");  // combining accent
  EXPECT_EQ(fold_key("\xD0\x81\xD0\xBB\xD0\xBA\xD0\xB0"), "\xD0\xB5\xD0\xBB\xD0\xBA\xD0\xB0");
  EXPECT_EQ(fold_key("CTR (%)"), "ctr %");
  EXPECT_EQ(fold_key("__"), "");
}

TEST(SplitCamel, SeparatesWordsByCase) {
  EXPECT_EQ(split_camel("CloseDate"), "Close Date");
  EXPECT_EQ(split_camel("CTR"), "CTR");
  EXPECT_EQ(analyse_header("StageName").camel, "stage name");
}

}  // namespace
}  // namespace kpi
