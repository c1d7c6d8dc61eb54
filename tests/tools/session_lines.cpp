// Drives one Session from standard input, a command per line, and answers a JSON line to each. For tests that compare the engine with
// other programs.
//   call METHOD REQUEST_JSON          -> Session::call
//   load CHUNK_BYTES FILE_NUMBER PATH -> feeds an open file from disk in chunks of that size, finishing it, twice where it is asked for
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/api.h"

namespace {

bool is_ok(std::string_view answer) { return answer.substr(0, 10) == "{\"ok\":true"; }

std::string feed(kpi::Session& session, int file, const std::vector<char>& bytes, std::size_t chunk) {
  for (std::size_t at = 0; at < bytes.size(); at += chunk) {
    const std::size_t count = std::min(chunk, bytes.size() - at);
    const std::span<std::uint8_t> room = session.reserve(file, count);
    if (room.size() >= count) std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), count, room.begin());
    const std::string answer = session.commit(file, count);
    if (!is_ok(answer)) return answer;
  }
  return session.call("finish", "{\"file\":" + std::to_string(file) + "}");
}

std::string load(kpi::Session& session, std::string_view arguments) {
  const std::size_t first = arguments.find(' ');
  const std::size_t second = arguments.find(' ', first + 1);
  const std::size_t chunk = std::stoul(std::string(arguments.substr(0, first)));
  const int file = std::stoi(std::string(arguments.substr(first + 1, second - first - 1)));
  std::ifstream stream(std::string(arguments.substr(second + 1)), std::ios::binary);
  if (!stream) return "{\"ok\":false,\"error\":{\"code\":\"not_found\",\"args\":{}}}";
  const std::vector<char> bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  std::string answer;
  for (int pass = 0; pass < 3; ++pass) {
    answer = feed(session, file, bytes, chunk);
    if (answer.find("\"again\":true") == std::string::npos) break;
  }
  return answer;
}

}  // namespace

int main() {
  kpi::Session session;
  for (std::string line; std::getline(std::cin, line);) {
    const std::string_view text = line;
    std::string answer = "{\"ok\":false,\"error\":{\"code\":\"command_unknown\",\"args\":{}}}";
    if (text.substr(0, 5) == "load ") {
      answer = load(session, text.substr(5));
    } else if (text.substr(0, 5) == "call ") {
      const std::size_t end = std::min(text.find(' ', 5), text.size());
      answer = session.call(text.substr(5, end - 5), end < text.size() ? text.substr(end + 1) : "{}");
    }
    std::cout << answer << std::endl;
  }
  return 0;
}
