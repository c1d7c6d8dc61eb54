// Any bytes as a file: no crash, the receipt adds up, and the cut into chunks changes nothing.
#include <cstdlib>
#include <string>

#include "tests/support/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2 || size > 65536) return 0;
  constexpr std::string_view kKinds[] = {"", "n", "d", "t", "k", "dtnk"};
  const std::string_view kinds = kKinds[data[0] % std::size(kKinds)];
  const std::size_t chunk = static_cast<std::size_t>(data[1]) + 1;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const kpi::test::ReadCsv whole = kpi::test::read_csv(bytes, kinds);
  if (!whole.error && !whole.adds_up()) std::abort();
  if (kpi::test::describe(whole) != kpi::test::describe(kpi::test::read_csv(bytes, kinds, {}, chunk))) std::abort();
  return 0;
}
