// Codes with arguments: the only way the core speaks about data and requests. No sentence is ever made here.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace kpi {

enum class Severity : std::uint8_t { kInfo, kWarning, kError, kFailure };

enum class Code : std::uint16_t {
#define KPI_CODE(name, severity, arguments, meaning) name,
#include "core/base/diagnostic_codes.def"
#undef KPI_CODE
};

std::string_view code_name(Code code);
Severity code_severity(Code code);
std::string_view severity_name(Severity severity);
/// Every code in the order of the list, for tests and for the generated reference.
std::vector<Code> all_codes();
/// The comma-separated argument names a code may carry.
std::string_view code_arguments(Code code);

/// One argument: a number stays a number, so that the page can format it.
using Argument = std::variant<std::int64_t, double, std::string>;
using Arguments = std::vector<std::pair<std::string_view, Argument>>;  // names are string literals

/// Where in the source: record is 1-based as a spreadsheet shows it, 0 = none; column is 0-based, -1 = none.
struct Where {
  std::uint64_t record = 0;
  std::int32_t column = -1;
};

struct Diagnostic {
  Code code;
  Arguments arguments;
  Where where;
};

/// Collects diagnostics of one file. At most `kKeptPerCode` of a code are kept, all are counted.
class Diagnostics {
 public:
  static constexpr std::size_t kKeptPerCode = 50;
  struct Group {
    Code code;
    std::uint64_t total = 0;
    std::vector<Diagnostic> kept;
  };
  void add(Code code, Arguments arguments, Where where = {});
  /// Counts `more` further occurrences without keeping them.
  void count(Code code, std::uint64_t more);
  const std::vector<Group>& groups() const { return groups_; }
  std::uint64_t total(Code code) const;
  bool has(Code code) const { return total(code) != 0; }
  void clear() { groups_.clear(); }

 private:
  Group& group(Code code);
  std::vector<Group> groups_;
};

}  // namespace kpi
