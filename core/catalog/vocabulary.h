// The closed lists of words that catalogue entries may use.
#pragma once

#include <span>
#include <string_view>

namespace kpi {

std::span<const std::string_view> displays();       // how a value is shown
std::span<const std::string_view> directions();     // which way is better
std::span<const std::string_view> statuses();       // how a formula relates to its sources
std::span<const std::string_view> field_roles();    // what a field means to the engine
std::span<const std::string_view> deal_statuses();
std::span<const std::string_view> lead_stages();    // that can be reached
std::span<const std::string_view> entry_stages();    // Condition::entered
std::span<const std::string_view> column_kinds();   // in the order of ColumnKind
std::span<const std::string_view> aggregates();     // in the order of Aggregate
std::span<const std::string_view> movements();      // in the order of Movement
std::span<const std::string_view> stocks();         // in the order of Stock
std::span<const std::string_view> earlier_values();

bool is_one_of(std::string_view word, std::span<const std::string_view> words);
/// True when article `source` has an item `item` ("002", "ex"); "ext" takes no item or a key of its own.
bool is_source_item(std::string_view source, std::string_view item);

}  // namespace kpi
