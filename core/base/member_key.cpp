#include "core/base/member_key.h"

#include "core/base/text.h"

namespace kpi {

std::string member_key(std::string_view text) {
  std::string key = fold(text);
  std::string out;
  for (const char c : key) {
    const char d = c == '_' || c == '-' ? ' ' : c;
    if (d == ' ' && (out.empty() || out.back() == ' ')) continue;
    out.push_back(d);
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out.empty() ? std::string(text) : out;
}

}  // namespace kpi
