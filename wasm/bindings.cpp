// The whole boundary: four plain functions over one session. Control is JSON text, bulk data is bytes written in place.
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include "core/api/api.h"

namespace {

kpi::Session& session() {
  static kpi::Session instance;
  return instance;
}

std::string call(const std::string& method, const std::string& request) { return session().call(method, request); }

/// A view of the room for `count` bytes of `file`, valid until the next call; empty when there is none (commit says why).
emscripten::val reserve(int file, int count) {
  const std::span<std::uint8_t> room = session().reserve(file, count < 0 ? 0 : static_cast<std::size_t>(count));
  return emscripten::val(emscripten::typed_memory_view(room.size(), room.data()));
}

std::string commit(int file, int count) { return session().commit(file, count < 0 ? 0 : static_cast<std::size_t>(count)); }

}  // namespace

EMSCRIPTEN_BINDINGS(kpi) {
  emscripten::function("version", &kpi::version_json);
  emscripten::function("call", &call);
  emscripten::function("reserve", &reserve);
  emscripten::function("commit", &commit);
}
