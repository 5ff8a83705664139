"""Programs of this project, each in a process of its own that does not begin from nothing.

Importing MkDocs, its theme and the parsers takes longer than building a small site, so one process
imports them once, and is forked for each program. A program that is run so sees what it would see
otherwise: its own environment, folder, arguments, standard streams and exit status; nothing of it
is left when it ends. What only the start of an interpreter sees is run by an interpreter: `run`
says which that is.
"""

from __future__ import annotations

import atexit
import json
import os
import runpy
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import traceback
from array import array
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import IO

REPOSITORY = Path(__file__).resolve().parent.parent
_SIZE = struct.Struct(">I")
# What the interpreter reads when it starts, and nobody later.
_AT_START = ("PYTHON", "LC_", "LANG", "TZ", "LD_")
# These say nothing that the server was not told.
_KNOWN = {"PYTHONPATH": f"{REPOSITORY / 'hooks'}{os.pathsep}{REPOSITORY / 'tools'}"}
_KNOWN |= {"PYTHONDONTWRITEBYTECODE": "1", "NO_MKDOCS_2_WARNING": "1"}


def _differs(env: dict[str, str]) -> bool:
    """Whether an interpreter would start otherwise than the server did."""

    def read(given: dict[str, str]) -> dict[str, str]:
        return {
            name: value
            for name, value in given.items()
            if name.startswith(_AT_START) and _KNOWN.get(name) != value
        }

    return read(env) != read(_running[0].started_with if _running else dict(os.environ))


class _Server:
    """The process that is forked."""

    def __init__(self) -> None:
        self.started_with = dict(os.environ)
        self._socket, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env={**os.environ, **_KNOWN},
        )
        theirs.close()
        atexit.register(self.end)

    def end(self) -> None:
        self._socket.close()
        self._process.wait()

    def run(
        self, words: list[str], env: dict[str, str], seconds: int, streams: list[IO[bytes]]
    ) -> int:
        said = json.dumps([words, env, seconds]).encode()
        files = array("i", [stream.fileno() for stream in streams])
        self._socket.sendmsg(
            [_SIZE.pack(len(said))], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)]
        )
        self._socket.sendall(said)
        answer = self._socket.recv(_SIZE.size, socket.MSG_WAITALL)
        status: int = _SIZE.unpack(answer)[0]
        return status - 256


_running: list[_Server] = []


def run(
    words: list[str],
    env: dict[str, str],
    *,
    stdin: bytes = b"",
    seconds: int = 600,
    fresh: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    """What `python WORDS…` prints, and its exit status; WORDS is a program, or `-m` and a module.

    It runs in the folder of the repository, for at most so many seconds, with `env` as the whole
    environment. An interpreter of its own runs it where `fresh` asks for one (its sets are in
    another order, and it has imported nothing), where `env` says anything that is read only at
    the start (PYTHONPATH, LC_ALL), and where nothing can be forked.
    """
    can_fork = hasattr(os, "fork") and hasattr(socket, "SCM_RIGHTS")
    if fresh or not can_fork or _differs(env):
        return subprocess.run(
            [sys.executable, *words],
            env=env,
            cwd=REPOSITORY,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=seconds,
        )
    if not _running:
        _running.append(_Server())
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(stdin)
        given.seek(0)
        status = _running[0].run(words, env, seconds, [given, out, err])
        for file in (out, err):
            file.seek(0)
        return subprocess.CompletedProcess(words, status, out.read(), err.read())


# -- the server ----------------------------------------------------------------------------------


def _import_all() -> None:
    import docskit
    import mkdocs_bridge

    for package in (docskit, mkdocs_bridge):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    for name in ("mkdocs.__main__", "mkdocs.theme", "material", "mkdocs_static_i18n.plugin"):
        import_module(name)
    for name in ("mkdocs_awesome_nav.plugin", "pygments.lexers", "pygments.formatters", "command"):
        import_module(name)
    # It is run as a program, which is none that somebody has imported.
    del sys.modules["mkdocs.__main__"]


def _be(words: list[str], env: dict[str, str], files: array[int]) -> int:
    """Be the program."""
    for number, file in enumerate(files):
        os.dup2(file, number)
    os.closerange(3, 256)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        stream = open(number, "r" if number == 0 else "w", closefd=False, encoding="utf-8")  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    os.environ.clear()
    os.environ.update(env)
    status: object = 0
    try:
        if words[0] == "-m":
            sys.argv = words[1:]
            runpy.run_module(words[1], run_name="__main__", alter_sys=True)
        else:
            sys.argv = words
            sys.path.insert(0, str(Path(words[0]).parent))
            runpy.run_path(words[0], run_name="__main__")
    except SystemExit as stopped:
        status = stopped.code
        if isinstance(status, str):
            print(status, file=sys.stderr)
            status = 1
    except BaseException:
        traceback.print_exc()
        status = 1
    for end in (sys.stdout, sys.stderr):
        end.flush()
    return int(status or 0)  # type: ignore[call-overload,no-any-return]


def _serve(number: int) -> None:
    # What a program imports is not found among the tests.
    sys.path.remove(str(REPOSITORY / "tests"))
    os.chdir(REPOSITORY)
    _import_all()
    with socket.socket(fileno=number) as asked:
        while True:
            files = array("i")
            said, given, _, _ = asked.recvmsg(_SIZE.size, socket.CMSG_SPACE(3 * files.itemsize))
            if not said:
                return
            files.frombytes(given[0][2])
            (size,) = _SIZE.unpack(said)
            words, env, seconds = json.loads(asked.recv(size, socket.MSG_WAITALL))
            child = os.fork()
            if child == 0:
                status = 1
                try:
                    signal.signal(signal.SIGINT, signal.default_int_handler)
                    signal.alarm(seconds)
                    status = _be(words, env, files)
                finally:
                    os._exit(status)
            for file in files:
                os.close(file)
            _, code = os.waitpid(child, 0)
            asked.sendall(_SIZE.pack(256 + os.waitstatus_to_exitcode(code)))


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
