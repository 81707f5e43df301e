"""A visitor without a browser: signs in, sends forms and files over HTTP, and reads pages."""

from __future__ import annotations

import re
import uuid
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Visitor:
    """Whoever holds these cookies at the web server on `port` of this machine."""

    def __init__(self, port: int) -> None:
        self.start = f"http://127.0.0.1:{port}"
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.address = ""

    def _ask(self, request: Request) -> str:
        with self.opener.open(request, timeout=60) as answer:
            self.address = answer.url.removeprefix(self.start)
            return str(answer.read().decode())

    def read(self, path: str) -> str:
        """The text of a page, spaces evened out; `address` is where it was found."""
        return " ".join(self._ask(Request(self.start + path)).split())

    def send(self, path: str, form: dict[str, str], *, to: str = "") -> str:
        """Send `form` to `to`, with the token of the page at `path`; the page that follows."""
        form = {"csrfmiddlewaretoken": self._token(path)} | form
        return self._ask(Request(self.start + (to or path), urlencode(form).encode()))

    def send_file(self, path: str, field: str, content: bytes) -> str:
        """Send one file by the form at `path`; the page that follows."""
        border = uuid.uuid4().hex
        parts = (
            f'--{border}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self._token(path)}\r\n'
            f'--{border}\r\nContent-Disposition: form-data; name="{field}"; filename="list.csv"\r\n'
            "Content-Type: text/csv\r\n\r\n"
        )
        request = Request(self.start + path, parts.encode() + content + f"\r\n--{border}--\r\n".encode())
        request.add_header("Content-Type", f"multipart/form-data; boundary={border}")
        return self._ask(request)

    def _token(self, path: str) -> str:
        found = _TOKEN.search(self.read(path))
        assert found, f"{path} has no form"
        return found[1]
