# Shared by the scripts beside it: folders, messages, one-line verdicts. Sourced, not run.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
log_dir=$root/build/log
node=$root/scripts/node
jobs=${KPI_JOBS:-2}
export NO_UPDATE_NOTIFIER=1
# Debian's emcc finds its JavaScript parser through this when another Node than Debian's runs.
export NODE_PATH=${NODE_PATH:-/usr/share/nodejs}
if command -v ccache >/dev/null; then export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER:-ccache}; fi
mkdir -p "$log_dir"

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# quietly LOG COMMAND...: runs the command with its output in build/log/LOG.txt and shows the end of it on failure.
quietly() {
  local log=$log_dir/$1.txt
  shift
  if "$@" >"$log" 2>&1 </dev/null; then return 0; fi
  tail -n 60 "$log" | cut -c 1-400 >&2
  say "failed: $* (all of it in ${log#"$root"/})" >&2
  return 1
}

# configure_and_build PRESET [TARGET...]
configure_and_build() {
  local preset=$1
  shift
  if [[ ! -f build/$preset/build.ninja ]]; then quietly "configure-$preset" cmake --preset "$preset" || return 1; fi
  quietly "build-$preset" cmake --build "build/$preset" --parallel "$jobs" ${1:+--target "$@"}
}
