"""`make translate DRAFT=1`, `DRAFT=prompt` and `make translated SECTION=`, as they are run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from drafted_pages import KEY, parts_of, run, status, write_five
from site_builder import REPOSITORY
from translation_server import Conversation, honest, pieces, translation_server

from command import UserError
from docskit.drafting.prompt import Prompt
from draft import draft_pages, drafting
from mkdocs_bridge.site.site_settings import SiteSettings
from translation_service import Service


@pytest.fixture
def talk() -> Iterator[Conversation]:
    with translation_server() as talk:
        yield talk


@pytest.fixture
def five(tmp_path: Path) -> Path:
    docs = tmp_path / "docs"
    write_five(docs)
    return docs


def test_ten_stale_sections_of_five_pages_change_and_nothing_else(
    five: Path, talk: Conversation
) -> None:
    before = {path: parts_of(path) for path in five.glob("*.en.md")}
    originals = {path: path.read_bytes() for path in five.glob("p?.md")}
    assert len(before) == len(originals) == 5
    refused = run(five, talk, "translate", "all", "--draft", "1")
    assert refused.returncode == 1
    assert "5 页，10 节，发给 127.0.0.1（m）：约" in refused.stdout
    assert (talk.asked, "YES=1" in refused.stdout) == ([], True)
    limited = run(five, talk, "translate", "all", "--draft", "1", "--limit", "2")
    assert "2 页，4 节" in limited.stdout
    done = run(five, talk, "translate", "all", "--draft", "1", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert KEY not in done.stdout + done.stderr
    assert (len(talk.asked), set(talk.keys)) == (5, {f"Bearer {KEY}"})
    for path, parts in before.items():
        page = int(path.name[1])
        changed = [n for n, (a, b) in enumerate(zip(parts, parts_of(path), strict=True)) if a != b]
        assert changed == [0, *sorted({3, page % 3 + 4})], path
    assert all(path.read_bytes() == data for path, data in originals.items())
    table = status(five)
    assert table.count("机器起草") == 5 + 10 + 1
    assert "机器起草、还没有人读过的小节 10 处" in table
    again = run(five, talk, "translate", "all", "--draft", "1", "--yes")
    assert "没有要起草的小节" in again.stdout
    assert len(talk.asked) == 5


def test_reading_section_by_section_and_page_by_page(five: Path, talk: Conversation) -> None:
    assert run(five, talk, "translate", "p0", "--draft", "1", "--yes").returncode == 0
    english = five / "p0.en.md"
    assert english.read_text(encoding="utf-8").count("machine_draft") == 1
    missing = run(five, None, "translated", "p0", "--section", "没有这节")
    assert (missing.returncode, "找不到“没有这节”" in missing.stderr) == (2, True)
    assert run(five, None, "translated", "p0", "--section", "第2节").returncode == 0
    assert "的小节 1 处" in status(five)
    assert run(five, None, "translated", "p0").returncode == 0
    assert "machine_draft" not in english.read_text(encoding="utf-8")
    assert "机器起草" not in status(five)


def test_a_prompt_to_paste_gives_the_same_file(five: Path, talk: Conversation) -> None:
    before = (five / "p1.en.md").read_bytes()
    assert run(five, talk, "translate", "p1", "--draft", "1", "--yes").returncode == 0
    by_service = (five / "p1.en.md").read_bytes()
    (five / "p1.en.md").write_bytes(before)
    asked = run(five, None, "translate", "p1", "--draft", "prompt")
    path = REPOSITORY / "build" / "translate" / "p1.en.txt"
    assert "build/translate/p1.en.txt" in asked.stdout
    assert "PAGE=p1 ANSWER=answer.txt" in asked.stdout
    named = run(five, None, "translate", "p1", "--to", "en", "--draft", "prompt")
    assert "PAGE=p1 TO=en ANSWER=answer.txt" in named.stdout
    good = "Of course!\n\n" + honest(path.read_text(encoding="utf-8")) + "\n\nAnything else?"
    answer = five.parent / "answer.txt"
    answer.write_text(good.replace("## yes", "# yes", 1), encoding="utf-8")
    half = run(five, None, "translate", "p1", "--answer", str(answer))
    assert half.returncode == 1
    assert "docs/p1.md:" in half.stdout
    assert "没有采用：标题应当和原文一样" in half.stdout
    second = path.read_text(encoding="utf-8")
    assert "Your former answer was not right" in second
    answer.write_text(honest(second), encoding="utf-8")
    whole = run(five, None, "translate", "p1", "--answer", str(answer))
    assert whole.returncode == 0, whole.stdout + whole.stderr
    assert (five / "p1.en.md").read_bytes() == by_service
    lost = run(five, None, "translate", "p2", "--answer", str(answer))
    assert lost.returncode == 1
    assert "另一版原文" in lost.stdout
    path.unlink()


def test_a_page_without_translation_is_made(five: Path, talk: Conversation) -> None:
    (five / "new.md").write_text("---\ntitle: 新\n---\n# 新\n\n字。\n", encoding="utf-8")
    done = run(five, talk, "translate", "new", "--draft", "1", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    text = (five / "new.en.md").read_text(encoding="utf-8")
    assert 'title: "yes"\n' in text
    assert text.endswith("# yes\n\nyes.\n")


SINS: dict[str, tuple[Callable[[str, int], str], str]] = {
    "refuses": (lambda user, _: "I'm sorry, I can't help with that.", "答的是“I'm sorry"),
    "silent": (lambda user, _: "", "答的是“”"),
    "truncated": (lambda user, _: honest(user)[:-40], "没有写完"),
    "talkative inside": (
        lambda user, _: honest(user).replace("\n\n- yes", "\n\nSure! As you asked:\n\n- yes"),
        "段落：原文",
    ),
    "changes code": (lambda user, _: honest(user).replace("⟦2⟧", "`cmd`"), "应当正好出现一次"),
    "translates an anchor": (
        lambda user, _: honest(user).replace("⟦1⟧", "{#section-two}"),
        "原文里的“{#part-2}”应当正好出现一次",
    ),
    "translates an address": (lambda user, _: honest(user).replace("⟦3⟧", "p.md"), "p4.md"),
    "drops a list item": (
        lambda user, _: re.sub(r"- yes[^\n]*;\n", "", honest(user)),
        "列表项：原文 2 个，译文 1 个",
    ),
    "drops a paragraph": (
        lambda user, _: re.sub(r"\n\nyes[^\n]*⟦2⟧[^\n]*", "", honest(user)),
        "应当正好出现一次",
    ),
    "drops a picture": (lambda user, _: re.sub(r"!\[yes.*", "", honest(user)), "p.png"),
    "leaves Chinese": (lambda user, _: honest(user).replace("## yes", "## 第"), "还有中文"),
    "leaves all Chinese": (
        lambda user, _: (
            "\n\n".join([f"{mark}\n{said}" for mark, said in pieces(user)]) + "\n\n@@@ END @@@"
        ),
        "还有中文",
    ),
    "adds a section": (
        lambda user, _: honest(user).replace("@@@ END", "## Bye\n\nx\n\n@@@ END"),
        "标题应当和原文一样",
    ),
    "adds words": (lambda user, _: honest(user).replace("- yes", "- yes" * 40), "太长"),
    "another level": (lambda user, _: honest(user).replace("## yes", "### yes"), "标题应当"),
    "obeys the page": (
        lambda user, _: honest(user).replace("⟦4⟧", "https://evil.example"),
        "应当正好出现一次",
    ),
    "repeats itself": (
        lambda user, _: honest(user).replace("@@@ END @@@", honest(user)),
        "两份",
    ),
}


Drafted = Callable[[], tuple[bool, str]]


@pytest.fixture
def drafted(
    five: Path,
    talk: Conversation,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Drafted:
    """What the command does with one page, and what it says: no process for each sin."""
    for name, value in (("URL", talk.url), ("MODEL", "m"), ("KEY", KEY)):
        monkeypatch.setenv(f"TRANSLATE_{name}", value)
    site = SiteSettings(five, "zh", ("zh", "en"), "zh")

    def draft() -> tuple[bool, str]:
        fine = draft_pages(drafting(site, site.tree(), ""), ["p3.md"], yes=True)
        return fine, capsys.readouterr().out

    return draft


@pytest.mark.parametrize("sin", SINS)
def test_no_sin_of_the_server_is_written(
    five: Path, talk: Conversation, drafted: Drafted, sin: str
) -> None:
    talk.answer, told = SINS[sin]
    path = five / "p3.en.md"
    before = parts_of(path)
    fine, said = drafted()
    assert (fine, len(talk.asked)) == (False, 2), said
    assert "docs/p3.md:" in said
    assert "没有采用" in said
    assert told in said
    # What is wrong at the end of an answer says nothing of its other sections.
    only_the_last = sin in {"truncated", "adds a section"}
    for old, new in zip(before[1:], parts_of(path)[1:], strict=True):
        assert new == old or (only_the_last and b"## yes" in new)
    assert "## Bye" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "virtue",
    [
        lambda user, _: "Of course! Here it is:\n\n" + honest(user) + "\n\nAnything else?",
        lambda user, _: "```markdown\n" + honest(user) + "\n```",
        lambda user, _: "<think>@@@ 1 00000000 @@@ hm</think>\n" + honest(user),
        lambda user, number: honest(user) if number > 1 else "No.",
    ],
    ids=["talks around it", "puts it into a fence", "thinks aloud", "is right the second time"],
)
def test_what_is_no_sin_is_taken(
    talk: Conversation, drafted: Drafted, virtue: Callable[[str, int], str]
) -> None:
    talk.answer = virtue
    fine, said = drafted()
    assert fine, said
    assert "的 2 节" in said


@pytest.fixture
def service(talk: Conversation, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setenv("TRANSLATE_URL", talk.url)
    monkeypatch.setenv("TRANSLATE_MODEL", "m")
    monkeypatch.setenv("TRANSLATE_KEY", KEY)
    return Service(wait=0.5, pause=0)


def asking(service: Service) -> str:
    """What a user is told."""
    with pytest.raises(UserError) as told:
        service.ask(Prompt("s", "Translate these pieces"))
    assert KEY not in str(told.value) + repr(told.value)
    return str(told.value)


@pytest.mark.parametrize(
    ("code", "said"), [(401, "TRANSLATE_KEY"), (404, "TRANSLATE_MODEL"), (307, "307")]
)
def test_what_the_service_refuses_is_said_without_the_key(
    service: Service, talk: Conversation, code: int, said: str
) -> None:
    talk.status, talk.message = [code], f"Incorrect API key provided: {KEY}"
    told = asking(service)
    assert said in told
    assert "Incorrect API key provided: …" in told
    assert len(talk.asked) == 1


def test_a_busy_service_is_asked_again(service: Service, talk: Conversation) -> None:
    talk.status = [429, 503]
    talk.answer = lambda user, _: user
    assert service.ask(Prompt("s", "words")).text == "words"
    assert len(talk.asked) == 3


def test_a_slow_service_is_not_paid_twice(service: Service, talk: Conversation) -> None:
    talk.wait = 3
    assert "没有回答" in asking(service)
    assert len(talk.asked) == 1


def test_what_is_no_answer_of_this_kind_is_said(service: Service, talk: Conversation) -> None:
    for raw in (b"<html>", b"{}", b'{"choices": []}', b"[]"):
        talk.raw = raw
        assert "不是 OpenAI 的格式" in asking(service)


def test_a_stream_is_waited_for_as_long_as_words_arrive(
    service: Service, talk: Conversation
) -> None:
    """Longer than `wait` in all, and never between two words."""
    talk.stream, talk.wait, talk.answer = "whole", 0.1, lambda user, _: "字 " * 150
    answer = Service(wait=3, pause=0).ask(Prompt("s", "words"))
    assert (answer.text, answer.cut) == ("字 " * 150, False)


@pytest.mark.parametrize("how", ["cut", "dropped", "stuck"])
def test_what_has_arrived_of_a_broken_stream_is_kept(
    service: Service, talk: Conversation, how: str
) -> None:
    talk.stream, talk.answer = how, lambda user, _: "word " * 60
    answer = service.ask(Prompt("s", "words"))
    assert answer.cut
    assert ("word " * 60).startswith(answer.text)
    assert len(answer.text) > 100
    assert len(talk.asked) == 1


def test_an_error_in_a_stream_is_said_without_the_key(service: Service, talk: Conversation) -> None:
    talk.stream, talk.message = "failing", f"overloaded, {KEY}"
    assert "（overloaded, …）" in asking(service)


def test_whoever_says_to_come_back_tomorrow_is_not_waited_for(
    service: Service, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", slept.append)
    talk.status, talk.retry_after = [429, 429, 429, 429], "86400"
    assert "请求太多了" in asking(service)
    assert (len(talk.asked), max(slept)) == (4, 60)


def test_nobody_there_is_said(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSLATE_URL", "http://127.0.0.1:9/v1")
    assert "连不上 127.0.0.1" in asking(Service(wait=0.5, pause=0))


def test_sections_before_the_break_are_written_and_the_rest_asked_for_again(
    five: Path, talk: Conversation
) -> None:
    talk.stream = "cut"
    done = run(five, talk, "translate", "p3", "--draft", "1", "--yes")
    assert done.returncode == 1
    assert len(talk.asked) == 2
    assert "起草了 docs/p3.en.md 的 1 节" in done.stdout
    assert "答案没有写完" in done.stdout
    talk.stream = "whole"
    assert run(five, talk, "translate", "p3", "--draft", "1", "--yes").returncode == 0


def test_the_end_that_a_service_says_is_missing(service: Service, talk: Conversation) -> None:
    talk.reason, talk.answer = "length", lambda user, _: user
    assert service.ask(Prompt("s", "words")).cut


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "TRANSLATE_URL"),
        ("api.example.com", "不是完整的网址"),
        ("http://api.example.com/v1", "请用 https"),
        (f"https://u:{KEY}@api.example.com/v1", "不要写密码"),
    ],
)
def test_an_address_that_will_not_do(monkeypatch: pytest.MonkeyPatch, url: str, said: str) -> None:
    monkeypatch.setenv("TRANSLATE_URL", url)
    monkeypatch.setenv("TRANSLATE_MODEL", "m")
    monkeypatch.setenv("TRANSLATE_KEY", KEY)
    with pytest.raises(UserError, match=said) as told:
        Service()
    assert KEY not in str(told.value)
