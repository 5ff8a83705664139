"""A page twice as long takes twice as long, whatever is on it: no sign begins a search without end.

What a build does with one page's text, whole: Markdown with all extensions, the balance of its
tags and what is said about them, the proof that nothing is lost, the sections for search.
Growth is told by the processor's time of two lengths, so that no machine is too slow for it.
"""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest
from long_tokens import LongPage, drawn, known

from docskit.checking import html_problems, lost, read
from docskit.html import Html, balance
from docskit.search import sections
from fidelity import own_html

ROUNDS = int(os.environ.get("FUZZ", "0"))
MANY = ROUNDS >= 1000
LONG = 100_000 if MANY else 16_000
# Other random ones in each `make fuzz`, which says which; always the same in `make test`, which
# has of the known ones those that grew with their square.
SEED = int(os.environ.get("SEED", time.time_ns() % 1_000_000)) if MANY else 17
PAGES = [*known(), *drawn(SEED, 300)] if MANY else [*known()[:14], *drawn(SEED, 10)]
TIMES = 4
LIMIT = 20.0 if MANY else 8.0


class TooLongError(BaseException):
    pass


@pytest.fixture
def _alarm() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


def converted(text: str) -> None:
    html = own_html(text)
    balanced, repairs = balance(html)
    html_problems(html, repairs, "a.md", text)
    lost(read(text), Html(balanced))
    sections(balanced)


def seconds(work: Callable[[str], object], text: str) -> float:
    """Of the processor; `LIMIT` where it takes longer."""
    gc.collect()
    gc.disable()
    started = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        work(text)
    except TooLongError:
        return LIMIT
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        gc.enable()
    return time.process_time() - started


def grows_too_fast(work: Callable[[str], object], page: LongPage, long: int) -> str:
    """What is to be said where four times the page takes more than seven times as long."""
    short = again = LIMIT
    # The machine has other things to do: the least of each is believed.
    for _ in "123":
        again = min(again, seconds(work, page.text(long)))
        if again < 0.15:
            return ""
        short = min(short, seconds(work, page.text(long // TIMES)))
        if again < LIMIT and again <= 7 * short:
            return ""
    return f"{page}: {long // TIMES} B {short:.2f} s, {long} B {again:.2f} s"


@pytest.mark.usefixtures("_alarm")
def test_a_page_four_times_as_long_takes_about_four_times_as_long() -> None:
    converted("a")
    slow = [said for page in PAGES if (said := grows_too_fast(converted, page, LONG))]
    assert slow == [], f"SEED={SEED}"


@pytest.mark.usefixtures("_alarm")
def test_growth_with_the_square_is_noticed() -> None:
    def square(text: str) -> None:
        for position in range(len(text)):
            text.count("b", position)

    assert "B" in grows_too_fast(square, LongPage("a"), 48_000)
    assert not grows_too_fast(lambda text: sum(map(ord, text * 60)), LongPage("a"), 48_000)


def test_pages_are_as_long_as_they_are_said_to_be() -> None:
    assert len(known()) > 70
    assert [page.text(9) for page in (LongPage("字"), LongPage("ab", "- ", "!"))] == [
        "字字字",
        "- ababababa!",
    ]
    assert list(drawn(5, 9)) == list(drawn(5, 9)) != list(drawn(6, 9))
