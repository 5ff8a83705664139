"""Other hosts' pictures on the loopback: slow, redirecting, refusing, lying, as hosts are.

`OUTSIDE_LOOPBACK` leads every host here; what a path answers is chosen by its first folder.
"""

from __future__ import annotations

import gzip
import http.server
import io
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from PIL import Image

BAD_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    b'viewBox="0 0 20 10" onload="steal()"><script>steal()</script><rect width="5" height="5"/>'
    b'<image xlink:href="https://spy.example/p.png"/><text>\xe5\xad\x97</text></svg>'
)
LAST_MODIFIED = "Wed, 01 Jan 2020 00:00:00 GMT"


def drawn(kind: str = "PNG", seed: str = "", size: tuple[int, int] = (24, 12)) -> bytes:
    """A small picture; another one for another seed."""
    out = io.BytesIO()
    number = sum(map(ord, seed)) % 256
    Image.new("RGB", size, (number, len(seed) % 256, 90)).save(out, kind)
    return out.getvalue()


def large_png(width: int, height: int) -> bytes:
    """A PNG that says that it is so large, and has nothing in it."""
    data = bytearray(drawn())
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


@dataclass
class Request:
    host: str
    path: str
    headers: dict[str, str]
    secure: bool
    method: str


@dataclass
class PictureHost:
    """The running server: the switch that leads to it, and what it was asked."""

    http_port: int
    https_port: int
    requests: list[Request] = field(default_factory=list)
    at_once: dict[str, int] = field(default_factory=dict)
    most_at_once: dict[str, int] = field(default_factory=dict)

    @property
    def switch(self) -> str:
        return f"http={self.http_port} https={self.https_port}"

    @property
    def broken_tls(self) -> str:
        """The same, where nobody speaks TLS on port 443."""
        return f"http={self.http_port}"

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


def _handler(host: PictureHost, secure: bool) -> type[http.server.BaseHTTPRequestHandler]:
    lock = threading.Lock()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            name = self.headers.get("Host", "")
            request = Request(name, self.path, dict(self.headers), secure, self.command)
            with lock:
                host.requests.append(request)
                host.at_once[name] = host.at_once.get(name, 0) + 1
                most = max(host.most_at_once.get(name, 0), host.at_once[name])
                host.most_at_once[name] = most
            try:
                self.answer(urlsplit(self.path).path)
            except ConnectionError:
                self.close_connection = True  # who asked did not wait
            finally:
                with lock:
                    host.at_once[name] -= 1

        def say(self, status: int, body: bytes = b"", **headers: str) -> None:
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def answer(self, path: str) -> None:
            what = path.strip("/").split("/")[0]
            png = drawn("PNG", path)
            tries = sum(request.path == self.path for request in host.requests)
            if what == "http-only" and secure:
                self.say(500)
            elif what == "slow":
                time.sleep(3)
                self.say(200, png)
            elif what == "drip":
                self.send_response(200)
                self.send_header("Content-Length", str(len(png)))
                self.end_headers()
                for byte in png:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(0.2)
            elif what == "to":
                self.say(302, Location=unquote(path.split("/", 2)[2]))
            elif what == "moved":
                self.say(301, Location=unquote(path.split("/", 2)[2]))
            elif what.startswith("no-head-") and self.command == "HEAD":
                self.say(int(what.removeprefix("no-head-")))
            elif what == "hangs-up-on-head" and self.command == "HEAD":
                self.close_connection = True
            elif what == "round":
                self.say(302, Location=self.path)
            elif what == "html":
                self.say(200, b"<!DOCTYPE html><title>gone</title>", Content_Type="image/png")
            elif what == "jpeg-called-png":
                self.say(200, drawn("JPEG", path), Content_Type="text/plain")
            elif what == "cut":
                self.say(200, drawn("PNG", path, (400, 400))[:-200])
            elif what == "short":
                self.send_response(200)
                self.send_header("Content-Length", str(len(png) + 50))
                self.end_headers()
                self.wfile.write(png)
                self.close_connection = True
            elif what == "huge":
                self.say(200, b"\x89PNG" + b"\0" * 400_000)
            elif what == "bomb":
                self.say(200, gzip.compress(bytes(5_000_000)), Content_Encoding="gzip")
            elif what == "pixels":
                self.say(200, large_png(20_000, 6_000))
            elif what == "forbidden":
                refused = "Referer" in self.headers
                self.say(403 if refused else 200, b"" if refused else png)
            elif what == "always-403":
                self.say(403)
            elif what == "gone":
                self.say(404)
            elif what == "busy":
                self.say(429, Retry_After="3600")
            elif what == "busy-once":
                self.say(*((429, b"") if tries == 1 else (200, png)))
            elif what == "svg":
                self.say(200, BAD_SVG, Content_Type="image/svg+xml")
            elif what == "large":
                self.say(200, drawn("PNG", "", (1200, 600)))
            elif what == "dated" and self.headers.get("If-Modified-Since") == LAST_MODIFIED:
                self.say(304)
            elif what == "dated":
                self.say(200, png, Last_Modified=LAST_MODIFIED)
            else:
                kinds = {".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WEBP"}
                kind = kinds.get(PurePosixPath(path).suffix.lower(), "PNG")
                self.say(200, drawn(kind, self.path))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    return Handler


@contextmanager
def picture_host() -> Iterator[PictureHost]:
    """Serve until the block ends."""
    host = PictureHost(0, 0)
    servers = [
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(host, secure))
        for secure in (False, True)
    ]
    host.http_port, host.https_port = (server.server_address[1] for server in servers)
    threads = [
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        for server in servers
    ]
    for thread in threads:
        thread.start()
    try:
        yield host
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
        for thread in threads:
            thread.join()
