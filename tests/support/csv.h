// Reads bytes through CsvReader for tests.
#pragma once

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/sum.h"
#include "core/ingest/csv_reader.h"
#include "core/ingest/sniff.h"
#include "tests/support/paths.h"

namespace kpi::test {

struct ReadCsv {
  std::optional<Error> error;
  int passes = 0;
  Layout layout;
  Receipt receipt;
  std::vector<ColumnFormat> formats;
  Diagnostics diagnostics;
  Table table;

  const Column& column(std::string_view header) const {
    for (const Column& column : table.columns) {
      if (column.header == header) return column;
    }
    static const Column kNone{};
    return kNone;
  }
  double number(std::string_view header, std::size_t row) const { return column(header).numbers[row]; }
  std::string text(std::string_view header, std::size_t row) const {
    const Column& c = column(header);
    return std::string(c.dictionary.text(c.codes[row]));
  }
  std::string date(std::string_view header, std::size_t row) const {
    const Day day = column(header).days[row];
    return day == kNoDay ? "" : format_iso_date(day);
  }
  double sum(std::string_view header) const {
    const Column& c = column(header);
    Sum sum;
    for (std::size_t i = 0; i < table.row_count; ++i) {
      if (!std::isnan(c.numbers[i])) sum.add(c.numbers[i]);
    }
    return sum.value();
  }
  bool adds_up() const {
    return receipt.records == receipt.preamble + receipt.header + receipt.used + receipt.blank + receipt.totals + receipt.footers + receipt.repeated_headers &&
           receipt.used == table.row_count;
  }
};

inline std::vector<std::string> totals_labels() {
  return {"total", "totals", "grand total", "grand totals", "grand totals (n records)", "total:", "gesamt", "gesamt:", "summe", "media",
          "resultados totales", "\xD0\xB8\xD1\x82\xD0\xBE\xD0\xB3\xD0\xBE", "\xE5\x90\x88\xE8\xAE\xA1", "subtotal"};
}

inline int score_header(std::string_view text) {
  constexpr std::string_view kKnown[] = {"date", "day", "campaign", "cost", "clicks", "impr.", "impressions", "amount", "stage", "channel", "company"};
  std::string lower;
  for (const char c : text) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  for (const std::string_view known : kKnown) {
    if (lower == known) return 1;
  }
  return 0;
}

/// The kinds of the columns in order: n number, d date, k key, t text, - left out; the last one goes on for further columns. Empty:
/// by the samples. Every number column adds up.
inline ReadPlan plan_columns(const Layout& layout, std::string_view kinds) {
  ReadPlan plan;
  plan.table_kind = "ad_spend";
  const std::vector<ColumnEvidence> evidence = sample_evidence(layout);
  for (std::size_t i = 0; i < layout.headers.size(); ++i) {
    const char sampled = evidence[i].is_number ? 'n' : evidence[i].is_date ? 'd' : 't';
    const char kind = kinds.empty() ? sampled : i < kinds.size() ? kinds[i] : kinds.back();
    if (kind == '-') continue;
    const std::string field = "field" + std::to_string(i);
    const ColumnKind column_kind = kind == 'n' ? ColumnKind::kNumber : kind == 'd' ? ColumnKind::kDate : kind == 'k' ? ColumnKind::kKey : ColumnKind::kText;
    plan.columns.push_back({static_cast<std::int32_t>(i), field, column_kind});
    if (kind == 'n') plan.additive_fields.push_back(field);
  }
  return plan;
}

inline ReadCsv read_csv(std::string_view bytes, std::string_view kinds = "", ReadOptions options = {}, std::size_t chunk = 0) {
  ReadCsv out;
  CsvReader reader(options, score_header, totals_labels(), [kinds](const Layout& layout) -> Result<ReadPlan> { return plan_columns(layout, kinds); });
  if (chunk == 0) chunk = bytes.size() + 1;
  for (bool is_done = false; !is_done;) {
    ++out.passes;
    for (std::size_t at = 0; at < bytes.size(); at += chunk) {
      const std::string_view part = bytes.substr(at, chunk);
      auto room = reader.reserve(part.size());
      if (!room.ok()) {
        out.error = room.error();
        return out;
      }
      std::memcpy(room.value().data(), part.data(), part.size());
      if (Status status = reader.commit(part.size()); !status.ok()) {
        out.error = status.error();
        return out;
      }
    }
    Result<bool> finished = reader.finish();
    if (!finished.ok()) {
      out.error = finished.error();
      return out;
    }
    is_done = finished.value();
  }
  out.layout = reader.layout();
  out.receipt = reader.receipt();
  out.formats = reader.formats();
  out.diagnostics = reader.diagnostics();
  out.table = reader.take_table();
  return out;
}

/// Everything that a reading gives, as one text to compare. Keys and origins included.
inline std::string describe(const ReadCsv& csv) {
  std::string out;
  const auto add = [&out](auto value) { out += std::to_string(value) + " "; };
  if (csv.error) return "error " + std::string(code_name(csv.error->code));
  add(csv.passes);
  add(csv.layout.header_record);
  for (const std::string& header : csv.layout.headers) out += header + "|";
  for (const std::string& line : csv.layout.preamble) out += line + "|";
  const Receipt& r = csv.receipt;
  for (const std::uint64_t count : {r.bytes, r.records, r.preamble, r.header, r.used, r.blank, r.totals, r.footers, r.repeated_headers}) add(count);
  for (const Receipt::SetAside& record : r.set_aside) out += std::to_string(record.record) + std::string(record.reason) + record.text + "\n";
  for (const ColumnFormat& format : csv.formats) {
    add(format.source_column);
    add(format.decimal ? static_cast<int>(*format.decimal) : -1);
    add(format.date_order ? static_cast<int>(*format.date_order) : -1);
    add(static_cast<int>(format.is_ambiguous));
    add(static_cast<int>(format.is_percent));
    out += format.currency + format.example + "\n";
  }
  for (const Diagnostics::Group& group : csv.diagnostics.groups()) {
    out += std::string(code_name(group.code)) + std::to_string(group.total);
    for (const Diagnostic& kept : group.kept) {
      add(kept.where.record);
      add(kept.where.column);
      for (const auto& [name, value] : kept.arguments) {
        out += std::string(name);
        if (const auto* text = std::get_if<std::string>(&value)) out += *text;
        if (const auto* number = std::get_if<double>(&value)) out += std::to_string(*number);
        if (const auto* number = std::get_if<std::int64_t>(&value)) out += std::to_string(*number);
      }
    }
  }
  for (const Column& column : csv.table.columns) {
    out += "\n" + column.header + column.currency;
    add(column.present);
    add(column.first_day);
    add(column.last_day);
    for (std::size_t i = 0; i < csv.table.row_count; ++i) {
      switch (column.kind) {
        case ColumnKind::kText: out += std::string(column.dictionary.text(column.codes[i])) + "|"; break;
        case ColumnKind::kKey: add(column.keys[i]); break;
        case ColumnKind::kNumber: {
          std::uint64_t bits = 0;
          std::memcpy(&bits, &column.numbers[i], sizeof bits);
          add(std::isnan(column.numbers[i]) ? 0 : bits);
          break;
        }
        case ColumnKind::kDate: add(column.days[i]); break;
      }
    }
  }
  for (std::size_t i = 0; i < csv.table.row_count; ++i) {
    add(csv.table.origin(i).record);
    add(csv.table.origin(i).byte_offset);
  }
  return out;
}

/// A file of ../shared/data, or nothing where it is absent.
inline std::optional<std::string> shared_file(const std::string& path) {
  std::ifstream in(shared_folder() + "/data/" + path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

/// UTF-8 as UTF-16LE with a byte order mark; ASCII and two- and three-byte characters.
inline std::string to_utf16le(std::string_view text) {
  std::string out = "\xFF\xFE";
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const auto next = [&](std::size_t k) { return static_cast<unsigned>(static_cast<unsigned char>(text[i + k]) & 0x3F); };
    unsigned unit = first;
    std::size_t length = 1;
    if (first >= 0xE0) {
      unit = (first & 0xFU) << 12 | next(1) << 6 | next(2);
      length = 3;
    } else if (first >= 0xC0) {
      unit = (first & 0x1FU) << 6 | next(1);
      length = 2;
    }
    out += static_cast<char>(unit & 0xFF);
    out += static_cast<char>(unit >> 8);
    i += length;
  }
  return out;
}

}  // namespace kpi::test
