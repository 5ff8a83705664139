import subprocess
from pathlib import Path

import pytest
from site_builder import Built, build_site

FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n",
    "a.md": "# 甲\n\n正文。\n",
    "new.md": "# 还没有提交\n",
}


def history(folder: Path) -> None:
    docs = folder / "docs"
    docs.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    for name, text, message in (
        ("小明 <b>", "# 甲\n", "x"),
        ("小红", "# 甲\n\n正文。\n", "x\n\nCo-authored-by: 小刚 <g@example.org>"),
    ):
        (docs / "a.md").write_text(text, encoding="utf-8")
        subprocess.run(["git", "-C", str(folder), "add", "docs/a.md"], check=True)
        who = ["-c", f"user.name={name}", "-c", "user.email=a@example.org"]
        command = ["git", "-C", str(folder), *who, "commit", "-qm", message]
        subprocess.run(command, check=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("contributors")
    history(folder)
    return build_site(folder, FILES)


def test_a_page_names_those_who_have_worked_on_it(built: Built) -> None:
    assert built.status == 0, built.log
    for url in ("a/", "en/a/"):
        article = built.article(url)
        assert "小明 b" in article or "小明 &lt;b&gt;" in article
        assert "小红" in article and "小刚" in article
    assert 'class="contributors"' not in built.article("new/")


def test_a_page_thanks_everybody(built: Built) -> None:
    assert built.article("contributors/").count("<li>") == 3
    assert "Thank you" in built.article("en/contributors/")
    assert {"../contributors/"} <= {tag.get("href") for tag in built.tags("a/", "a")}


def test_mailmap_gives_authors_and_co_authors_one_name_at_any_time(tmp_path: Path) -> None:
    history(tmp_path)
    assert "小刚" in build_site(tmp_path, {}).article("a/")
    # The second build knows the history already.
    lines = "王刚 <g@example.org>\n小红 <a@example.org>\n"
    (tmp_path / ".mailmap").write_text(lines, encoding="utf-8")
    article = build_site(tmp_path, {}).article("a/")
    assert "王刚" in article and "小刚" not in article
    assert "小红" in article and "小明" not in article
