#include "core/api/funnel_parts.h"

namespace kpi {

Object member_json(const Dimension* by, std::uint32_t number) {
  Object json;
  if (by == nullptr) return std::move(json.put("key", "").put("label", "").put("canonical", false));
  const Member& one = by->members()[number];
  return std::move(json.put("key", one.key).put("label", one.label).put("canonical", one.is_canonical));
}

}  // namespace kpi
