"""Ask once for each address of another host that a page names: `make outside`.

It names what is wrong, file and line, and fails nothing: what others do is no fault of a page.
`OUT=report.md` writes the same in Markdown, for an issue; the file is empty where all is well.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from command import CONFIG, Arguments, UserError, guarded, message_language, prepare
from docskit.outside import OutsideLink, Verdict, as_lines, as_markdown, counted, outside_links
from docskit.reading import read_author_page
from docskit.terminal import shown_path
from mkdocs_bridge.build import survey
from outside_client import Client, RefusedError
from outside_queue import PATIENCE, each_of_its_host

DAY = 24 * 3600.0
FRESH = {"good": 7 * DAY, "moved": 7 * DAY, "broken": DAY}
"""Seconds for which a verdict is believed; one that is not here is asked for every time."""
_UNREACHED = ("dns", "connect", "timeout")
# So many hosts are not all gone.
_MANY = 3


class LinkStore:
    """Verdicts by address in one file; one that cannot be read or written is none."""

    def __init__(self, cache: Path) -> None:
        self.path = cache / "outside-links.json"

    def read(self, now: float) -> dict[str, tuple[Verdict, float]]:
        """What is still believed, with the time (seconds since 1970) when it was asked."""
        kept: dict[str, tuple[Verdict, float]] = {}
        try:
            for address, (trouble, moved, asked) in json.loads(self.path.read_bytes()).items():
                verdict = Verdict(str(trouble), str(moved))
                if 0 <= now - asked < FRESH.get(verdict.group, 0.0):
                    kept[address] = verdict, float(asked)
        except (OSError, ValueError, TypeError, AttributeError):
            return {}
        return kept

    def write(self, kept: dict[str, tuple[Verdict, float]]) -> None:
        """Replace the file."""
        value = {address: (v.trouble, v.moved, asked) for address, (v, asked) in kept.items()}
        new = self.path.with_suffix(f".{os.getpid()}.tmp")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
            new.replace(self.path)
        except OSError:
            new.unlink(missing_ok=True)


def ask_all(
    addresses: Iterable[str], store: LinkStore, client: Client, now: float
) -> dict[str, Verdict]:
    """A verdict for each address, from the cache where it is fresh."""
    addresses = list(dict.fromkeys(addresses))
    kept = store.read(now)
    silent: dict[str, int] = defaultdict(int)
    last: dict[str, Verdict] = {}

    def verdict_for(host: str, address: str) -> Verdict:
        if silent[host] >= PATIENCE:
            return last[host]
        try:
            verdict = Verdict("", client.ask(address))
        except RefusedError as error:
            verdict = last[host] = Verdict(error.kind)
            silent[host] = silent[host] + 1 if error.host_down or error.busy else 0
        else:
            silent[host] = 0
        # At once: a run that is stopped keeps what it has.
        kept[address] = verdict, now
        return verdict

    try:
        asked = [address for address in addresses if address not in kept]
        results = each_of_its_host(asked, verdict_for, "问链接")
    finally:
        store.write(dict(kept))
    return {address: results.get(address) or kept[address][0] for address in addresses}


def _report_path(value: str) -> Path | None:
    if not value:
        return None
    path = Path(value).expanduser().absolute()
    if path.is_dir() or not path.parent.is_dir():
        raise UserError(f"OUT={value} 要写成一个文件，放在已有的文件夹里，例如 OUT=outside.md")
    return path


def main(arguments: list[str]) -> int:
    """Ask, print, write; the exit status says nothing of the links."""
    parser = Arguments(description=__doc__)
    parser.add_argument("--config", default=CONFIG)
    parser.add_argument("--language", default="")
    parser.add_argument("--out", default="", help="file of Markdown to write the report into")
    options = parser.parse_args(arguments)
    language = message_language(options.language)
    report = _report_path(options.out)
    # OUT is the report here, and not the site.
    os.environ.pop("SITE_DIR", None)
    prepare()
    surveyed = survey(options.config)
    links: list[OutsideLink] = []
    for page in surveyed.pages.values():
        author, _ = read_author_page(page.path.read_bytes(), page.src_uri)
        links += outside_links(author, page.found, shown_path(page.path))
    addresses = [link.address for link in links if link.address]
    verdicts = ask_all(addresses, LinkStore(surveyed.cache), Client(), time.time())
    hosts = {urlsplit(address).netloc for address, v in verdicts.items() if v.group != "own"}
    silent = all(v.trouble in (*_UNREACHED, "private") for v in verdicts.values())
    if silent and len(hosts) >= _MANY:
        words = (
            "一个网站也连不上：先看看这台机器有没有联网。",
            "No host answers: is there a network?",
        )
        sys.stdout.write(f"{words[language == 'en']}\n")
        return 0
    for line in as_lines(links, verdicts, language):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{counted(links, verdicts, language)}\n")
    if report is not None:
        report.write_text(as_markdown(links, verdicts, language), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
