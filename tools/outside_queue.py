"""Many addresses of other hosts in turn: few at once, two of a host, and how far it has come."""

from __future__ import annotations

import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")
_PER_HOST = 2
_AT_ONCE = 8
PATIENCE = 2
"""After so many addresses in a row without an answer, a host is left alone."""


class _Progress:
    def __init__(self, total: int, what: str) -> None:
        self._total, self._done, self._said = total, 0, time.monotonic()
        self._what = what
        self._lock = threading.Lock()
        self._terminal = sys.stderr.isatty()

    def step(self) -> None:
        with self._lock:
            self._done += 1
            now = time.monotonic()
            last = self._done == self._total
            if self._terminal:
                sys.stderr.write(f"\r{self._what}：{self._done}/{self._total}" + "\n" * last)
                sys.stderr.flush()
            elif now - self._said > 10 or last:
                self._said = now
                sys.stderr.write(f"{self._what}：{self._done}/{self._total}\n")


def each_of_its_host(
    addresses: Iterable[str], result_for: Callable[[str, str], T], what: str
) -> dict[str, T]:
    """`result_for(host, address)` of each address once, from several threads.

    `what` names on the terminal what is being done.
    """
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in dict.fromkeys(addresses):
        by_host[urlsplit(address).netloc].append(address)
    results: dict[str, T] = {}
    progress = _Progress(sum(map(len, by_host.values())), what)
    lock = threading.Lock()

    def drain(host: str, waiting: list[str]) -> None:
        while True:
            with lock:
                if not waiting:
                    return
                address = waiting.pop()
            results[address] = result_for(host, address)
            progress.step()

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        jobs = []
        # The longest queue first, each in the pages' own order.
        for host, waiting in sorted(by_host.items(), key=lambda item: -len(item[1])):
            waiting.reverse()
            jobs += [pool.submit(drain, host, waiting) for _ in range(min(_PER_HOST, len(waiting)))]
        try:
            wait(jobs, return_when=FIRST_EXCEPTION)
        except BaseException:
            # Somebody has stopped it: what has not begun is not begun any more.
            with lock:
                for waiting in by_host.values():
                    waiting.clear()
            raise
        for job in jobs:
            job.result()
    return results
