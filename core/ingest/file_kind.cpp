#include "core/ingest/file_kind.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace kpi {
namespace {

using namespace std::string_view_literals;

struct ImageSignature {
  std::string_view bytes;
  std::string_view kind;
};
constexpr ImageSignature kImages[] = {{"\x89PNG\r\n\x1A\n"sv, "png"}, {"\xFF\xD8\xFF"sv, "jpeg"}, {"GIF87a"sv, "gif"},
                                      {"GIF89a"sv, "gif"},            {"BM\x36\x00\x00\x00"sv, "bmp"}, {"II*\x00"sv, "tiff"},
                                      {"MM\x00*"sv, "tiff"}};

/// Names inside OLE containers are UTF-16.
std::string utf16(std::string_view ascii) {
  std::string out;
  for (const char c : ascii) {
    out += c;
    out += '\0';
  }
  return out;
}

}  // namespace

std::optional<Error> refuse_by_signature(std::span<const std::uint8_t> head) {
  const std::string_view bytes(reinterpret_cast<const char*>(head.data()), head.size());
  const auto has = [bytes](std::string_view part) { return bytes.find(part) != std::string_view::npos; };
  for (const ImageSignature& image : kImages) {
    if (bytes.starts_with(image.bytes)) return Error{Code::file_is_image, {{"kind", std::string(image.kind)}}};
  }
  if (bytes.starts_with("RIFF"sv) && bytes.substr(0, 16).find("WEBP"sv) != std::string_view::npos) {
    return Error{Code::file_is_image, {{"kind", std::string("webp")}}};
  }
  if (bytes.starts_with("%PDF-"sv)) return Error{Code::file_is_pdf};
  if (bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv)) {
    const bool is_workbook = has("xl/"sv) || (has("[Content_Types].xml"sv) && has("workbook"sv));
    return Error{is_workbook ? Code::file_is_xlsx : Code::file_is_zip};
  }
  if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv)) {
    const bool is_encrypted = has(utf16("EncryptedPackage")) || has(utf16("EncryptionInfo"));
    return Error{is_encrypted ? Code::file_is_encrypted : Code::file_is_xls};
  }
  if (bytes.starts_with("\x1F\x8B"sv)) return Error{Code::file_is_zip};
  return std::nullopt;
}

}  // namespace kpi
