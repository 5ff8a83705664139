"""A model behind an OpenAI-compatible endpoint, asked for a translation.

`requests` is the client because it is locked already (Material needs it): nothing more to
install, and it knows proxies, certificates and which failures are worth another try. The
answer is asked for as a stream, so that a slow model is waited for as long as words arrive,
and one that is broken off keeps what has been paid for.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from command import UserError
from docskit.drafting import Answer, Prompt

_PATH = "/chat/completions"
_PATIENCE = 60
"""Seconds that a service may ask to be left alone before it is asked again."""
_LONGEST = 1800
"""Seconds after which a stream is enough, whatever still comes."""
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_SAID = {
    401: "API 密钥不对：看看 TRANSLATE_KEY",
    402: "余额不足",
    403: "没有权限：看看 TRANSLATE_KEY 和 TRANSLATE_MODEL",
    404: "没有这个地址或者这个模型：看看 TRANSLATE_URL 和 TRANSLATE_MODEL",
    429: "请求太多了，过一会儿再来",
}


@dataclass(frozen=True)
class _Key(requests.auth.AuthBase):
    """The key on its way; without it `requests` would look into ~/.netrc for another."""

    value: str

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self.value:
            request.headers["Authorization"] = f"Bearer {self.value}"
        return request

    def __repr__(self) -> str:
        return "_Key(…)"


class Service:
    """One endpoint and one model, as the environment names them; UserError for what is wrong."""

    def __init__(self, wait: float = 300, pause: float = 1) -> None:
        """Read TRANSLATE_URL, TRANSLATE_MODEL and TRANSLATE_KEY.

        In seconds: `wait` for the next word, `pause` before the second try.
        """
        url = os.environ.get("TRANSLATE_URL", "").rstrip("/")
        self.model = os.environ.get("TRANSLATE_MODEL", "")
        key = os.environ.get("TRANSLATE_KEY", "")
        if not url or not self.model:
            raise UserError(
                "要由机器起草，先设好 TRANSLATE_URL（例如 https://api.deepseek.com/v1，"
                "或者本机的 http://127.0.0.1:11434/v1）和 TRANSLATE_MODEL，"
                "API 密钥放在 TRANSLATE_KEY；没有密钥就用 DRAFT=prompt"
            )
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise UserError("TRANSLATE_URL 不是完整的网址：请写成 https://…")
        if parts.username or parts.password:
            raise UserError("TRANSLATE_URL 里不要写密码；API 密钥放在 TRANSLATE_KEY")
        if key and parts.scheme == "http" and parts.hostname not in _LOCAL:
            raise UserError("TRANSLATE_URL 是 http://，密钥会被别人看到：请用 https://")
        self.host = parts.hostname
        self._url = url if url.endswith(_PATH) else url + _PATH
        self._key = key
        self._wait = wait
        self._session = requests.Session()
        retry = Retry(
            total=3,
            backoff_factor=pause,
            status_forcelist=(429, 500, 502, 503, 504),
            allowed_methods=("POST",),
            respect_retry_after_header=True,
            # Whoever says "in an hour" is not waited for: it looks like a hanging program.
            retry_after_max=_PATIENCE,
            raise_on_status=False,
            # An answer that does not come is not asked for, and paid, once more.
            read=False,
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))

    def ask(self, prompt: Prompt) -> Answer:
        """The model's answer; UserError where there is none."""
        body = {
            "model": self.model,
            "temperature": 0.2,
            "stream": True,
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
        }
        try:
            response = self._session.post(
                self._url,
                data=json.dumps(body).encode(),
                headers={"Content-Type": "application/json"},
                auth=_Key(self._key),
                timeout=(10, self._wait),
                # The key is for this address and no other.
                allow_redirects=False,
                stream=True,
            )
        except requests.Timeout:
            raise UserError(f"{self.host} 等了 {self._wait:g} 秒没有回答") from None
        except requests.RequestException as error:
            raise UserError(f"连不上 {self.host}：{self._safe(type(error).__name__)}") from None
        if response.status_code != requests.codes.ok:
            said = _SAID.get(response.status_code, "过一会儿再来，或者换一个 TRANSLATE_URL")
            raise UserError(f"{self.host} 回答 {response.status_code}：{said}{self._why(response)}")
        with response:
            if response.headers.get("Content-Type", "").startswith("text/event-stream"):
                return self._streamed(response)
            return self._whole(response)

    def _whole(self, response: requests.Response) -> Answer:
        """The answer of a service that does not stream."""
        try:
            choice = response.json()["choices"][0]
            text = choice["message"]["content"]
        except requests.ConnectionError:
            raise UserError(f"{self.host} 等了 {self._wait:g} 秒没有回答") from None
        except (requests.RequestException, ValueError, KeyError, IndexError, TypeError):
            raise self._stranger() from None
        # A refusal is an empty answer: it fails the checks, and is told there.
        return Answer(
            text if isinstance(text, str) else "", choice.get("finish_reason") == "length"
        )

    def _streamed(self, response: requests.Response) -> Answer:
        """The answer as server-sent events, of which only the `data:` lines count here."""
        parts: list[str] = []
        reason = ""
        until = time.monotonic() + _LONGEST
        try:
            for line in response.iter_lines():
                data = line.removeprefix(b"data:").strip()
                if not line.startswith(b"data:") or not data:
                    continue
                if data == b"[DONE]":
                    # Some services give no reason where all went well.
                    reason = reason or "stop"
                    break
                event = json.loads(data)
                if event.get("error"):
                    raise UserError(f"{self.host} 中途出错了{self._said(event)}")
                for choice in event.get("choices") or []:
                    parts.append((choice.get("delta") or {}).get("content") or "")
                    reason = choice.get("finish_reason") or reason
                if time.monotonic() > until:
                    break
        except requests.RequestException:
            # What has arrived is paid for: the sections that are whole are taken.
            if not parts:
                raise UserError(f"{self.host} 等了 {self._wait:g} 秒没有回答，或者断开了") from None
        except (ValueError, AttributeError, TypeError):
            raise self._stranger() from None
        return Answer("".join(parts), reason in {"", "length"})

    def _stranger(self) -> UserError:
        return UserError(
            f"{self.host} 的回答不是 OpenAI 的格式：看看 TRANSLATE_URL，多半要以 /v1 结尾"
        )

    def _why(self, response: requests.Response) -> str:
        try:
            return self._said(response.json())
        except (requests.RequestException, ValueError):
            return ""

    def _said(self, body: object) -> str:
        """What a service says of an error, without the key and what is no text."""
        try:
            message = str(body["error"]["message"])  # type: ignore[index]
        except (KeyError, TypeError):
            return ""
        return f"（{self._safe(' '.join(message.split())[:120])}）"

    def _safe(self, text: str) -> str:
        """Without the key, which some services repeat in what they say of it."""
        return text.replace(self._key, "…") if self._key else text
