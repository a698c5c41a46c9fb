"""A small HTTP client that measures: one connection kept open, or several threads each with its own."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass(frozen=True)
class Call:
    """One request: `body` makes a form for a POST (called anew each time, so that keys differ)."""

    path: str
    body: Callable[[], dict[str, str]] | None = None
    wanted: tuple[int, ...] = (200,)


@dataclass
class Visitor:
    """A browser of sorts: cookies go with every request."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, call: Call) -> tuple[int, bytes, float]:
        """Status, body and seconds of one request; raises AssertionError for a status that was not wanted."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept-Language": "fi"}
        method, data = "GET", None
        if call.body is not None:
            method = "POST"
            data = urlencode(call.body() | {"csrfmiddlewaretoken": self.cookies["csrftoken"]})
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{self.port}/"}
        try:
            answer, content, seconds = self._send(method, call.path, data, headers)
        except (http.client.RemoteDisconnected, ConnectionError):  # the server had closed the idle connection
            self.connection.close()
            answer, content, seconds = self._send(method, call.path, data, headers)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        assert answer.status in call.wanted, f"{method} {call.path}: {answer.status}\n{content[:600].decode(errors='replace')}"
        return answer.status, content, seconds

    def _send(self, method: str, path: str, data: str | None, headers: dict[str, str]) -> tuple[http.client.HTTPResponse, bytes, float]:
        start = time.perf_counter()
        self.connection.request(method, path, data, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        return answer, content, time.perf_counter() - start


@dataclass(frozen=True)
class Latency:
    """Milliseconds at concurrency 1."""

    p50: float
    p95: float


def latency(visitor: Visitor, call: Call, n: int) -> Latency:
    """n requests one after another."""
    times = sorted(visitor.ask(call)[2] * 1000 for _ in range(n))
    return Latency(statistics.median(times), times[min(n - 1, round(0.95 * n))])


def throughput(make: Callable[[], Visitor], call: Call, *, threads: int, seconds: float) -> float:
    """Requests a second with so many visitors at once for some seconds."""
    counts = [0] * threads
    until = time.perf_counter() + seconds

    def run(number: int) -> None:
        visitor = make()
        while time.perf_counter() < until:
            visitor.ask(call)
            counts[number] += 1

    workers = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(counts) / (time.perf_counter() - start)
