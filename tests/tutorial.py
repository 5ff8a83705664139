"""Follow a tutorial from an empty folder: its commands and files in the order of its pages.

No engine runs. What can be known without one is kept as a reader's machine would have it: the
folder and its files, images, containers, volumes and networks. A command that names what is not
there, or creates what is there already, is a `MistakeError`.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path, PurePosixPath

BLOCK = re.compile(
    r"^(?P<indent>[ \t]*)(?P<fence>`{3,})(?P<language>\w+)(?P<options>[^\n]*)\n"
    r"(?P<body>.*?)^(?P=indent)(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
TITLE = re.compile(r'title="([^"]*)"')
INCLUDE = re.compile(r'^--8<-- "([^"]+)"\n?$')
# What a block of commands is for, where that is not the reader's own computer.
INSIDE = {"在容器里", "Inside the container"}
SERVER = {"在服务器上", "On the server"}
OFFICIAL = {
    *("hello-world", "debian", "alpine", "ubuntu", "nginx", "python", "gcc", "redis", "postgres"),
}
# Options of `docker run` and the like that are followed by a value.
VALUED = {
    *("--name", "-p", "-v", "-e", "--mount", "--network", "--memory", "--memory-swap", "--cpus"),
    *("--pids-limit", "--platform", "--entrypoint", "--pid", "--gpus", "--add-host", "--user"),
}


@dataclass(frozen=True)
class Block:
    """A fenced block: where it stands, what it says, and the text of the file it includes."""

    page: str
    line: int
    language: str
    title: str
    body: str


class MistakeError(AssertionError):
    """A command that cannot work where it stands."""


def blocks(page: Path, docs: Path) -> Iterator[Block]:
    """The fenced blocks of a page in their order, whichever tab or box they are in."""
    text = page.read_text("utf-8")
    for found in BLOCK.finditer(text):
        body = re.sub(rf"^{found['indent']}", "", found["body"], flags=re.MULTILINE)
        included = INCLUDE.match(body)
        if included:
            body = (docs / included[1]).read_text("utf-8")
        title = TITLE.search(found["options"])
        line = text.count("\n", 0, found.start()) + 1
        yield Block(page.name, line, found["language"], title[1] if title else "", body)


def words_of(body: str) -> Iterator[list[str]]:
    """The words of each command, as a shell splits them; `&&` and `;` separate commands."""
    lexer = shlex.shlex(body.replace("\\\n", " "), posix=True, punctuation_chars="\n;&|><")
    lexer.whitespace = " \t"
    lexer.whitespace_split = True
    lexer.commenters = ""
    command: list[str] = []
    for word in lexer:
        if word and word.strip("\n;&|") == "":
            if command:
                yield command
            command = []
        else:
            command.append(word)
    if command:
        yield command


HOME = PurePosixPath("/home/reader")


@dataclass
class Machine:
    """What a reader has on one computer after the commands so far."""

    cwd: PurePosixPath = HOME
    folders: set[PurePosixPath] = field(default_factory=lambda: {HOME})
    files: dict[PurePosixPath, str] = field(default_factory=dict)
    images: set[str] = field(default_factory=set)
    containers: dict[str, set[str]] = field(default_factory=dict)
    running: set[str] = field(default_factory=set)
    volumes: set[str] = field(default_factory=set)
    networks: set[str] = field(default_factory=lambda: {"bridge", "host", "none"})
    project: bool = False
    installed: bool = False
    done: int = 0

    def need(self, condition: object, what: str) -> None:
        if not condition:
            raise MistakeError(what)

    def at(self, name: str) -> PurePosixPath:
        parts: list[str] = []
        for part in (self.cwd / name).parts:
            if part == "..":
                parts.pop()
            else:
                parts.append(part)
        return PurePosixPath(*parts)

    # Files and folders.

    def do_mkdir(self, words: list[str]) -> None:
        for name in (word for word in words if not word.startswith("-")):
            self.need(self.at(name) not in self.folders, f"{name} is there already")
            self.need(self.at(name).parent in self.folders, f"{name} has no parent")
            self.folders.add(self.at(name))

    def do_cd(self, words: list[str]) -> None:
        self.need(self.at(words[0]) in self.folders, f"no folder {words[0]}")
        self.cwd = self.at(words[0])

    def do_rm(self, words: list[str]) -> None:
        for name in (word for word in words if not word.startswith("-")):
            self.need(self.files.pop(self.at(name), None) is not None, f"no file {name}")

    def do_echo(self, words: list[str]) -> None:
        if ">" in words:
            self.files[self.at(words[words.index(">") + 1])] = words[0] + "\n"

    def do_sh(self, words: list[str]) -> None:
        self.need(self.at(words[0]) in self.files, f"no file {words[0]}")
        self.installed |= words[0] == "apt.sh"

    def do_sed(self, words: list[str]) -> None:
        name = self.at(words[-1])
        self.need(name in self.files, f"no file {words[-1]}")
        _, old, new, _ = words[-2].split(words[-2][1])
        self.need(old in self.files[name], f"{words[-1]} has no {old}")
        self.files[name] = self.files[name].replace(old, new)

    # Docker.

    def use_image(self, image: str) -> None:
        official = image.partition(":")[0] in OFFICIAL
        self.need(image in self.images or official, f"no image {image}")
        self.images.add(image)

    def use_container(self, name: str, *, running: bool = False) -> None:
        self.need(name in self.containers, f"no container {name}")
        self.need(not running or name in self.running, f"{name} is not running")

    def options(self, words: list[str]) -> tuple[dict[str, list[str]], list[str]]:
        """The options before the first plain word, and that word with all that follows."""
        found: dict[str, list[str]] = {}
        words = list(words)
        while words and words[0].startswith("-"):
            name, _, value = words.pop(0).partition("=")
            if name in VALUED:
                found.setdefault(name, []).append(value or words.pop(0))
            else:
                found.setdefault(name, [])
        return found, words

    def docker_run(self, words: list[str]) -> None:
        options, rest = self.options(words)
        self.need(rest, "docker run names no image")
        self.use_image(rest[0])
        for mount in options.get("-v", []):
            source = mount.split(":")[0]
            if not source.startswith(("/", "$")):
                self.volumes.add(source)
        for network in (*options.get("--network", []), *options.get("--pid", [])):
            if network.startswith("container:"):
                self.use_container(network.partition(":")[2], running=True)
            elif "--network" in options:
                self.need(network in self.networks, f"no network {network}")
        for how, path in pairwise(rest):
            archive = self.at(PurePosixPath(path).name)
            if how == "czf":
                self.files[archive] = ""
            self.need(how != "xzf" or archive in self.files, f"no file {archive}")
        ports = {port.rsplit(":", 1)[0] for port in options.get("-p", [])}
        for other in self.running:
            self.need(not ports & self.containers[other], f"{other} has the port of {words}")
        detached = "-d" in options
        self.need(detached or "--rm" in options or "--name" in options or rest == ["hello-world"],
                  f"docker run without --rm, -d or --name leaves a container: {words}")  # fmt: skip
        for name in options.get("--name", []):
            self.need(name not in self.containers, f"a container {name} is there already")
            if "--rm" not in options:
                self.containers[name] = ports
                self.running |= {name} if detached else set()

    def docker_rm(self, words: list[str]) -> None:
        force = "-f" in words
        for name in (word for word in words if not word.startswith("-")):
            self.use_container(name)
            self.need(force or name not in self.running or name == "idle", f"{name} still runs")
            del self.containers[name]
            self.running.discard(name)

    def docker_stop(self, words: list[str]) -> None:
        self.use_container(words[0], running=True)
        self.running.discard(words[0])

    def docker_start(self, words: list[str]) -> None:
        self.use_container(words[0])
        self.running.add(words[0])

    def docker_exec(self, words: list[str]) -> None:
        self.use_container(self.options(words)[1][0], running=True)

    def docker_logs(self, words: list[str]) -> None:
        self.use_container(words[-1])

    docker_diff = docker_port = docker_update = docker_inspect = docker_logs

    def docker_cp(self, words: list[str]) -> None:
        name, _, path = words[0].partition(":")
        self.use_container(name)
        self.files[self.at(PurePosixPath(path).name)] = ""

    def docker_stats(self, words: list[str]) -> None:
        for name in (word for word in words if not word.startswith("-")):
            self.use_container(name, running=True)

    def docker_build(self, words: list[str]) -> None:
        self.need(words[-1] == ".", "the build context is not this folder")
        recipe = self.files.get(self.cwd / "Dockerfile")
        self.need(recipe is not None, f"no Dockerfile in {self.cwd}")
        for source in re.findall(r"^COPY (?!--from)(\S+) ", recipe or "", re.MULTILINE):
            self.need(source == "." or self.at(source) in self.files, f"COPY finds no {source}")
        self.images.add(words[words.index("-t") + 1])

    def docker_pull(self, words: list[str]) -> None:
        self.use_image(words[-1])

    def docker_push(self, words: list[str]) -> None:
        self.need(words[-1] in self.images, f"no image {words[-1]}")
        owner = words[-1].split("/")
        self.need(len(owner) > 1, f"{words[-1]} would be pushed to the official repositories")

    def docker_history(self, words: list[str]) -> None:
        self.need(words[-1] in self.images, f"no image {words[-1]}")

    docker_rmi = docker_history

    def docker_images(self, words: list[str]) -> None:
        for name in (word for word in words if not word.startswith("-")):
            here = {image.partition(":")[0] for image in self.images}
            self.need(name in here, f"docker images {name} lists nothing")

    def docker_save(self, words: list[str]) -> None:
        self.need(words[-1] in self.images, f"no image {words[-1]}")
        self.files[self.at(words[words.index("-o") + 1])] = ""

    def docker_load(self, words: list[str]) -> None:
        self.need(self.at(words[-1]) in self.files, f"no file {words[-1]}")

    def docker_volume(self, words: list[str]) -> None:
        if words[0] == "create":
            self.volumes.add(words[1])
        if words[0] == "rm":
            for name in words[1:]:
                self.need(name in self.volumes, f"no volume {name}")
                self.volumes.remove(name)

    def docker_network(self, words: list[str]) -> None:
        if words[0] == "create":
            self.need(words[1] not in self.networks, f"network {words[1]} is there already")
            self.networks.add(words[1])
        if words[0] == "rm":
            for name in words[1:]:
                self.need(name in self.networks, f"no network {name}")
                self.networks.remove(name)
        if words[0] == "connect":
            self.need(words[1] in self.networks, f"no network {words[1]}")
            self.use_container(words[2])

    def docker_compose(self, words: list[str]) -> None:
        if words[0] == "version":
            return
        self.need(self.cwd / "compose.yaml" in self.files, f"no compose.yaml in {self.cwd}")
        file = self.files[self.cwd / "compose.yaml"]
        services = re.findall(r"^  (\w+):$", file.split("\nvolumes:")[0], re.MULTILINE)
        if words[0] in ("restart", "stop", "start", "logs", "exec"):
            named = [word for word in words[1:] if not word.startswith("-")][:1]
            self.need(self.project, "the project is not up")
            self.need(not named or named[0] in services, f"no service {named}")
        for variable in re.findall(r"\$\{(\w+):\?", file):
            setting = self.files.get(self.cwd / ".env", "")
            self.need(f"{variable}=" in setting, f"{variable} is not set in .env")
        for mounted in re.findall(r"- \./(\S+?):", file):
            self.need(self.at(mounted) in self.files, f"no file {mounted} to mount")
        if words[0] == "up":
            if re.search(r"build: \.$", file, re.MULTILINE):
                self.need(self.cwd / "Dockerfile" in self.files, "compose builds no Dockerfile")
            self.project = True
            declared = file.partition("\nvolumes:")[2]
            self.volumes |= {
                f"{self.cwd.name}_{name}" for name in re.findall(r"^  (\w+):", declared, re.M)
            }

    def do_docker(self, words: list[str]) -> None:
        self.need(self.installed, "Docker is not installed yet")
        read_only = {"version", "ps", "login", "system", "image", "buildx", "info"}
        if words[0] in read_only:
            return
        method = getattr(self, f"docker_{words[0]}", None)
        if method is None:
            raise MistakeError(f"the test does not know docker {words[0]}")
        method(words[1:])

    def run(self, body: str) -> None:
        """Run a block of commands."""
        for words in words_of(body):
            while re.match(r"[A-Z]+=", words[0]):
                words.pop(0)
            known = {"sudo", "newgrp", "curl", "ssh-keygen", "ssh-copy-id", "ssh-keyscan"}
            if words[0] not in known:
                method = getattr(self, f"do_{words[0]}", None)
                if method is None:
                    raise MistakeError(f"the test does not know {words[0]}")
                method(words[1:])
            self.done += 1


def follow(pages: list[Path], docs: Path) -> tuple[Machine, Machine]:
    """The reader's computer and the server after all pages; `MistakeError` at the first error."""
    own, server = Machine(), Machine(installed=True)
    here = own
    for block in (block for page in pages for block in blocks(page, docs)):
        try:
            if block.title in INSIDE:
                continue
            if block.language == "bash" and not block.title.endswith(".sh"):
                here = server if block.title in SERVER else own
                here.run(block.body)
            elif re.fullmatch(r"[^/\s]*\.[^\s]+|Dockerfile|Caddyfile", block.title):
                here.files[here.cwd / block.title] = block.body
        except MistakeError as mistake:
            raise MistakeError(f"{block.page}:{block.line}: {mistake}") from None
    return own, server


def zsh_traps(body: str) -> list[str]:
    """Lines that bash runs and an interactive zsh does not: comments, and unquoted patterns.

    zsh takes `#` for a word, and stops at a pattern (`?`, `*`, `[`) that no file matches, at a
    word that begins with `=`, and at `!` in double quotes.
    """
    bare = re.sub(r"\\.|'[^']*'", lambda found: "\n" * found[0].count("\n"), body)
    double = re.compile(r'"[^"]*"')
    events = {
        bare.count("\n", 0, found.start())
        for found in double.finditer(bare)
        if re.search(r"!\w", found[0])
    }
    bare = double.sub(lambda found: "\n" * found[0].count("\n"), bare)
    return [
        line
        for number, (line, rest) in enumerate(zip(body.split("\n"), bare.split("\n"), strict=True))
        if number in events or re.search(r"(^|\s)#|[?*\[]|(^|\s)=\w", rest)
    ]
