"""A small OpenAI-compatible server on the loopback, honest or sinning in one way."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PUNCTUATION = str.maketrans("，。：；！？（）“”、", ',.:;!?()"",')
_PIECE = re.compile(r"^(@@@ \d+ [0-9a-f]{8} @@@)\n(.*?)(?=\n+@@@ )", re.MULTILINE | re.DOTALL)


def in_english(text: str) -> str:
    """As long as a translation is: every Han character becomes a word of three letters."""
    text = re.sub(r"[\u3400-\u9fff]+", lambda han: " ".join(["yes"] * len(han.group())), text)
    return text.translate(_PUNCTUATION)


def in_chinese(text: str) -> str:
    """As in_english, the other way: every word outside of signs becomes one of two characters."""
    return re.sub(r"⟦\d+⟧|[A-Za-z]+", lambda m: m[0] if m[0][0] == "⟦" else "好的", text)


def in_kana(text: str) -> str:
    """A Japanese that says yes to everything."""
    text = re.sub(r"⟦\d+⟧|[A-Za-z]+", lambda m: m[0] if m[0][0] == "⟦" else "はい", text)
    return re.sub(r"[\u3400-\u9fff]", "は", text)


def pieces(user: str) -> list[tuple[str, str]]:
    """Marker and text of each piece that a prompt asks for."""
    asked = user[user.index("Translate these pieces") :]
    return [(mark, text.strip("\n")) for mark, text in _PIECE.findall(asked)]


def honest(user: str) -> str:
    """What a good translator answers."""
    said = [f"{mark}\n{in_english(text)}" for mark, text in pieces(user)]
    return "\n\n".join([*said, "@@@ END @@@"])


@dataclass
class Conversation:
    """What the server was asked, and what it answers: by the number of the question."""

    url: str = ""
    answer: Callable[[str, int], str] = lambda user, _: honest(user)
    reason: str = "stop"
    status: list[int] = field(default_factory=list)
    message: str = ""
    wait: float = 0
    stream: str = ""
    retry_after: str = "0"
    asked: list[str] = field(default_factory=list)
    systems: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    raw: bytes | None = None


def _event(delta: dict[str, object], reason: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    return f"data: {json.dumps({'choices': [choice]})}\r\n\r\n"


@contextmanager
def translation_server() -> Iterator[Conversation]:
    """The server, on a port of its own, until the end of the block."""
    talk = Conversation()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length))
            talk.keys.append(self.headers.get("Authorization", ""))
            user = body["messages"][-1]["content"]
            talk.asked.append(user)
            talk.systems.append(body["messages"][0]["content"])
            time.sleep(0 if talk.stream else talk.wait)
            status = talk.status.pop(0) if talk.status else 200
            if status == 200 and talk.stream and body["stream"]:
                self.stream(talk.answer(user, len(talk.asked)))
                return
            choice = {"finish_reason": talk.reason, "message": {"content": ""}}
            if status == 200:
                choice["message"] = {"content": talk.answer(user, len(talk.asked))}
                data: object = {"choices": [choice]}
            else:
                data = {"error": {"message": talk.message}}
            payload = json.dumps(data).encode() if talk.raw is None else talk.raw
            self.send_response(status)
            self.send_header("Content-Length", str(len(payload)))
            if status in {301, 307}:
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            if status == 429:
                self.send_header("Retry-After", talk.retry_after)
            self.end_headers()
            self.wfile.write(payload)

        def stream(self, text: str) -> None:
            """Word by word: `whole`, or `cut`, `dropped`, `stuck` or `failing` in the middle."""
            parts = re.findall(r".{1,9}", text, re.DOTALL)
            events = [": keep-alive\n\n", _event({"role": "assistant", "content": None})]
            events += [_event({"content": part}) for part in parts]
            if talk.stream == "whole":
                events += [_event({}, "stop"), "data: [DONE]\n\n"]
            else:
                events = events[: len(events) * 3 // 4]
            if talk.stream == "failing":
                events.append(f"data: {json.dumps({'error': {'message': talk.message}})}\n\n")
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream; charset=utf-8")
            if talk.stream == "dropped":
                self.send_header("Content-Length", "1000000")
            self.end_headers()
            for event in events:
                self.wfile.write(event.encode())
                self.wfile.flush()
                time.sleep(talk.wait)
            if talk.stream == "stuck":
                time.sleep(2)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    talk.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield talk
    finally:
        server.shutdown()
        server.server_close()
