#include "core/base/diagnostics.h"

namespace kpi {
namespace {

struct Entry {
  std::string_view name;
  Severity severity;
  std::string_view arguments;
};

constexpr Entry kEntries[] = {
#define KPI_CODE(name, severity, arguments, meaning) {#name, Severity::severity, arguments},
#include "core/base/diagnostic_codes.def"
#undef KPI_CODE
};

const Entry& entry(Code code) { return kEntries[static_cast<std::size_t>(code)]; }

}  // namespace

std::string_view code_name(Code code) { return entry(code).name; }
Severity code_severity(Code code) { return entry(code).severity; }
std::string_view code_arguments(Code code) { return entry(code).arguments; }

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::kInfo: return "info";
    case Severity::kWarning: return "warning";
    case Severity::kError: return "error";
    case Severity::kFailure: return "failure";
  }
  return "failure";
}

std::vector<Code> all_codes() {
  std::vector<Code> codes;
  for (std::size_t i = 0; i < std::size(kEntries); ++i) codes.push_back(static_cast<Code>(i));
  return codes;
}

Diagnostics::Group& Diagnostics::group(Code code) {
  for (Group& g : groups_) {
    if (g.code == code) return g;
  }
  groups_.push_back({code, 0, {}});
  return groups_.back();
}

void Diagnostics::add(Code code, Arguments arguments, Where where) {
  Group& g = group(code);
  ++g.total;
  if (g.kept.size() < kKeptPerCode) g.kept.push_back({code, std::move(arguments), where});
}

void Diagnostics::count(Code code, std::uint64_t more) {
  if (more != 0) group(code).total += more;
}

std::uint64_t Diagnostics::total(Code code) const {
  for (const Group& g : groups_) {
    if (g.code == code) return g.total;
  }
  return 0;
}

}  // namespace kpi
