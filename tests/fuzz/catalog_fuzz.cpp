// Any bytes as a catalogue file: it loads whole and in order, or an error names what is wrong.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/catalog/catalog.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const kpi::Result<kpi::Catalog> loaded = kpi::Catalog::load({{"fuzz.json", text}});
  if (!loaded.ok()) return 0;
  const kpi::Catalog& catalog = loaded.value();
  if (catalog.evaluation_order().size() != catalog.kpis().size()) std::abort();
  for (const kpi::Kpi& kpi : catalog.kpis()) {
    for (const std::string& id : kpi::references(*kpi.formula)) {
      if (catalog.measure(id) == nullptr && catalog.kpi(id) == nullptr) std::abort();
    }
  }
  for (const kpi::Measure& measure : catalog.measures()) {
    for (const kpi::MeasureSource& source : measure.sources) {
      for (const std::string& field : source.needed_fields()) {
        if (catalog.table(source.table)->find(field) == nullptr) std::abort();
      }
    }
  }
  return 0;
}
