"""Talks to the engine through tests/tools/session_lines: commands in, JSON lines out."""
import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def find_tool():
    """KPI_SESSION_LINES, else the release build, else the newest in build/*."""
    given = os.environ.get("KPI_SESSION_LINES")
    found = [pathlib.Path(given)] if given else sorted(ROOT.glob("build/*/**/session_lines"), key=lambda p: ("release" in p.parts, p.stat().st_mtime), reverse=True)
    for path in found:
        if path.is_file() and os.access(path, os.X_OK):
            return str(path)
    raise RuntimeError("session_lines is not built: scripts/build native")


class Refused(Exception):
    """The engine answered {"ok": false}: args are its code and arguments."""


class Engine:
    def __init__(self, tool=None):
        self.process = subprocess.Popen([tool or find_tool()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def _ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the engine ended at: {line[:300]}")
        answer = json.loads(answer)
        if not answer["ok"]:
            raise Refused(answer["error"]["code"], answer["error"].get("args"))
        return answer["result"]

    def call(self, method, request=None):
        return self._ask(f"call {method} {json.dumps(request or {}, ensure_ascii=False)}")

    def load(self, path, name=None, options=None, chunk=1 << 20):
        """-> card"""
        path = pathlib.Path(path)
        request = {"name": name or path.name, "size": path.stat().st_size}
        if options:
            request["options"] = options
        file = self.call("open", request)["file"]
        return self._ask(f"load {chunk} {file} {path}")["card"]

    def reread(self, file, path, options, chunk=1 << 20):
        """-> card"""
        self.call("reread", {"file": file, "options": options})
        return self._ask(f"load {chunk} {file} {path}")["card"]

    def report(self, **request):
        return self.call("report", request)

    def close(self):
        self.process.stdin.close()
        self.process.wait()
