"""Shows one page at a time to a browser, with the product's style sheets and scripts: they stay in its cache, so a page takes a moment."""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders


class Showing:
    """Whatever address is asked for as a page is answered with `html`; what scripts ask for, and what they send, with nothing."""

    def __init__(self) -> None:
        self.html = ""
        showing = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                if path.startswith("/static/"):
                    file = finders.find(path.removeprefix("/static/"))
                    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
                    self.answer(200 if file else 404, Path(file).read_bytes() if file else b"", kind, "max-age=3600")
                elif self.headers.get("Sec-Fetch-Dest") == "document":
                    self.answer(200, showing.html.encode(), "text/html; charset=utf-8", "no-store")
                else:
                    self.answer(204)

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self.answer(204)

            def answer(self, status: int, body: bytes = b"", kind: str = "text/plain", cache: str = "no-store") -> None:
                self.send_response(status)
                if status != 204:
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", cache)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


@contextmanager
def showing() -> Iterator[Showing]:
    found = Showing()
    try:
        yield found
    finally:
        found.server.shutdown()
        found.server.server_close()
