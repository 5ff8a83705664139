"""`make bench-search`: how well readers' queries are answered, beside other engines, in one run.

A corpus is a clone of a bilingual documentation, fetched outside the repository; its query file
says in which folders the Chinese and the English pages are. This project, stock Material with
jieba, Pagefind, and MiniSearch with pairs of Han characters index the same pages; a real
Chromium asks each the same queries.

The protocol: a set is written from the pages, or from the issues people filed, by somebody who
has not seen the ranking; it is committed, with the date, before its first run; that first figure
is the one that is published. From then on it is a training set, and called so.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml
from playwright.sync_api import Browser, Page, Response, sync_playwright

from browser import find_browser

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))
from site_server import serve  # noqa: E402

SETS = REPOSITORY / "tests" / "search"
SCRIPTS = REPOSITORY / "overrides" / "assets" / "javascripts" / "search"
UMD = "node_modules/minisearch/dist/umd/index.js"
STOCK = """
site_name: stock
theme: {{name: material, language: zh, font: false, features: [search.highlight, search.suggest]}}
docs_dir: {docs}
site_dir: {site}
markdown_extensions: [admonition, attr_list, tables, footnotes, md_in_html, pymdownx.superfences,
  {{toc: {{permalink: true}}}}, {{pymdownx.tabbed: {{alternate_style: true}}}}]
plugins:
  - search
  - i18n:
      docs_structure: suffix
      languages: [{{locale: zh, name: zh, default: true}}, {{locale: en, name: en}}]
"""
# In the page: type each query into Material's dialog and wait for what it is answered.
TYPE = """async (queries) => {
  const input = document.querySelector('[data-md-component=search-query]');
  input.focus();
  const type = (text) => {
    // component$ repeats its last value to whoever asks: that is not the answer.
    let begun = 0;
    const answer = new Promise((done) => {
      const waiting = component$.subscribe((component) => {
        if (!begun || component.ref.dataset.mdComponent !== 'search-result') return;
        if (!component.items || component.loading) return;
        waiting.unsubscribe();
        done([component.items, performance.now() - begun]);
      });
    });
    begun = performance.now();
    input.value = text;
    input.dispatchEvent(new KeyboardEvent('keyup', {key: 'a', bubbles: true}));
    return answer;
  };
  const all = [];
  for (const query of queries) {
    const [items, milliseconds] = await type(query);
    all.push([items.map((group) => group[0].location.split('#')[0]), milliseconds]);
    await type('');
  }
  return all;
}"""
PAGEFIND = """async ([base, queries]) => {
  const engine = await import(base + 'pagefind/pagefind.js');
  await engine.init();
  const all = [];
  for (const query of queries) {
    const begin = performance.now();
    const found = await engine.search(query);
    const shown = await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
    const path = new URL(base).pathname;
    const urls = shown.map((page) => page.raw_url || page.url.replace(path, '/'));
    all.push([urls.map((url) => url.replace(/^\\//, '')), performance.now() - begin]);
  }
  return all;
}"""


# Sections as documents, and the boosts that did best over all the sets.
MINISEARCH = """
var mini, engine;
siteSearch.receive = (data) => { siteSearch.data = data; engine = new siteSearch.Engine(data); };
siteSearch.receiveTexts = (texts) => siteSearch.receive({ ...siteSearch.data, texts });
function fillMiniSearch() {
  const tokenize = (text) => siteSearch.tokens(text.normalize("NFKC").toLowerCase()).flatMap(
    ({ text, han }) => !han || text.length < 2 ? [text]
      : Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2)));
  const latin = (term) => !siteSearch.IS_HAN.test(term);
  mini = new MiniSearch({
    fields: ["title", "heading", "text"], storeFields: ["url"], tokenize,
    processTerm: (term) => term,
    searchOptions: {
      boost: { title: 2, heading: 1.5 }, prefix: latin,
      fuzzy: (term) => (latin(term) && term.length > 3 ? 0.2 : false),
    },
  });
  mini.addAll(engine.sections.map((s, id) => ({
    id, heading: s.heading, text: engine.text.slice(s.start, s.end),
    title: engine.pages[s.page].title, url: engine.pages[s.page].url,
  })));
}
function askMiniSearch(queries) {
  return queries.map((query) => {
    const begin = performance.now();
    const urls = [...new Set(mini.search(query).map((hit) => hit.url))];
    return [urls, performance.now() - begin];
  });
}
function askOurs(queries) {
  return queries.map((query) => {
    const begin = performance.now();
    const urls = engine.search(query).items.map((group) => group[0].location.split("#")[0]);
    return [urls, performance.now() - begin];
  });
}
"""
# What `--ablation` takes out, one by one: a name, and the constant's value without it.
ABLATED = {
    "TITLE": 1, "HEADING": 0, "SATURATION": 0.5, "LENGTH": 0, "FLOOR": 0, "ENOUGH": 1,
    "SYNONYM": 0.5, "PAIR": 0, "SECTION": 0, "EXACT_TITLE": 0, "ASIDE": 1,
}  # fmt: skip
# The same for kinds of knowledge: a line of a script, and what stands there without it.
WITHOUT = {
    "everyday synonyms": ("...data.glossary, ...EVERYDAY", "...data.glossary"),
    "the field's synonyms": ("...EVERYDAY, ...data.synonyms", "...EVERYDAY"),
    "phrases": ('if (phrase.includes(" ")) extra', "if (false) extra"),
    "other languages' names": ("if (other) add(", "if (false) add("),
    "abbreviations": ("this.named.includes(run)) return []", "true) return []"),
    "pinyin": ("letters.length < 2", "true"),
    "single characters": ("if (!slot.variants.length) slot", "if (false) slot"),
    "code as typed": ("const literal of code", "const literal of []"),
    "words typed as one": ("!others.length && joined", "false"),
    "neighbouring words": ("if (!two.some(", "if (false && !two.some("),
    "root of coverage": ("Math.sqrt(coverage)", "coverage"),
    "parts of words": ("this.sorted.filter((other) => other.includes(word))", "[]"),
}


@dataclass(frozen=True)
class Query:
    """What is typed, on the site in `locale`, and the addresses of which one should come first."""

    locale: str
    kind: str
    text: str
    pages: tuple[str, ...]


@dataclass
class Result:
    """How one engine answered the queries of one language."""

    engine: str
    locale: str
    ranks: list[int] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    empty: int = 0
    foreign: int = 0
    first_bytes: int = 0
    index_bytes: int = 0
    misses: list[str] = field(default_factory=list)

    def row(self) -> str:
        """One line of the table."""
        count = len(self.ranks)
        hits = [sum(0 < rank <= top for rank in self.ranks) / count for top in (1, 3, 10)]
        mrr = sum(1 / rank for rank in self.ranks if rank) / count
        times = sorted(self.milliseconds)
        middle, late = times[count // 2], times[int(count * 0.95)]
        return (
            f"| {self.engine} | {self.locale} | {count} | "
            + " | ".join(f"{hit:.0%}" for hit in hits)
            + f" | {mrr:.2f} | {self.empty} | {self.foreign} | {self.index_bytes / 1000:.0f}"
            + f" | {self.first_bytes / 1000:.0f} | {middle:.0f} | {late:.0f} |"
        )


HEAD = (
    "| 引擎 | 语言 | 查询 | 首位 | 前三 | 前十 | MRR | 空 | 别的语言 | 索引 kB | 首次搜索 kB"
    " | 中位 ms | p95 ms |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def queries(path: Path) -> list[Query]:
    """The query set."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = []
    for locale in ("zh", "en"):
        for kind, entries in data[locale].items():
            for entry in entries:
                ((text, pages),) = entry.items()
                pages = [pages] if isinstance(pages, str) else pages
                urls = tuple(_url(page, locale) for page in pages)
                found.append(Query(locale, kind, str(text), urls))
    return found


def _url(page: str, locale: str) -> str:
    # Hugo's `_index` is a name like any other.
    folder = re.sub(r"(?:^|(?<=/))(?:index|README)$", "", page).rstrip("/")
    return ("en/" if locale == "en" else "") + (quote(f"{folder}/") if folder else "")


def lay_out(clone: Path, docs: Path, folders: dict[str, str], within: list[str]) -> None:
    """Lay a corpus's pages out as this project does: `page.md` and `page.en.md`.

    `folders` is where the clone keeps those of each locale; only those below `within`, if any.
    """
    git = ["git", "-C", str(clone)]
    listed = subprocess.run(
        [*git, "ls-tree", "-r", "-z", "--name-only", "HEAD"], capture_output=True, check=True
    )
    for name in listed.stdout.decode().split("\0"):
        path = Path(name)
        locale = next((own for own, folder in folders.items() if path.is_relative_to(folder)), "")
        if path.suffix != ".md" or not locale:
            continue
        relative = path.relative_to(folders[locale])
        if within and relative.parts[0] not in within:
            continue
        target = docs / relative
        target = target if locale == "zh" else target.with_suffix(f".{locale}.md")
        target.parent.mkdir(parents=True, exist_ok=True)
        shown = subprocess.run([*git, "show", f"HEAD:{name}"], capture_output=True, check=True)
        target.write_bytes(shown.stdout)


def build(folder: Path, docs: Path, baselines: Path | None) -> dict[str, Path]:
    """Build the site with each engine; engine → folder of the site."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DOCS_DIR": str(docs)}
    ours = folder / "ours"
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q"],
        check=True,
        cwd=REPOSITORY,
        env={**env, "SITE_DIR": str(ours)},
    )
    sites = {"本项目": ours, "MiniSearch + 双字": ours}
    if baselines is not None:
        stock = folder / "stock"
        (folder / "stock.yml").write_text(STOCK.format(docs=docs, site=stock), encoding="utf-8")
        python = str(baselines)
        subprocess.run(
            [python, "-m", "mkdocs", "build", "-q", "-f", str(folder / "stock.yml")],
            check=True,
            env=env,
        )
        selector = "article.md-content__inner"
        subprocess.run(
            [python, "-m", "pagefind", "--site", str(stock), "--root-selector", selector],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        sites |= {"Material + jieba": stock, "Pagefind": stock}
    return sites


def _index_bytes(engine: str, locale: str, site: Path) -> int:
    """What the index weighs on the wire: gzip, except what Pagefind has compressed itself."""
    if engine == "Pagefind":
        return sum(path.stat().st_size for path in (site / "pagefind").rglob("*.pf_*"))
    own = [f"{locale}.js", f"{locale}.texts.js"]
    names = own if engine == "本项目" else ["search_index.json"]
    paths = [site / "search" / name for name in names]
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in paths if path.is_file())


def _on_the_wire(response: Response) -> int:
    url = response.url
    if not any(part in url for part in ("/search", "/pagefind/", "/lunr/")):
        return 0
    body = response.body()
    return len(body) if "/pagefind/" in url and "pf_" in url else len(gzip.compress(body, 6))


def check_answers(site: Path, asked: list[Query]) -> None:
    """Stop where an answer is no page of the site: its query could only be counted as a miss."""
    there = set()
    for locale in ("zh", "en"):
        text = (site / "search" / f"{locale}.js").read_text(encoding="utf-8")
        index = json.loads(text[text.index("(") + 1 : text.rindex(")")])
        there |= {page[0] for page in index["pages"]}
    if lost := [query.text for query in asked if not set(query.pages) <= there]:
        raise SystemExit(f"no such page in {site}: the answers of {', '.join(lost)}")


def ask(page: Page, engine: str, base: str, texts: list[str]) -> list[Any]:
    """Type the texts; for each the addresses found and the milliseconds it took."""
    if engine == "Pagefind":
        return list(page.evaluate(PAGEFIND, [base, texts]))
    if engine.startswith("MiniSearch"):
        return list(page.evaluate("askMiniSearch", texts))
    return list(page.evaluate(TYPE, texts))


def measure(browser: Browser, engine: str, site: Path, locale: str, asked: list[Query]) -> Result:
    """Answer the queries of one language with one engine."""
    result = Result(engine, locale, index_bytes=_index_bytes(engine, locale, site))
    with serve(site) as base:
        page = browser.new_page()
        loaded: list[Response] = []
        page.on("response", lambda response: loaded.append(response))
        # A page that is there for certain: not every documentation has a home page.
        page.goto(base + asked[0].pages[0])
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
        if engine.startswith("MiniSearch"):
            load_engine(page, site, locale)
            page.add_script_tag(path=REPOSITORY / ".cache/minisearch" / UMD)
            page.evaluate("fillMiniSearch()")
            index = page.evaluate("JSON.stringify(mini)").encode()
            result.index_bytes = len(gzip.compress(index, 6))
        ask(page, engine, base, [asked[0].text])
        page.wait_for_timeout(300)
        # Each address once: what the page fetches ahead, the worker finds in the cache.
        once = {response.url: response for response in loaded}
        result.first_bytes = sum(map(_on_the_wire, once.values()))
        answers = ask(page, engine, base, [query.text for query in asked])
        page.close()
    for query, (urls, milliseconds) in zip(asked, answers, strict=True):
        result.milliseconds.append(milliseconds)
        rank = next((at for at, url in enumerate(urls, 1) if url in query.pages), 0)
        result.ranks.append(rank)
        result.empty += not urls
        result.foreign += any(url.startswith("en/") != (locale == "en") for url in urls[:10])
        if rank != 1:
            result.misses.append(f"{query.kind}: {query.text} → {rank} ({', '.join(urls[:2])})")
    return result


def load_engine(page: Page, site: Path, locale: str, mend: Callable[[str], str] = str) -> None:
    """Load one language's index into a page, with the engine's scripts as `mend` leaves them."""
    for name in ("words.js", "show.js", "engine.js"):
        page.add_script_tag(content=mend((SCRIPTS / name).read_text(encoding="utf-8")))
    page.add_script_tag(content=MINISEARCH)
    for name in (f"{locale}.js", f"{locale}.texts.js"):
        if (site / "search" / name).is_file():
            page.add_script_tag(content=(site / "search" / name).read_text(encoding="utf-8"))


def ablation(corpora: list[tuple[Path, list[Query]]]) -> Iterator[str]:
    """A table of what each constant and kind of knowledge is worth, over all the sets."""
    cases: dict[str, Callable[[str], str]] = {"—": str}
    for name, value in ABLATED.items():
        cases[f"{name} = {value}"] = partial(
            re.compile(rf"\b{name} = [\d.]+").sub, f"{name} = {value}"
        )
    for name, (there, instead) in WITHOUT.items():
        cases[name] = partial(_replace, there, instead)
    scripts = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS.glob("*.js"))
    if idle := [case for case, mend in cases.items() if case != "—" and mend(scripts) == scripts]:
        raise SystemExit(f"not in the scripts any more: {', '.join(idle)}")
    yield "| 去掉 | zh 首位 | zh 前三 | zh MRR | en 首位 | en 前三 | en MRR |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for case, mend in cases.items():
            row = f"| {case} |"
            for locale in ("zh", "en"):
                ranks: list[int] = []
                for site, asked in corpora:
                    page = browser.new_page()
                    load_engine(page, site, locale, mend)
                    chosen = [query for query in asked if query.locale == locale]
                    answers = page.evaluate("askOurs", [query.text for query in chosen])
                    page.close()
                    for query, (urls, _) in zip(chosen, answers, strict=True):
                        ranks.append(
                            next((n for n, u in enumerate(urls, 1) if u in query.pages), 0)
                        )
                shares = [sum(0 < rank <= top for rank in ranks) / len(ranks) for top in (1, 3)]
                mrr = sum(1 / rank for rank in ranks if rank) / len(ranks)
                row += "".join(f" {share:.1%} |" for share in shares) + f" {mrr:.3f} |"
            yield row
        browser.close()


def _replace(there: str, instead: str, script: str) -> str:
    return script.replace(there, instead)


def run(sites: dict[str, Path], asked: list[Query], show_misses: bool) -> Iterator[str]:
    """The table's lines."""
    yield HEAD
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for locale in ("zh", "en"):
            for engine, site in sites.items():
                chosen = [query for query in asked if query.locale == locale]
                result = measure(browser, engine, site, locale, chosen)
                yield result.row()
                if show_misses and engine == "本项目":
                    yield from (f"    {line}" for line in result.misses)
        browser.close()


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", help="NAME=CLONE: tests/search/NAME_queries.yml")
    parser.add_argument("--folder", type=Path, default=REPOSITORY / ".cache" / "bench-search")
    parser.add_argument("--baselines", type=Path, help="python with mkdocs, jieba and pagefind")
    parser.add_argument("--misses", action="store_true", help="list what did not come first")
    parser.add_argument("--ablation", action="store_true", help="what each constant is worth")
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    corpora = []
    for entry in options.sets:
        name, _, clone = entry.partition("=")
        path = SETS / f"{name}_queries.yml"
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        asked = queries(path)
        folder = options.folder / name
        lay_out(Path(clone), folder / "docs", data["folders"], data.get("within", []))
        glossary = yaml.safe_dump(data.get("glossary", []), allow_unicode=True)
        (folder / "docs" / "glossary.yml").write_text(glossary, encoding="utf-8")
        sites = build(folder, folder / "docs", options.baselines)
        check_answers(sites["本项目"], asked)
        corpora.append((sites["本项目"], asked))
        if not options.ablation:
            print(f"\n{path.name}\n")
            for line in run(sites, asked, options.misses):
                print(line, flush=True)
    if options.ablation:
        for line in ablation(corpora):
            print(line, flush=True)


if __name__ == "__main__":
    main()
