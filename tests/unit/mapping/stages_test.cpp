#include <gtest/gtest.h>

#include "core/mapping/mapper.h"

namespace kpi {
namespace {

void expect_deal(DealStatus status, std::initializer_list<const char*> texts) {
  for (const char* text : texts) EXPECT_EQ(classify_deal_stage(text), status) << text;
}

void expect_lead(LeadStage stage, std::initializer_list<const char*> texts) {
  for (const char* text : texts) EXPECT_EQ(classify_lead_stage(text), stage) << text;
}

TEST(DealStage, WonLostAndOpenInSeveralLanguages) {
  expect_deal(DealStatus::kWon, {"Won", "closedwon", "Closed Won", "CLOSED_WON", "Closed - Won", "Gewonnen", "Gagn\xC3\xA9", "Cerrado ganado",
                                 "Ganha", "\xD0\x97\xD0\xB0\xD0\xBA\xD1\x80\xD1\x8B\xD1\x82\xD0\xBE - \xD0\xA3\xD1\x81\xD0\xBF\xD0\xB5\xD1\x85",
                                 "\xE5\x8F\x97\xE6\xB3\xA8", "\xE8\xB5\xA2\xE5\x8D\x95", "\xD9\x86\xD8\xA7\xD8\xAC\xD8\xAD\xD8\xA9"});
  expect_deal(DealStatus::kLost, {"Lost", "closedlost", "Closed Lost", "Verloren", "Perdu", "Perdido", "\xE5\xA4\xB1\xE6\xB3\xA8",
                                  "\xD0\xBF\xD1\x80\xD0\xBE\xD0\xB8\xD0\xB3\xD1\x80\xD0\xB0\xD0\xBD\xD0\xB0"});
  expect_deal(DealStatus::kOpen, {"Open", "Prospecting", "Engaging", "Appointment Scheduled", "Qualified to Buy", "Decision Maker Bought-In",
                                  "Contract Sent", "presentationscheduled", "Proposal/Price Quote", "Negotiation/Review", "Id. Decision Makers",
                                  "Demo Scheduled", "Verhandlung", "N\xC3\xA9gociation"});
}

TEST(DealStage, NumbersBeforeAndRemarksAfterAreAllowed) {
  expect_deal(DealStatus::kWon, {"07. Closed Won", "6 - Won", "Closed Won - Renewal", "Won (2024)", "Closed Won: upsell"});
  expect_deal(DealStatus::kLost, {"Closed Lost - price", "Lost, no budget", "8) Closed Lost"});
}

TEST(DealStage, WhatIsNotInTheListsStaysUnknown) {
  expect_deal(DealStatus::kUnknown, {"", "Closed", "Wonderful", "Won/Lost", "Not won", "Stage 3", "true", "1", "Won - Lost", "almost won", "42"});
  EXPECT_EQ(classify_deal_stage(std::string(100000, 'w')), DealStatus::kUnknown);
  EXPECT_EQ(classify_deal_stage("\xff\xfe"), DealStatus::kUnknown);
}

TEST(LeadStage, LifecycleStagesAndStatuses) {
  expect_lead(LeadStage::kLead, {"Lead", "Subscriber", "New", "Open - Not Contacted", "Working - Contacted", "Neu", "\xE6\x96\xB0\xE5\xBB\xBA"});
  expect_lead(LeadStage::kMql, {"MQL", "Marketing Qualified Lead", "marketingqualifiedlead", "Marketing-qualified lead"});
  expect_lead(LeadStage::kSal, {"SAL", "Sales Accepted Lead"});
  expect_lead(LeadStage::kSql, {"SQL", "Sales Qualified Lead", "salesqualifiedlead", "Converted", "Closed - Converted"});
  expect_lead(LeadStage::kOpportunity, {"Opportunity", "Closed Lost"});
  expect_lead(LeadStage::kCustomer, {"Customer", "Evangelist", "Closed Won", "Kunde", "Client"});
  expect_lead(LeadStage::kDisqualified, {"Unqualified", "Disqualified", "Junk Lead", "Closed - Not Converted", "Dead"});
  expect_lead(LeadStage::kUnknown, {"", "Other", "Stage 1", "yes"});
}

TEST(LeadStage, RanksAsTheFunnelRuns) {
  EXPECT_LT(LeadStage::kLead, LeadStage::kMql);
  EXPECT_LT(LeadStage::kMql, LeadStage::kSal);
  EXPECT_LT(LeadStage::kSal, LeadStage::kSql);
  EXPECT_LT(LeadStage::kSql, LeadStage::kOpportunity);
  EXPECT_LT(LeadStage::kOpportunity, LeadStage::kCustomer);
}

TEST(Boolean, YesAndNoInSeveralLanguages) {
  for (const char* text : {"true", "TRUE", "1", "yes", "Ja", "oui", "s\xC3\xAD", "\xD0\xB4\xD0\xB0", "\xE6\x98\xAF"}) EXPECT_EQ(classify_boolean(text), true) << text;
  for (const char* text : {"false", "0", "No", "nein", "non", "\xD0\xBD\xD0\xB5\xD1\x82", "\xE5\x90\xA6"}) EXPECT_EQ(classify_boolean(text), false) << text;
  for (const char* text : {"", "maybe", "2", "won", "-"}) EXPECT_EQ(classify_boolean(text), std::nullopt) << text;
}

}  // namespace
}  // namespace kpi
