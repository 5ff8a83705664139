from docskit.messages.progress_line import Progress


def run(terminal: bool, pages: int, seconds_a_page: float) -> str:
    written: list[str] = []
    now = [0.0]
    progress = Progress("zh", pages, terminal, written.append, lambda: now[0])
    for step in ("转换", "写出"):
        for _ in range(pages):
            now[0] += seconds_a_page
            progress.advance(step)
    progress.finish()
    return "".join(written)


def test_a_short_build_is_silent() -> None:
    assert run(terminal=True, pages=10, seconds_a_page=0.01) == ""
    assert run(terminal=False, pages=10, seconds_a_page=0.01) == ""


def test_a_terminal_shows_one_line_and_is_left_clean() -> None:
    out = run(terminal=True, pages=20, seconds_a_page=0.5)
    assert "\n" not in out
    assert "[zh] 转换 20/20" in out and "[zh] 写出 7/20" in out
    assert out.endswith("\r\x1b[K")


def test_a_log_gets_a_plain_line_for_every_tenth() -> None:
    lines = run(terminal=False, pages=1000, seconds_a_page=0.1).splitlines()
    assert lines[-1] == "[zh] 写出 1000/1000"
    assert 15 <= len(lines) <= 20
    assert not any("\x1b" in line for line in lines)
