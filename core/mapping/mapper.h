// Header texts -> vendor, table and fields, each with its reason and how sure it is.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/catalog/catalog.h"

namespace kpi {

struct NameIndex;

/// kCertain: an evidenced name of the recognised vendor. kLikely: an evidenced name of another vendor, or a generic name whose
/// values agree. kCheck: a guess (unevidenced or similar name): a proposal, never applied by itself. kNone: unknown.
enum class Confidence : std::uint8_t { kNone, kCheck, kLikely, kCertain };

struct HeaderMatch {
  std::int32_t source_column;
  std::string header;
  std::string field;              // catalogue field id of the table; empty when kNone, and for known columns that are not read
  Confidence confidence = Confidence::kNone;
  /// Why: "vendor_name", "other_vendor_name", "generic_name", "user" (read); "similar_name", "guess" (proposals); "derived_rate"
  /// (a rate: recomputed, never summed), "not_read" (known, but nothing here uses it), "values_disagree" (the cells do not look
  /// like the field: one level down), "duplicate" (another column serves the field), "not_needed" (a key nothing joins on),
  /// "stand_in" (read as a kindred field that the file lacks: link clicks as clicks); empty when kNone.
  std::string reason;
  std::string vendor, language;   // of the name that matched
  std::string evidence_name;      // the name in the data that matched
  std::string currency;           // from a suffix such as "(USD)"
  bool is_applied = false;        // read into the table
};

struct FileMapping {
  std::string vendor;             // e.g. "Google Ads"; empty when not recognised
  std::string vendor_report;      // e.g. "campaign report"
  std::string language;           // most matches' language
  std::string table;              // catalogue table id; empty when not recognised or only proposed
  Confidence table_confidence = Confidence::kNone;
  /// Table to ask about (search console clicks beside paid ones, a breakdown of another report, thin evidence): then `table` is empty,
  /// table_confidence is kCheck and the columns show what that table would read, none applied. MappingOverride::table confirms it.
  std::string proposed_table;
  std::string channel;            // for rows without a channel of their own: canonical channel implied by the vendor ("paid_search"), or empty
  std::string implied_stage;      // funnel stage every row has reached by the nature of the file ("mql"), or empty
  std::vector<HeaderMatch> columns;  // one per header, in order
};

/// What the user fixed in the review: column -> field id ("" = leave out), and the table.
struct MappingOverride {
  std::string table;
  std::map<std::int32_t, std::string> fields;
};

class Mapper {
 public:
  /// Reads the embedded name lists. Errors: catalog_invalid.
  static Result<Mapper> load(const Catalog& catalog);
  /// Headers and sample records (cells by column) -> vendor, table, fields. Deterministic; the file name is not evidence today.
  /// Cost: a few hash look-ups per header, 60 sample cells per matched column, and edit distances for unknown headers.
  FileMapping map(std::span<const std::string> headers, std::span<const std::vector<std::string>> samples,
                  std::string_view file_name, const MappingOverride& user) const;
  /// Evidence that `text` is a header: 0 none, 1 known name, 2 name of a distinctive kind.
  int header_score(std::string_view text) const;
  const std::vector<std::string>& totals_labels() const;  // lower-cased

 private:
  const Catalog* catalog_ = nullptr;
  std::shared_ptr<const NameIndex> names_;
};

/// Lower-cased, trimmed, blanks folded, BOM/NBSP and trailing punctuation dropped, "Deal - " and "(Do Not Modify) " prefixes and a
/// trailing "(USD)" removed. Example: " Amount spent (USD)" -> "amount spent".
std::string normalise_header(std::string_view header);

enum class DealStatus : std::uint8_t { kUnknown, kOpen, kWon, kLost };
/// Funnel order of a person: kLead < kMql < kSal < kSql < kOpportunity < kCustomer; kDisqualified is out of it.
enum class LeadStage : std::uint8_t { kUnknown, kDisqualified, kLead, kMql, kSal, kSql, kOpportunity, kCustomer };

/// Stage and status texts in several languages: "Closed Won", "closedwon", "07. Gewonnen", "Closed Lost - price". Exact words of
/// the data, after folding case, accents and punctuation; a remark may follow. Anything else is kUnknown: never guessed.
/// "true" or "1" of an is-won column is classify_boolean's.
DealStatus classify_deal_stage(std::string_view text);
/// Lifecycle stages and lead statuses. A stage after which a deal existed counts as such: "Closed Lost" is kOpportunity.
LeadStage classify_lead_stage(std::string_view text);
/// "true", "1", "yes", "ja", "oui", "\u0434\u0430" ... ; nothing for other texts.
std::optional<bool> classify_boolean(std::string_view text);
/// Canonical channel id for a source/channel text ("paid_search" for "PPC", "Paid Search", "google / cpc"); empty when the text
/// is the user's own: then it stays as it is. With the file's vendor, also that vendor's words: "Search" is paid_search as
/// Google Ads' campaign type, and nobody's business elsewhere. The view lives as long as the program.
std::string_view canonical_channel(std::string_view text, std::string_view vendor = {});
/// What a text of a field with fixed words means; `list` is the field's role: "cost_kind" ("content", "software" ...), "web_event",
/// "experiment_arm", "device", "sales_feedback", "flag" ("yes", "no"), "landing_page" ("deep" for addresses that nobody types,
/// "shallow"), "channel". Empty for texts that are none of them. The view lives as long as the program.
std::string_view canonical_word(std::string_view list, std::string_view text);
/// ISO 4217 code for a code, an unambiguous symbol or a word ("eur", "\u20AC", "US$"); empty for others, also for "$" and "\u00A5".
std::string currency_from_text(std::string_view text);
/// The same, with "$" taken as USD and "\u00A5" as JPY: an assumption that the caller must show.
std::string currency_assumed_from_text(std::string_view text);

}  // namespace kpi
