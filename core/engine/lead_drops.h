// Whether, when and why leads were disqualified or lost.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/row_values.h"

namespace kpi {

/// Reasons in the words of the files; texts that differ only in case, blanks, '-' or '_' are one. Number 0 is no reason. From
/// the 65535th different one on they are one.
class DropReasons {
 public:
  static constexpr std::uint16_t kNone = 0;
  std::uint16_t number(std::string_view text);
  /// As first written, by number.
  const std::vector<std::string>& labels() const { return labels_; }

 private:
  std::map<std::string, std::uint16_t, std::less<>> numbers_;
  std::vector<std::string> labels_ = {""};
};

/// Of a text's code, as a column's dictionary numbers them; texts beyond the dictionary are none.
inline std::uint16_t reason_of(const std::vector<std::uint16_t>& by_code, std::uint16_t code) { return code < by_code.size() ? by_code[code] : DropReasons::kNone; }

/// What the deals that name a lead say together.
struct DealsOfLead {
  bool has_lost = false, has_other = false;
  Day last = kNoDay;    // latest creation or close of them
  Day lost = kNoDay;    // latest close of a lost one
  std::uint16_t reason = DropReasons::kNone;  // of the one that was lost last and has one
};
using LostDeals = std::map<const FileTable*, std::vector<DealsOfLead>>;
/// By table of leads and row. Cost O(rows).
LostDeals deals_of_leads(const Dataset& dataset, DropReasons& reasons);

/// The leads of one file. Each is out by its own date, by its own lost deal, by deals that name it where all of them are lost, or by its stage.
class LeadDrops {
 public:
  LeadDrops(const Dataset& dataset, const FileTable& leads, const LostDeals& deals, DropReasons& reasons);
  struct Drop {
    bool is_dropped = false;
    Day day = kNoDay;
    std::uint16_t reason = DropReasons::kNone;
  };
  Drop of(std::size_t row) const;
  Day last_deal(std::size_t row) const { return deals_ == nullptr ? kNoDay : (*deals_)[row].last; }

 private:
  /// Texts of a column as numbers of reasons.
  struct Reasons {
    const Column* column = nullptr;
    std::vector<std::uint16_t> by_code;
    std::uint16_t at(std::size_t row) const { return column == nullptr ? DropReasons::kNone : reason_of(by_code, column->codes[row]); }
  };
  static Reasons read(const FileTable& t, std::string_view field, DropReasons& reasons);
  const FileTable& t_;
  const Column* date_;
  const Column* stage_;
  std::vector<bool> is_out_;
  DaySource lost_;
  Reasons disqualified_reason_, lost_reason_;
  const std::vector<DealsOfLead>* deals_ = nullptr;
};

/// Whether a file of leads or deals has a column of reasons at all.
bool knows_drop_reasons(const Dataset& dataset);

}  // namespace kpi
