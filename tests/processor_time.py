"""How work grows with its input, told by the processor's time and not by the clock."""

import time
import timeit
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """Seconds of the processor for `work`, the least of three times.

    timeit does without garbage collection, which would go through all that earlier tests left.
    """
    return min(timeit.repeat(work, timer=time.process_time, number=1, repeat=3))
