#include "core/ingest/currency_sign.h"

namespace kpi {
namespace {

struct Sign {
  std::string_view text, code;
};
// The bare dollar sign is read as the US dollar; signs shared by several currencies (yen and yuan, crowns, rupees) give no code.
constexpr Sign kSigns[] = {
    {"$", "USD"}, {"US$", "USD"}, {"$US", "USD"}, {"A$", "AUD"}, {"AU$", "AUD"}, {"C$", "CAD"}, {"CA$", "CAD"}, {"NZ$", "NZD"},
    {"HK$", "HKD"}, {"S$", "SGD"}, {"R$", "BRL"}, {"MX$", "MXN"}, {"NT$", "TWD"},
    {"\xE2\x82\xAC", "EUR"},                            // euro sign
    {"\xC2\xA3", "GBP"},                                // pound sign
    {"\xC2\xA5", ""}, {"\xEF\xBF\xA5", ""},             // yen or yuan sign, full-width
    {"CN\xC2\xA5", "CNY"}, {"JP\xC2\xA5", "JPY"},
    {"\xE2\x82\xB9", "INR"},                            // rupee sign
    {"Rs", ""}, {"Rs.", ""},
    {"\xE2\x82\xBD", "RUB"},                            // ruble sign
    {"\xD1\x80\xD1\x83\xD0\xB1", "RUB"}, {"\xD1\x80\xD1\x83\xD0\xB1.", "RUB"}, {"\xD1\x80.", "RUB"},
    {"\xE2\x82\xB4", "UAH"}, {"\xE2\x82\xBA", "TRY"}, {"TL", "TRY"}, {"\xE2\x82\xA9", "KRW"}, {"\xE2\x82\xAA", "ILS"},
    {"\xE2\x82\xAB", "VND"}, {"\xE2\x82\xB8", "KZT"}, {"\xE0\xB8\xBF", "THB"},
    {"z\xC5\x82", "PLN"}, {"K\xC4\x8D", "CZK"}, {"Ft", "HUF"}, {"Fr.", "CHF"}, {"SFr.", "CHF"},
    {"kr", ""}, {"kr.", ""}, {"Kr", ""}, {"Kr.", ""},
    {"\xE5\x85\x83", "CNY"}, {"\xE5\x86\x86", "JPY"}, {"RMB", "CNY"},
};
constexpr std::string_view kCodes =
    "AED ARS AUD AZN BDT BGN BHD BRL BYN CAD CHF CLP CNY COP CRC CZK DKK DZD EGP EUR GBP GEL GHS HKD HUF IDR ILS INR IQD IRR ISK "
    "JOD JPY KES KRW KWD KZT LBP LKR MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD TZS "
    "UAH UGX USD UYU UZS VND XAF XOF ZAR";

}  // namespace

CurrencySign currency_sign(std::string_view text) {
  for (const Sign& sign : kSigns) {
    if (sign.text == text) return {true, sign.code};
  }
  if (text.size() != 3) return {};
  for (std::size_t i = 0; i + 3 <= kCodes.size(); i += 4) {
    bool is_same = true;
    for (std::size_t j = 0; j < 3; ++j) {
      const char upper = text[j] >= 'a' && text[j] <= 'z' ? static_cast<char>(text[j] - 32) : text[j];
      is_same = is_same && upper == kCodes[i + j];
    }
    if (is_same) return {true, kCodes.substr(i, 3)};
  }
  return {};
}

}  // namespace kpi
