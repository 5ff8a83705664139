"""A model behind an OpenAI-compatible endpoint, asked for a translation.

`requests` is the client because it is locked already (Material needs it): nothing more to
install, and it knows proxies, certificates and which failures are worth another try.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from command import UserError
from docskit.drafting.prompt import Answer, Prompt

_PATH = "/chat/completions"
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_SAID = {
    401: "钥匙不对：看看 TRANSLATE_KEY",
    402: "账户里没有钱了",
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

    def __init__(self, wait: float = 300) -> None:
        """Read TRANSLATE_URL, TRANSLATE_MODEL and TRANSLATE_KEY; `wait` is in seconds."""
        url = os.environ.get("TRANSLATE_URL", "").rstrip("/")
        self.model = os.environ.get("TRANSLATE_MODEL", "")
        key = os.environ.get("TRANSLATE_KEY", "")
        if not url or not self.model:
            raise UserError(
                "要由机器起草，先设好 TRANSLATE_URL（例如 https://api.deepseek.com/v1，"
                "或者本机的 http://127.0.0.1:11434/v1）和 TRANSLATE_MODEL，钥匙放在 TRANSLATE_KEY；"
                "没有钥匙就用 DRAFT=prompt"
            )
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise UserError("TRANSLATE_URL 不是完整的网址：请写成 https://…")
        if parts.username or parts.password:
            raise UserError("TRANSLATE_URL 里不要写密码；钥匙放在 TRANSLATE_KEY")
        if key and parts.scheme == "http" and parts.hostname not in _LOCAL:
            raise UserError("TRANSLATE_URL 是 http://，钥匙会被别人看到：请用 https://")
        self.host = parts.hostname
        self._url = url if url.endswith(_PATH) else url + _PATH
        self._key = key
        self._wait = wait
        self._session = requests.Session()
        retry = Retry(
            total=3,
            backoff_factor=1,
            status_forcelist=(429, 500, 502, 503, 504),
            allowed_methods=("POST",),
            respect_retry_after_header=True,
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
            "stream": False,
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
            )
        except requests.Timeout:
            raise UserError(f"{self.host} 等了 {self._wait:g} 秒没有回答") from None
        except requests.RequestException as error:
            raise UserError(f"连不上 {self.host}：{self._safe(type(error).__name__)}") from None
        if response.status_code != requests.codes.ok:
            said = _SAID.get(response.status_code, "过一会儿再来，或者换一个 TRANSLATE_URL")
            raise UserError(f"{self.host} 回答 {response.status_code}：{said}{self._why(response)}")
        return self._read(response)

    def _read(self, response: requests.Response) -> Answer:
        try:
            choice = response.json()["choices"][0]
            text = choice["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError):
            raise UserError(
                f"{self.host} 的回答不是 OpenAI 的格式：看看 TRANSLATE_URL，多半要以 /v1 结尾"
            ) from None
        # A refusal is an empty answer: it fails the checks, and is told there.
        return Answer(
            text if isinstance(text, str) else "", choice.get("finish_reason") == "length"
        )

    def _why(self, response: requests.Response) -> str:
        try:
            message = str(response.json()["error"]["message"])
        except (ValueError, KeyError, TypeError):
            return ""
        return f"（{self._safe(' '.join(message.split())[:120])}）"

    def _safe(self, text: str) -> str:
        """Without the key, which some services repeat in what they say of it."""
        return text.replace(self._key, "…") if self._key else text
