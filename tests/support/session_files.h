// Texts as files of a session, for tests of the whole core.
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

#include "core/api/api.h"

namespace kpi::test {

using Json = nlohmann::json;

/// The answer of a call.
inline Json ask(Session& session, const std::string& method, const Json& request = Json::object()) { return Json::parse(session.call(method, request.dump()), nullptr, false); }

/// Opens and reads a file; the answer of the last step.
inline Json load(Session& session, const std::string& name, const std::string& text) {
  const Json opened = ask(session, "open", {{"name", name}, {"size", text.size()}});
  if (!opened["ok"].get<bool>()) return opened;
  const int file = opened["result"]["file"];
  for (;;) {
    const std::span<std::uint8_t> room = session.reserve(file, text.size());
    if (room.size() >= text.size()) std::memcpy(room.data(), text.data(), text.size());
    session.commit(file, room.size() >= text.size() ? text.size() : 0);
    Json finished = ask(session, "finish", {{"file", file}});
    if (!finished["ok"].get<bool>() || !finished["result"].value("again", false)) return finished;
  }
}

}  // namespace kpi::test
