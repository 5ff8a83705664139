"""The same function over many items in forked processes, which see all that this one sees."""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import selectors
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

# linux/prctl.h
_PR_SET_PDEATHSIG = 1
_HEADER = struct.Struct(">II")


def worker_count() -> int:
    """How many processes pay here: 1 where forking is unsafe or there is one core.

    The environment variable BUILD_WORKERS overrides the number of cores.
    """
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    wanted = os.environ.get("BUILD_WORKERS", "")
    if wanted.isdigit() and int(wanted):
        return int(wanted)
    # macOS has fork, but its own libraries do not survive it.
    if not sys.platform.startswith("linux"):
        return 1
    return min(len(os.sched_getaffinity(0)), 8)


def _die_with(parent: int) -> None:
    """Let the system end this process when its parent is gone, even by SIGKILL."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # It may have gone before.
    if os.getppid() != parent:
        os._exit(1)


def _run_share(pipe: int, first: int, items: int, step: int, work: Callable[[int], bytes]) -> None:
    with open(pipe, "wb", buffering=1 << 16) as out:
        for number in range(first, items, step):
            try:
                data = work(number)
            except Exception:  # noqa: S112
                # The parent does it again and meets the error where it can be told.
                continue
            out.write(_HEADER.pack(number, len(data)))
            out.write(data)


def forked(items: int, work: Callable[[int], bytes], workers: int) -> Iterator[tuple[int, bytes]]:
    """`(number, work(number))` for numbers below `items`, in no order.

    A number whose work raised, or whose process died, is missing.
    """
    pipes: dict[int, bytearray] = {}
    children: list[int] = []
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    with selectors.DefaultSelector() as selector:
        for worker in range(workers):
            reading, writing = os.pipe()
            child = os.fork()
            if child == 0:
                status = 1
                try:
                    _die_with(parent)
                    os.close(reading)
                    for other in pipes:
                        os.close(other)
                    logging.getLogger().handlers = []
                    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115
                    # What is there stays: looking through it for garbage would copy it.
                    gc.freeze()
                    _run_share(writing, worker, items, workers, work)
                    status = 0
                finally:
                    os._exit(status)
            os.close(writing)
            children.append(child)
            pipes[reading] = bytearray()
            selector.register(reading, selectors.EVENT_READ)
        try:
            while selector.get_map():
                for key, _ in selector.select():
                    pipe = key.fd
                    data = os.read(pipe, 1 << 20)
                    if not data:
                        selector.unregister(pipe)
                        os.close(pipe)
                        continue
                    buffer = pipes[pipe]
                    buffer += data
                    start = 0
                    while len(buffer) - start >= _HEADER.size:
                        number, length = _HEADER.unpack_from(buffer, start)
                        if len(buffer) - start - _HEADER.size < length:
                            break
                        start += _HEADER.size
                        yield number, bytes(buffer[start : start + length])
                        start += length
                    del buffer[:start]
        finally:
            for key in list(selector.get_map().values()):
                os.close(key.fd)
            for child in children:
                os.waitpid(child, 0)
