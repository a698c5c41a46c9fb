"""A text-message gateway that really listens."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any


class Gateway:
    """Keeps what it was handed; answers with `status`. `on_message` runs when it has taken a message and has not said so yet."""

    token = "salaisuus"

    def __init__(self) -> None:
        self.taken: list[dict[str, str]] = []
        self.tokens: set[str] = set()
        self.status = 202
        self.on_message: Callable[[Any], None] | None = None
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                gateway.tokens.add(self.headers["Authorization"])
                if gateway.status < 300:
                    gateway.taken.append(body)
                    if gateway.on_message is not None:
                        gateway.on_message(body)
                with suppress(OSError):  # whoever sent it is dead
                    self.send_response(gateway.status)
                    self.end_headers()

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/send"

    @property
    def env(self) -> dict[str, str]:
        """What a process needs to send here."""
        return {"LUUKKU_TEXT_URL": self.url, "LUUKKU_TEXT_TOKEN": self.token}


@contextmanager
def text_gateway() -> Iterator[Gateway]:
    found = Gateway()
    try:
        yield found
    finally:
        found.server.shutdown()
        found.server.server_close()
