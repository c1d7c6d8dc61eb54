#include "core/ingest/number_cell.h"

#include <gtest/gtest.h>

#include <string>

namespace kpi {
namespace {

struct Case {
  std::string text;
  bool fits_point;
  double as_point;
  bool fits_comma;
  double as_comma;
};

TEST(NumberCell, ReadsBothFormats) {
  const Case cases[] = {
      {"1234", true, 1234, true, 1234},
      {"1234.5", true, 1234.5, false, 0},
      {"1234,5", false, 0, true, 1234.5},
      {"1,234", true, 1234, true, 1.234},
      {"1.234", true, 1.234, true, 1234},
      {"0.123", true, 0.123, false, 0},                 // no group begins with 0
      {"1,234.56", true, 1234.56, false, 0},
      {"1.234,56", false, 0, true, 1234.56},
      {"1,234,567", true, 1234567, false, 0},
      {"12,34,567.8", true, 1234567.8, false, 0},       // Indian groups
      {"1234,567", false, 0, true, 1234.567},           // not a group: four digits before it
      {"1 234,5", false, 0, true, 1234.5},
      {"1\xC2\xA0" "234\xE2\x80\xAF" "567", true, 1234567, true, 1234567},  // every kind of blank is one group mark
      {"1'234.50", true, 1234.5, false, 0},
      {"1\xE2\x80\x99" "234", true, 1234, true, 1234},
      {"$1,234.50", true, 1234.5, false, 0},
      {"-$5.25", true, -5.25, false, 0},
      {"$-5.25", true, -5.25, false, 0},
      {"($5.25)", true, -5.25, false, 0},
      {"\xE2\x88\x92" "5", true, -5, true, -5},
      {"5-", true, -5, true, -5},
      {"12,-", false, 0, true, 12},
      {"1.234,56 \xE2\x82\xAC", false, 0, true, 1234.56},
      {"USD 1,234.00", true, 1234, false, 0},
      {"27.78%", true, 0.2778, false, 0},
      {"5,19\xC2\xA0%", false, 0, true, 0.0519},
      {"100 %", true, 1, true, 1},
      {"1.5E+07", true, 15000000, false, 0},
      {"\xD9\xA1\xD9\xA2\xD9\xA3\xD9\xAB\xD9\xA5", true, 123.5, true, 123.5},  // Arabic-Indic, its own decimal mark
      {"\xE2\x80\x8E-5", true, -5, true, -5},
      {".5", true, 0.5, false, 0},
      {"0.1234567890123456789", true, 0.1234567890123456789, false, 0},
  };
  int seen = 0;
  for (const Case& c : cases) {
    const NumberCell cell = read_number_cell(c.text);
    EXPECT_EQ(cell.kind, NumberKind::kNumber) << c.text;
    EXPECT_EQ(cell.fits_point, c.fits_point) << c.text;
    EXPECT_EQ(cell.fits_comma, c.fits_comma) << c.text;
    if (c.fits_point) {
      EXPECT_EQ(cell.as_point, c.as_point) << c.text;
    }
    if (c.fits_comma) {
      EXPECT_EQ(cell.as_comma, c.as_comma) << c.text;
    }
    ++seen;
  }
  EXPECT_EQ(seen, static_cast<int>(std::size(cases)));
}

TEST(NumberCell, SpellingsOfNothingAreMissing) {
  for (const char* text : {"", "-", "--", "\xE2\x80\x94", "N/A", "n/a", "NaN", "null", "(not set)", "(blank)"}) {
    EXPECT_EQ(read_number_cell(text).kind, NumberKind::kMissing) << text;
  }
}

TEST(NumberCell, ABoundIsNotAValue) {
  EXPECT_EQ(read_number_cell("< 10%").kind, NumberKind::kBound);
  EXPECT_EQ(read_number_cell("> 90%").kind, NumberKind::kBound);
}

TEST(NumberCell, WhatIsNotANumberIsUnreadable) {
  for (const char* text : {"abc", "12 days", "1.2.3", "12 34", "2024-01-31", "416-810-9897x752", "1,23,4", "00:05:23", "1e", "--5", "5%%", "(5", "1.234.56",
                           "$5 EUR", "1,2345.6", "192.168.0.1", "+", "%", "1 2 3", "0,1,2"}) {
    EXPECT_EQ(read_number_cell(text).kind, NumberKind::kUnreadable) << text;
  }
}

TEST(NumberCell, TellsTheCurrency) {
  EXPECT_EQ(read_number_cell("$5").currency, "USD");
  EXPECT_EQ(read_number_cell("5,00 \xE2\x82\xAC").currency, "EUR");
  EXPECT_EQ(read_number_cell("\xC2\xA3" "5").currency, "GBP");
  EXPECT_EQ(read_number_cell("\xC2\xA5" "500").currency, "");
  EXPECT_TRUE(read_number_cell("\xC2\xA5" "500").has_currency);
  EXPECT_EQ(read_number_cell("500 \xD1\x80\xD1\x83\xD0\xB1.").currency, "RUB");
  EXPECT_EQ(read_number_cell("CHF 5").currency, "CHF");
}

}  // namespace
}  // namespace kpi
