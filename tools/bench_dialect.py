"""What a page's conversion costs, beside Python-Markdown with the same extensions.

    python tools/bench_dialect.py [FOLDER]

Pages are those of FOLDER (this site's own without one). Processor time, the same run; the
pages are converted in turn by both, three times, and the best of each counts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from fidelity import own_html, pages, stock_html


def seconds(convert: Callable[[str], str], texts: list[str]) -> float:
    started = time.process_time()
    for text in texts:
        convert(text)
    return time.process_time() - started


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs")
    texts = [text for _, text in pages(folder)]
    if not texts:
        print(f"{folder}: 没有 Markdown 文件", file=sys.stderr)
        return 2
    runs = [(seconds(stock_html, texts), seconds(own_html, texts)) for _ in range(3)]
    stock, own = (min(run[index] for run in runs) for index in (0, 1))
    size = sum(len(text.encode()) for text in texts) / 9216
    print(
        f"{len(texts)} 页，每 9 KB：原版 {stock / size * 1000:.1f} ms，"
        f"本项目 {own / size * 1000:.1f} ms，{own / stock:.2f} 倍"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
