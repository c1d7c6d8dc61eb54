// Plays a recorded session against the native core and prints every answer, for the comparison with WASM byte by byte.
//
// Usage: replay SCRIPT. Each line of SCRIPT is a JSON object, one of
//   {"method":"report","request":"{...}"}                 one call; the request is passed as this exact text
//   {"feed":"path","file":1,"chunk":65536}                the bytes of a file into open file 1, then finish, as often as asked
// Each answer is printed on its own line. tests/boundary/lib/replay.mjs is the twin.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "core/api/api.h"

namespace {

using Json = nlohmann::json;

std::string read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool says(const std::string& answer, std::string_view beginning) { return answer.rfind(beginning, 0) == 0; }

/// The last answer: of the commit that failed, or of finish.
std::string feed(kpi::Session& session, int file, const std::string& bytes, std::size_t chunk) {
  const std::string request = "{\"file\":" + std::to_string(file) + "}";
  for (;;) {
    for (std::size_t at = 0; at < bytes.size(); at += chunk) {
      const std::size_t count = std::min(chunk, bytes.size() - at);
      const auto room = session.reserve(file, count);
      if (room.size() >= count) std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), count, room.begin());
      const std::string committed = session.commit(file, room.size() >= count ? count : 0);
      if (!says(committed, "{\"ok\":true")) return committed;
    }
    const std::string finished = session.call("finish", request);
    if (!says(finished, "{\"ok\":true,\"result\":{\"again\":true")) return finished;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  kpi::Session session;
  std::ifstream script(argv[1]);
  std::string line;
  while (std::getline(script, line)) {
    const Json step = Json::parse(line, nullptr, false);
    if (!step.is_object()) return 2;
    const std::string answer =
        step.contains("feed")
            ? feed(session, step["file"].get<int>(), read_bytes(step["feed"].get<std::string>()), step["chunk"].get<std::size_t>())
            : session.call(step["method"].get<std::string>(), step["request"].get<std::string>());
    std::cout << answer << '\n';
  }
  return 0;
}
