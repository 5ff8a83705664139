"""Ask other hosts for pictures, and whether links lead somewhere: patiently, without a Referer.

Nobody in this network is asked: every connection is looked at once it stands and before a word
is said on it, so that no redirect and no name leads to a machine that only this one can reach.
"""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import (
    DecodeError,
    HTTPError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    SSLError,
)
from urllib3.exceptions import TimeoutError as NoAnswerError

from docskit.outside import LARGEST_FILE, is_public_address, is_public_host, outside_address

_T = TypeVar("_T")
SWITCH = "OUTSIDE_LOOPBACK"
"""For the tests: `http=PORT https=PORT` of this machine answer, in plain HTTP, for every host."""
_REDIRECTS = 5
_TRIES = 3
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; documentation pictures; once per picture)",
    "Accept": "image/png,image/jpeg,image/gif,image/svg+xml,image/webp,image/*;q=0.8,*/*;q=0.1",
}
_LINK_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; documentation links; once per link)",
    "Accept": "text/html,*/*;q=0.8",
}
_LONGEST_PAUSE = 10.0
_REDIRECT = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_BUSY = (429, 503)


class RefusedError(Exception):
    """No picture came of it; the message says in Chinese why, and `kind` in a word.

    `host_down` tells that nobody answered, `busy` that the host wants to be left alone. `kind` is
    an HTTP status, or one of docskit.outside.links.TROUBLES or picture_files.PICTURE_TROUBLES.
    """

    def __init__(
        self, why: str, *, host_down: bool = False, busy: bool = False, kind: str = ""
    ) -> None:
        super().__init__(why)
        self.host_down = host_down
        self.busy = busy
        self.kind = kind


class _PrivateError(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host said: `data` is None where it says that nothing has changed."""

    data: bytes | None
    secure: bool
    etag: str
    modified: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes that one picture may take."""

    connect: float = 8.0
    silence: float = 15.0
    whole: float = 60.0
    largest: int = LARGEST_FILE
    pause: float = 1.0


def _looked_at(connection: socket.socket) -> socket.socket:
    peer = connection.getpeername()[0]
    if not is_public_address(peer):
        connection.close()
        raise _PrivateError(peer)
    return connection


class _Plain(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _looked_at(super()._new_conn())


class _Tls(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _looked_at(super()._new_conn())


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _Tls


def _loopback_pools(switch: str) -> dict[str, type[HTTPConnectionPool]]:
    ports = {scheme: int(port) for scheme, port in re.findall(r"(https?)=(\d+)", switch)}

    def dial(port: int, timeout: object) -> socket.socket:
        seconds = timeout if isinstance(timeout, (int, float)) else 5.0
        return socket.create_connection(("127.0.0.1", port), seconds)

    class ToHttp(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return dial(ports["http"], self.timeout)

    class ToHttps(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return dial(ports["https"], self.timeout)

    class BrokenTls(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return dial(ports["http"], self.timeout)

    class HttpPool(HTTPConnectionPool):
        ConnectionCls = ToHttp

    class HttpsPool(HTTPConnectionPool):
        ConnectionCls = ToHttps

    class BrokenPool(HTTPSConnectionPool):
        ConnectionCls = BrokenTls

    return {"http": HttpPool, "https": HttpsPool if "https" in ports else BrokenPool}


class Client:
    """Fetches one address at a time; may be used from several threads."""

    def __init__(
        self, limits: Limits | None = None, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._limits = limits or Limits()
        self._sleep = sleep
        self._without_https: set[str] = set()
        self._lock = threading.Lock()
        switch = os.environ.get(SWITCH, "")
        kinds = {"num_pools": 32, "maxsize": 2, "retries": False, "headers": _HEADERS}
        self._direct = urllib3.PoolManager(**kinds)  # type: ignore[arg-type]
        if not switch:
            self._direct.connection_pool_kw["ca_certs"] = certifi.where()
        self._direct.pool_classes_by_scheme = (
            _loopback_pools(switch) if switch else {"http": _PlainPool, "https": _TlsPool}
        )
        # A proxy of the author's own is usually on this very machine, and finds the hosts itself.
        self._proxies: dict[str, urllib3.ProxyManager] = {}
        for scheme, proxy in ({} if switch else getproxies()).items():
            if scheme in ("http", "https") and urlsplit(proxy).scheme in ("http", "https"):
                self._proxies[scheme] = urllib3.ProxyManager(
                    proxy,
                    ca_certs=certifi.where(),
                    **kinds,  # type: ignore[arg-type]
                )

    def get(self, address: str, etag: str = "", modified: str = "") -> Answer:
        """Fetch `address`, by https first where it says http; RefusedError where nothing comes."""
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        asked = {name: value for name, value in conditions.items() if value}
        host = urlsplit(address).netloc
        plain = address.startswith("http:")
        if plain and urlsplit(address).port is None and host not in self._without_https:
            try:
                return self._patiently(lambda: self._followed("https" + address[4:], asked))
            except RefusedError as error:
                if error.busy:
                    raise
                if error.host_down:
                    with self._lock:
                        self._without_https.add(host)
        return self._patiently(lambda: self._followed(address, asked))

    def ask(self, address: str) -> str:
        """Where `address` has moved for good, '' for nowhere; RefusedError where nothing is there.

        Asks for the head alone first, and for the page where a host does not care for that. Of
        the page nothing is read.
        """
        try:
            status, moved = self._patiently(lambda: self._led(address, "HEAD"))
        except RefusedError as error:
            if error.kind != "cut":
                raise
            status, moved = 405, ""
        if status >= 400:
            status, moved = self._patiently(lambda: self._led(address, "GET"))
        if status >= 400:
            raise RefusedError(f"网站答的是 {status}", kind=str(status))
        return moved

    def _led(self, address: str, method: str) -> tuple[int, str]:
        """The status where the redirects end, and the end of those that are permanent."""
        moved, permanent = "", True
        for hop in range(_REDIRECTS + 1):
            try:
                response = self._asked(address, _LINK_HEADERS, method)
            except RefusedError as refused:
                if hop and refused.kind == "private":
                    raise RefusedError("它转到了一个不能去的地址", kind="place") from None
                raise
            # Nothing of the body: a connection that still holds it cannot be used again.
            response.close()
            status = response.status
            if status in _BUSY or (status >= 500 and method == "GET"):
                why = f"网站答的是 {status}"
                refusal = RefusedError(why, busy=status in _BUSY, kind=str(status))
                raise _AgainError(refusal, _pause(response))
            if status not in _REDIRECT:
                return status, moved if status < 400 else ""
            location = response.headers.get("Location", "")
            following = outside_address(urljoin(address, location), link=True) if location else None
            if following is None:
                raise RefusedError("它转到了一个不能去的地址", kind="place")
            address = following
            permanent = permanent and status in _PERMANENT
            moved = address if permanent else moved
        raise RefusedError("它一直在转来转去", kind="redirects")

    def _patiently(self, ask: Callable[[], _T]) -> _T:
        """Ask again where that may help, after a pause, and not often."""
        for left in reversed(range(_TRIES)):
            try:
                return ask()
            except _AgainError as again:
                if not left:
                    raise again.refused from None
                pause = again.pause or self._limits.pause * 2 ** (_TRIES - 1 - left)
                if pause > _LONGEST_PAUSE:
                    raise again.refused from None
                self._sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _followed(self, address: str, asked: Mapping[str, str]) -> Answer:
        deadline = time.monotonic() + self._limits.whole
        for _ in range(_REDIRECTS + 1):
            response = self._asked(address, asked)
            try:
                if response.status not in _REDIRECT:
                    return self._answer(response, address, deadline)
                location = response.headers.get("Location", "")
            finally:
                response.release_conn()
                response.close()
            following = outside_address(urljoin(address, location)) if location else None
            if following is None:
                raise RefusedError("它转到了一个不能去的地址", kind="place")
            address = following
        raise RefusedError("它一直在转来转去", kind="redirects")

    def _manager(self, address: str) -> urllib3.PoolManager:
        parts = urlsplit(address)
        proxy = self._proxies.get(parts.scheme)
        if proxy is None or proxy_bypass(parts.hostname or ""):
            return self._direct
        return proxy

    def _asked(
        self, address: str, asked: Mapping[str, str], method: str = "GET"
    ) -> urllib3.BaseHTTPResponse:
        if not is_public_host(urlsplit(address).hostname or ""):
            raise RefusedError("地址指向本机或内网，不去取", kind="private")
        limits = self._limits
        try:
            return self._manager(address).request(
                method,
                address,
                headers={**_HEADERS, **asked},
                redirect=False,
                retries=False,
                preload_content=False,
                timeout=urllib3.Timeout(connect=limits.connect, read=limits.silence),
            )
        except _PrivateError:
            raise RefusedError("地址指向本机或内网，不去取", kind="private") from None
        except SSLError:
            why = "网站的 https 证书有问题"
            raise RefusedError(why, host_down=True, kind="tls") from None
        except NameResolutionError:
            raise RefusedError("连不上这个网站", host_down=True, kind="dns") from None
        except NewConnectionError:
            raise RefusedError("连不上这个网站", host_down=True, kind="connect") from None
        except NoAnswerError:
            late = RefusedError("等了太久，没有回答", host_down=True, kind="timeout")
            raise _AgainError(late) from None
        except MaxRetryError as error:
            why = f"没有取到：{error.reason}"
            raise RefusedError(why, host_down=True, kind="connect") from None
        except HTTPError:
            cut = RefusedError("网站中途断开了", host_down=True, kind="cut")
            raise _AgainError(cut) from None

    def _answer(self, response: urllib3.BaseHTTPResponse, address: str, deadline: float) -> Answer:
        status = response.status
        headers = response.headers
        secure = address.startswith("https:")
        facts = secure, headers.get("ETag", "")[:200], headers.get("Last-Modified", "")[:100]
        if status == 304:
            return Answer(None, *facts)
        kind = str(status)
        if status in _BUSY:
            why = "网站说问得太勤了，过一阵再运行一次" if status == 429 else "网站暂时不可用"
            raise _AgainError(
                RefusedError(f"{why}（{status}）", busy=True, kind=kind), _pause(response)
            )
        if status >= 500:
            raise _AgainError(RefusedError(f"网站出错了（{status}）", kind=kind))
        if status in (401, 403):
            raise RefusedError(f"网站不让取（{status}）", kind=kind)
        if status in (404, 410):
            raise RefusedError(f"那边已经没有了（{status}）", kind=kind)
        if status != 200:
            raise RefusedError(f"网站答的不是图片（{status}）", kind=kind)
        return Answer(self._body(response, deadline), *facts)

    def _body(self, response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
        """All of it, decompressed; by pieces, so that neither size nor time runs away."""
        largest = self._limits.largest
        too_large = RefusedError(f"太大了：超过 {largest / 1e6:g} MB", kind="large")
        length = response.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > largest:
            raise too_large
        pieces: list[bytes] = []
        size = 0
        try:
            while True:
                # Not `stream`, which waits for a whole piece however slowly it comes.
                piece = response.read1(65536, decode_content=True)
                if not piece:
                    break
                size += len(piece)
                if size > largest:
                    raise too_large
                if time.monotonic() > deadline:
                    raise RefusedError("传得太慢，没有等完", kind="slow")
                pieces.append(piece)
        except DecodeError:
            raise RefusedError("压缩的内容解不开") from None
        except NoAnswerError:
            raise _AgainError(RefusedError("传到一半停住了", kind="slow")) from None
        except HTTPError:
            raise _AgainError(RefusedError("传到一半断开了", kind="cut")) from None
        plain = "Content-Encoding" not in response.headers
        if plain and length.isdecimal() and size != int(length):
            raise _AgainError(RefusedError("传到一半断开了", kind="cut"))
        return b"".join(pieces)


def _pause(response: urllib3.BaseHTTPResponse) -> float:
    """Seconds that a host wants to be left alone; 0 where it does not say."""
    pause = response.headers.get("Retry-After", "")
    return float(pause) if re.fullmatch(r"\d{1,6}", pause) else 0.0


class _AgainError(Exception):
    """It may work in `pause` seconds (0: whatever is usual)."""

    def __init__(self, refused: RefusedError, pause: float = 0.0) -> None:
        super().__init__(str(refused))
        self.refused = refused
        self.pause = pause
