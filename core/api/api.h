// The only facade of the core: JSON in, JSON out, bytes in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace kpi {

/// One user's session: the loaded files and what was decided about them.
class Session {
 public:
  Session();
  ~Session();
  /// Answers `{"ok":true,"result":...}` or `{"ok":false,"error":{"code":...,"args":{...}}}`; never throws, never traps on input.
  std::string call(std::string_view method, std::string_view request_json);
  /// Room for `count` bytes of open file `file`; empty when the file is unknown or memory is out (call commit for the reason).
  std::span<std::uint8_t> reserve(int file, std::size_t count);
  /// Takes `count` bytes written into the last reservation. Answers like call.
  std::string commit(int file, std::size_t count);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// {"version","contract","catalog"} of this build.
std::string version_json();

}  // namespace kpi
