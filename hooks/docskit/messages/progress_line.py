"""Say how far a long build has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Progress:
    """Counts pages through the steps of one language and writes it down now and then.

    On a terminal one line is rewritten; elsewhere (a log) a plain line is written for
    every tenth part. `write` takes text, `clock` gives seconds. Nothing is said
    in the first `patience` seconds: a short build needs no comment.
    """

    language: str
    total: int
    terminal: bool
    write: Callable[[str], object]
    clock: Callable[[], float]
    patience: float = 2.0
    started: float = 0.0
    shown: float = 0.0
    tenth: int = 0
    step: str = ""
    done: int = 0

    def __post_init__(self) -> None:
        self.started = self.shown = self.clock()

    def advance(self, step: str) -> None:
        """One more page is through `step`, which is a short Chinese word."""
        if step != self.step:
            self.step, self.done, self.tenth = step, 0, 0
        self.done += 1
        now = self.clock()
        if now - self.started < self.patience:
            return
        text = f"[{self.language}] {step} {self.done}/{self.total}"
        tenth = self.done * 10 // max(self.total, 1)
        if self.terminal and (now - self.shown > 0.1 or self.done == self.total):
            self.shown = now
            self.write(f"\r\x1b[K{text}")
        elif not self.terminal and tenth > self.tenth:
            self.write(f"{text}\n")
        self.tenth = tenth

    def finish(self) -> None:
        """Clear the line, so that the log that follows starts on a clean one."""
        if self.terminal and self.shown > self.started:
            self.write("\r\x1b[K")
