#include "core/ingest/csv_reader.h"

#include <algorithm>
#include <new>

#include "core/ingest/encoding.h"
#include "core/ingest/file_kind.h"
#include "core/ingest/formats.h"
#include "core/ingest/sniff.h"
#include "core/ingest/table_builder.h"
#include "core/ingest/text_buffer.h"

namespace kpi {

struct CsvReader::State {
  enum class Phase : std::uint8_t { kSniffing, kReading, kFailed, kDone };

  ReadOptions options;
  HeaderScore header_score;
  std::vector<std::string> totals_labels;
  Planner planner;

  Phase phase = Phase::kSniffing;
  std::optional<Error> failure;
  TextBuffer raw;    // the file's bytes while sniffing; later the last reservation of a file that must be decoded
  TextBuffer text;   // UTF-8
  std::size_t reserved = 0;
  std::uint64_t bytes = 0;         // of the file so far, in this pass
  std::size_t bom_left = 0;        // bytes of the mark that a repeated pass still has to skip
  EncodingGuess guess;
  bool is_sniff_ascii = false;
  EncodingEvidence evidence;
  Decoder decoder{Encoding::kUtf8};
  Sniffed sniffed;
  ReadPlan plan;
  std::vector<ColumnEvidence> samples;
  std::vector<ColumnAssumption> assumptions;
  std::set<std::uint64_t> forced_rows, forced_totals;
  int passes = 0;

  std::optional<TileScanner> tiles;
  std::unique_ptr<TableBuilder> builder;
  std::vector<ColumnFormat> formats;
  Diagnostics early;   // before there is a builder
  Receipt no_receipt;
  Table table;

  bool is_utf8() const { return sniffed.layout.encoding == Encoding::kUtf8; }

  Error fail(Error error) {
    phase = Phase::kFailed;
    failure = error;
    return error;
  }
  Error out_of_memory(std::size_t wanted) {
    return fail({Code::memory_exhausted, {{"wanted_bytes", static_cast<std::int64_t>(wanted)}}});
  }

  Status sniff(bool is_end);
  void begin_pass();
  void report_layout();
  Status take_source(std::span<const std::uint8_t> source);
  Status append_decoded(std::span<const std::uint8_t> source);
  Status scan();
  Status close();
  bool must_change_encoding() const;
};

Status CsvReader::State::sniff(bool is_end) {
  const std::span<const std::uint8_t> all = raw.content();
  const std::span<const std::uint8_t> head = all.subspan(0, std::min(all.size(), kSniffBytes));
  const bool is_whole = is_end && all.size() == head.size();
  if (std::optional<Error> refused = refuse_by_signature(head)) return fail(*refused);
  guess = guess_encoding(head, is_whole);
  if (options.encoding) {
    guess = {*options.encoding, bom_bytes(*options.encoding, head), false, false};
  } else if (guess.is_binary) {
    return fail({Code::file_is_binary});
  }
  EncodingEvidence head_evidence;
  head_evidence.add(head);
  is_sniff_ascii = head_evidence.is_ascii();
  std::string decoded;
  std::string_view beginning;
  if (guess.encoding == Encoding::kUtf8) {
    beginning = {reinterpret_cast<const char*>(head.data()) + guess.bom_bytes, head.size() - guess.bom_bytes};
  } else {
    Decoder head_decoder(guess.encoding);
    decoded.resize(Decoder::room_for(head.size()) + 8);
    auto* out = reinterpret_cast<std::uint8_t*>(decoded.data());
    std::size_t size = head_decoder.decode(head.subspan(guess.bom_bytes), out);
    if (is_whole) size += head_decoder.finish(out + size);
    beginning = std::string_view(decoded).substr(0, size);  // the rest is a readable margin
  }
  sniffed = sniff_layout(beginning, is_whole, options, header_score, totals_labels);
  sniffed.layout.encoding = guess.encoding;
  sniffed.layout.has_bom = guess.bom_bytes != 0;
  if (!sniffed.has_text && is_whole) return fail({Code::file_empty});
  const std::size_t columns = sniffed.layout.headers.size();
  if (columns > kMaxColumns) {
    return fail({Code::too_many_columns, {{"limit", static_cast<std::int64_t>(kMaxColumns)}, {"columns", static_cast<std::int64_t>(columns)}}});
  }
  if (is_whole && !sniffed.has_rows) return fail({Code::file_header_only, {{"columns", static_cast<std::int64_t>(columns)}}});
  Result<ReadPlan> planned = planner(sniffed.layout);
  if (!planned.ok()) return fail(planned.error());
  plan = std::move(planned).value();
  samples = sample_evidence(sniffed.layout);
  assumptions = assume_formats(sniffed.layout, options, plan, samples);
  begin_pass();
  // The bytes read so far become the beginning of the text.
  const std::size_t size = raw.content().size();
  if (is_utf8()) {
    std::swap(text, raw);
    raw.clear();
    text.consume_to(static_cast<std::uint32_t>(guess.bom_bytes));
    tiles->start(text.begin());
    builder->start_at(text.begin());
    return scan();
  }
  TextBuffer whole;
  std::swap(whole, raw);
  tiles->start(0);
  return append_decoded(whole.content().subspan(std::min(size, guess.bom_bytes)));
}

void CsvReader::State::begin_pass() {
  ++passes;
  tiles.emplace(sniffed.layout.dialect);
  builder = std::make_unique<TableBuilder>(sniffed.layout, options, totals_labels, plan, assumptions, guess.bom_bytes);
  builder->filter().force_rows(forced_rows);
  builder->filter().force_totals(forced_totals);
  decoder = Decoder(sniffed.layout.encoding);
  phase = Phase::kReading;
  report_layout();
}

void CsvReader::State::report_layout() {
  Diagnostics& diagnostics = builder->diagnostics();
  const Layout& layout = sniffed.layout;
  if (guess.is_assumed && !options.encoding) diagnostics.add(Code::encoding_assumed, {{"encoding", std::string(encoding_name(layout.encoding))}});
  if (!sniffed.is_delimiter_declared && layout.headers.size() > 1) {
    diagnostics.add(Code::delimiter_assumed, {{"delimiter", std::string(1, layout.dialect.delimiter)}});
  }
  if (!layout.preamble.empty()) diagnostics.add(Code::preamble_set_aside, {{"records", static_cast<std::int64_t>(layout.preamble.size())}});
  if (sniffed.is_header_assumed && !options.header_record) {
    diagnostics.add(Code::header_row_assumed, {{"record", static_cast<std::int64_t>(layout.header_record)}}, {layout.header_record, -1});
  }
}

Status CsvReader::State::take_source(std::span<const std::uint8_t> source) {
  const std::size_t skipped = std::min(bom_left, source.size());
  bom_left -= skipped;
  return append_decoded(source.subspan(skipped));
}

Status CsvReader::State::append_decoded(std::span<const std::uint8_t> source) {
  // In pieces, so that the decoded text never takes much more than the bytes themselves.
  constexpr std::size_t kPiece = 256 * 1024;
  for (std::size_t at = 0; at < source.size(); at += kPiece) {
    const std::span<const std::uint8_t> piece = source.subspan(at, std::min(kPiece, source.size() - at));
    builder->move_to(text.data(), text.begin());
    std::uint32_t shift = 0;
    std::uint8_t* out = text.room(Decoder::room_for(piece.size()), shift);
    if (out == nullptr) return out_of_memory(Decoder::room_for(piece.size()));
    tiles->shift(shift);
    text.grow(decoder.decode(piece, out));
    if (Status status = scan(); !status.ok()) return status;
  }
  return Ok{};
}

Status CsvReader::State::scan() {
  for (std::uint32_t from = tiles->scanned(); tiles->scan(text.data(), text.end()); from = tiles->scanned()) {
    if (is_utf8()) evidence.add({text.data() + from, tiles->scanned() - from});  // while the tile is in the cache
    if (Status status = builder->take(text.data(), *tiles); !status.ok()) return fail(status.error());
  }
  text.consume_to(tiles->record_start());
  return Ok{};
}

/// Reads the last record, which no record end closes.
Status CsvReader::State::close() {
  if (!is_utf8()) {
    builder->move_to(text.data(), text.begin());
    std::uint32_t shift = 0;
    std::uint8_t* out = text.room(16, shift);
    if (out == nullptr) return out_of_memory(16);
    tiles->shift(shift);
    text.grow(decoder.finish(out));
    if (Status status = scan(); !status.ok()) return status;
  }
  const bool is_open = tiles->is_in_quotes();
  const std::uint32_t end = text.end();
  if (tiles->record_start() < end) {
    text.data()[end] = static_cast<std::uint8_t>(sniffed.layout.dialect.record_end);
    tiles->close(end);
    if (is_open) {
      const std::uint64_t record = builder->receipt().records + 1;
      builder->diagnostics().add(Code::quote_unclosed, {{"record", static_cast<std::int64_t>(record)}}, {record, -1});
    }
    if (Status status = builder->take(text.data(), *tiles); !status.ok()) return fail(status.error());
  }
  return Ok{};
}

bool CsvReader::State::must_change_encoding() const {
  if (!is_utf8() || options.encoding || guess.bom_bytes != 0 || !is_sniff_ascii || passes != 1) return false;
  const std::uint64_t invalid = evidence.invalid_utf8(true);
  return invalid != 0 && invalid * 20 >= evidence.multibyte_utf8();
}

CsvReader::CsvReader(ReadOptions options, HeaderScore header_score, std::vector<std::string> totals_labels, Planner planner)
    : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  state_->header_score = std::move(header_score);
  state_->totals_labels = std::move(totals_labels);
  state_->planner = std::move(planner);
}

CsvReader::~CsvReader() = default;

Result<std::span<std::uint8_t>> CsvReader::reserve(std::size_t count) {
  State& s = *state_;
  if (s.failure) return *s.failure;
  std::uint32_t shift = 0;
  std::uint8_t* room = nullptr;
  if (s.phase == State::Phase::kReading && s.is_utf8()) {
    s.builder->move_to(s.text.data(), s.text.begin());
    room = s.text.room(count, shift);
    if (room != nullptr) s.tiles->shift(shift);
  } else {
    if (s.phase == State::Phase::kReading) s.raw.clear();
    room = s.raw.room(count, shift);
  }
  if (room == nullptr) return s.out_of_memory(count);
  s.reserved = count;
  return std::span<std::uint8_t>(room, count);
}

Status CsvReader::commit(std::size_t count) {
  State& s = *state_;
  if (s.failure) return *s.failure;
  count = std::min(count, s.reserved);
  s.reserved = 0;
  s.bytes += count;
  if (s.phase == State::Phase::kSniffing) {
    s.raw.grow(count);
    return s.raw.content().size() > kSniffBytes ? s.sniff(false) : Status(Ok{});
  }
  if (!s.is_utf8()) {
    s.raw.grow(count);
    return s.take_source(s.raw.content());
  }
  const std::uint32_t from = s.text.end();
  s.text.grow(count);
  if (s.bom_left != 0) {  // a repeated pass begins with the mark again
    const std::size_t skipped = std::min<std::size_t>(s.bom_left, count);
    s.bom_left -= skipped;
    s.text.consume_to(from + static_cast<std::uint32_t>(skipped));
    s.tiles->start(s.text.begin());
    s.builder->start_at(s.text.begin());
  }
  return s.scan();
}

Result<bool> CsvReader::finish() {
  State& s = *state_;
  if (s.failure) return *s.failure;
  if (s.phase == State::Phase::kSniffing) {
    if (Status status = s.sniff(true); !status.ok()) return status.error();
  }
  if (Status status = s.close(); !status.ok()) return status.error();
  TableBuilder& builder = *s.builder;
  const Layout& layout = s.sniffed.layout;
  Diagnostics& diagnostics = builder.diagnostics();
  SettledFormats settled = settle_formats(layout, s.options, builder.readers(), s.samples, diagnostics);
  const bool may_repeat = s.passes <= 2;
  const bool change_encoding = s.must_change_encoding();
  TotalsVerdict verdict;
  if (!s.options.keep_totals) {
    verdict = judge_totals(builder.readers(), builder.additive(), builder.totals(), builder.table(), true);
  }
  if (may_repeat && (change_encoding || settled.assumptions != s.assumptions || !verdict.is_settled())) {
    if (change_encoding) {
      s.sniffed.layout.encoding = s.evidence.single_byte_guess();
      s.guess.encoding = s.sniffed.layout.encoding;
      s.guess.is_assumed = true;
    }
    s.assumptions = std::move(settled.assumptions);
    s.forced_rows.merge(verdict.rows);
    s.forced_totals.merge(verdict.totals);
    s.bytes = 0;
    s.bom_left = s.guess.bom_bytes;
    s.evidence = EncodingEvidence{};
    s.text.clear();
    s.raw.clear();
    s.begin_pass();
    return false;
  }
  Receipt& receipt = builder.receipt();
  receipt.bytes = s.bytes;
  if (receipt.used == 0) return s.fail({Code::file_header_only, {{"columns", static_cast<std::int64_t>(layout.headers.size())}}});
  const auto count_of = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
  if (!builder.totals().empty()) {
    diagnostics.add(Code::totals_set_aside, {{"records", count_of(receipt.totals)}, {"label", builder.totals()[0].label}}, {builder.totals()[0].record, -1});
    compare_totals(builder.readers(), builder.additive(), builder.totals(), builder.table().row_count, diagnostics);
  }
  if (receipt.footers != 0) diagnostics.add(Code::footer_set_aside, {{"records", count_of(receipt.footers)}});
  if (receipt.repeated_headers != 0) diagnostics.add(Code::repeated_header_set_aside, {{"records", count_of(receipt.repeated_headers)}});
  if (receipt.blank != 0) diagnostics.add(Code::blank_records, {{"records", count_of(receipt.blank)}});
  const std::uint64_t replaced = s.is_utf8() ? s.evidence.invalid_utf8(true) : s.decoder.replaced();
  if (replaced != 0) diagnostics.add(Code::encoding_invalid_bytes, {{"count", count_of(replaced)}});
  s.formats = std::move(settled.formats);
  s.table = std::move(builder.table());
  for (ColumnReader& reader : builder.readers()) {
    if (reader.column().dictionary.is_full()) {
      diagnostics.add(Code::values_too_many, {{"header", reader.column().header}, {"limit", count_of(Dictionary::kRest - 1)}}, {0, reader.source_column()});
    }
    if (!reader.has_mixed_currency()) reader.column().currency = reader.currency();
    s.table.columns.push_back(std::move(reader.column()));
  }
  s.phase = State::Phase::kDone;
  return true;
}

const Layout& CsvReader::layout() const { return state_->sniffed.layout; }
const Receipt& CsvReader::receipt() const { return state_->builder ? state_->builder->receipt() : state_->no_receipt; }
const std::vector<ColumnFormat>& CsvReader::formats() const { return state_->formats; }
Diagnostics& CsvReader::diagnostics() { return state_->builder ? state_->builder->diagnostics() : state_->early; }
Table CsvReader::take_table() { return std::move(state_->table); }

}  // namespace kpi
