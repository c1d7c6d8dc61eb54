#include "core/ingest/month_names.h"

#include <cstdint>

namespace kpi {
namespace {

struct MonthName {
  std::string_view name;
  std::uint8_t month;
};
constexpr MonthName kMonthNames[] = {
    {"jan", 1}, {"january", 1}, {"januar", 1}, {"j\xC3\xA4nner", 1}, {"janvier", 1}, {"janv", 1}, {"enero", 1}, {"ene", 1},
    {"janeiro", 1}, {"gennaio", 1}, {"gen", 1}, {"januari", 1}, {"stycze\xC5\x84", 1}, {"stycznia", 1}, {"sty", 1},
    {"\xD1\x8F\xD0\xBD\xD0\xB2\xD0\xB0\xD1\x80\xD1\x8C", 1}, {"\xD1\x8F\xD0\xBD\xD0\xB2\xD0\xB0\xD1\x80\xD1\x8F", 1},
    {"\xD1\x8F\xD0\xBD\xD0\xB2", 1},
    {"feb", 2}, {"february", 2}, {"februar", 2}, {"februari", 2}, {"feber", 2}, {"f\xC3\xA9vrier", 2}, {"fevrier", 2},
    {"f\xC3\xA9vr", 2}, {"fevr", 2}, {"f\xC3\xA9v", 2}, {"febrero", 2}, {"fevereiro", 2}, {"fev", 2}, {"febbraio", 2},
    {"febr", 2}, {"luty", 2}, {"lutego", 2}, {"lut", 2}, {"\xD1\x84\xD0\xB5\xD0\xB2\xD1\x80\xD0\xB0\xD0\xBB\xD1\x8C", 2},
    {"\xD1\x84\xD0\xB5\xD0\xB2\xD1\x80\xD0\xB0\xD0\xBB\xD1\x8F", 2}, {"\xD1\x84\xD0\xB5\xD0\xB2", 2},
    {"\xD1\x84\xD0\xB5\xD0\xB2\xD1\x80", 2},
    {"mar", 3}, {"march", 3}, {"m\xC3\xA4rz", 3}, {"maerz", 3}, {"m\xC3\xA4r", 3}, {"mrz", 3}, {"mars", 3}, {"marzo", 3},
    {"mar\xC3\xA7o", 3}, {"marco", 3}, {"maart", 3}, {"mrt", 3}, {"marzec", 3}, {"marca", 3},
    {"\xD0\xBC\xD0\xB0\xD1\x80\xD1\x82", 3}, {"\xD0\xBC\xD0\xB0\xD1\x80\xD1\x82\xD0\xB0", 3},
    {"\xD0\xBC\xD0\xB0\xD1\x80", 3},
    {"apr", 4}, {"april", 4}, {"avril", 4}, {"avr", 4}, {"abril", 4}, {"abr", 4}, {"aprile", 4}, {"kwiecie\xC5\x84", 4},
    {"kwietnia", 4}, {"kwi", 4}, {"\xD0\xB0\xD0\xBF\xD1\x80\xD0\xB5\xD0\xBB\xD1\x8C", 4},
    {"\xD0\xB0\xD0\xBF\xD1\x80\xD0\xB5\xD0\xBB\xD1\x8F", 4}, {"\xD0\xB0\xD0\xBF\xD1\x80", 4},
    {"may", 5}, {"mai", 5}, {"mayo", 5}, {"maio", 5}, {"maggio", 5}, {"mag", 5}, {"mei", 5}, {"maj", 5}, {"maja", 5},
    {"\xD0\xBC\xD0\xB0\xD0\xB9", 5}, {"\xD0\xBC\xD0\xB0\xD1\x8F", 5},
    {"jun", 6}, {"june", 6}, {"juni", 6}, {"juin", 6}, {"junio", 6}, {"junho", 6}, {"giugno", 6}, {"giu", 6},
    {"czerwiec", 6}, {"czerwca", 6}, {"cze", 6}, {"\xD0\xB8\xD1\x8E\xD0\xBD\xD1\x8C", 6},
    {"\xD0\xB8\xD1\x8E\xD0\xBD\xD1\x8F", 6}, {"\xD0\xB8\xD1\x8E\xD0\xBD", 6},
    {"jul", 7}, {"july", 7}, {"juli", 7}, {"juillet", 7}, {"juil", 7}, {"julio", 7}, {"julho", 7}, {"luglio", 7},
    {"lug", 7}, {"lipiec", 7}, {"lipca", 7}, {"lip", 7}, {"\xD0\xB8\xD1\x8E\xD0\xBB\xD1\x8C", 7},
    {"\xD0\xB8\xD1\x8E\xD0\xBB\xD1\x8F", 7}, {"\xD0\xB8\xD1\x8E\xD0\xBB", 7},
    {"aug", 8}, {"august", 8}, {"ao\xC3\xBBt", 8}, {"aout", 8}, {"agosto", 8}, {"ago", 8}, {"augustus", 8},
    {"sierpie\xC5\x84", 8}, {"sierpnia", 8}, {"sie", 8}, {"\xD0\xB0\xD0\xB2\xD0\xB3\xD1\x83\xD1\x81\xD1\x82", 8},
    {"\xD0\xB0\xD0\xB2\xD0\xB3\xD1\x83\xD1\x81\xD1\x82\xD0\xB0", 8}, {"\xD0\xB0\xD0\xB2\xD0\xB3", 8},
    {"sep", 9}, {"sept", 9}, {"september", 9}, {"septembre", 9}, {"septiembre", 9}, {"setiembre", 9}, {"setembro", 9},
    {"set", 9}, {"settembre", 9}, {"wrzesie\xC5\x84", 9}, {"wrze\xC5\x9Bnia", 9}, {"wrz", 9},
    {"\xD1\x81\xD0\xB5\xD0\xBD\xD1\x82\xD1\x8F\xD0\xB1\xD1\x80\xD1\x8C", 9},
    {"\xD1\x81\xD0\xB5\xD0\xBD\xD1\x82\xD1\x8F\xD0\xB1\xD1\x80\xD1\x8F", 9}, {"\xD1\x81\xD0\xB5\xD0\xBD", 9},
    {"\xD1\x81\xD0\xB5\xD0\xBD\xD1\x82", 9},
    {"oct", 10}, {"okt", 10}, {"october", 10}, {"oktober", 10}, {"octobre", 10}, {"octubre", 10}, {"outubro", 10},
    {"out", 10}, {"ottobre", 10}, {"ott", 10}, {"pa\xC5\xBA" "dziernik", 10}, {"pa\xC5\xBA" "dziernika", 10},
    {"pa\xC5\xBA", 10}, {"\xD0\xBE\xD0\xBA\xD1\x82\xD1\x8F\xD0\xB1\xD1\x80\xD1\x8C", 10},
    {"\xD0\xBE\xD0\xBA\xD1\x82\xD1\x8F\xD0\xB1\xD1\x80\xD1\x8F", 10}, {"\xD0\xBE\xD0\xBA\xD1\x82", 10},
    {"nov", 11}, {"november", 11}, {"novembre", 11}, {"noviembre", 11}, {"novembro", 11}, {"listopad", 11},
    {"listopada", 11}, {"lis", 11}, {"\xD0\xBD\xD0\xBE\xD1\x8F\xD0\xB1\xD1\x80\xD1\x8C", 11},
    {"\xD0\xBD\xD0\xBE\xD1\x8F\xD0\xB1\xD1\x80\xD1\x8F", 11}, {"\xD0\xBD\xD0\xBE\xD1\x8F", 11},
    {"\xD0\xBD\xD0\xBE\xD1\x8F\xD0\xB1", 11},
    {"dec", 12}, {"dez", 12}, {"december", 12}, {"dezember", 12}, {"d\xC3\xA9" "cembre", 12}, {"decembre", 12},
    {"d\xC3\xA9" "c", 12}, {"diciembre", 12}, {"dic", 12}, {"dezembro", 12}, {"dicembre", 12}, {"grudzie\xC5\x84", 12},
    {"grudnia", 12}, {"gru", 12}, {"\xD0\xB4\xD0\xB5\xD0\xBA\xD0\xB0\xD0\xB1\xD1\x80\xD1\x8C", 12},
    {"\xD0\xB4\xD0\xB5\xD0\xBA\xD0\xB0\xD0\xB1\xD1\x80\xD1\x8F", 12}, {"\xD0\xB4\xD0\xB5\xD0\xBA", 12},
};

}  // namespace

unsigned month_from_name(std::string_view folded) {
  for (const MonthName& entry : kMonthNames) {
    if (entry.name == folded) return entry.month;
  }
  return 0;
}

}  // namespace kpi
