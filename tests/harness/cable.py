"""A cable between a browser and a server, which a test pulls out and puts back: nothing in the browser knows of it beforehand."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Cable:
    """Passes bytes on to a server, unless it is cut."""

    def __init__(self, far_end: str) -> None:
        address = urlsplit(far_end)
        self._far_end = (str(address.hostname), int(address.port or 80))
        self._here = socket.create_server(("127.0.0.1", 0))
        self._ends: set[socket.socket] = set()
        self._whole = threading.Event()
        self._whole.set()
        threading.Thread(target=self._take_in, daemon=True).start()

    @property
    def url(self) -> str:
        """Where the browser is led."""
        return f"http://127.0.0.1:{self._here.getsockname()[1]}"

    def cut(self) -> None:
        """Drop every connection there is, and every new one at once."""
        self._whole.clear()
        for end in list(self._ends):
            self._drop(end)

    def mend(self) -> None:
        self._whole.set()

    def close(self) -> None:
        self.cut()
        self._here.close()

    def _drop(self, end: socket.socket) -> None:
        self._ends.discard(end)
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()

    def _take_in(self) -> None:
        with suppress(OSError):
            while True:
                near, _from = self._here.accept()
                if not self._whole.is_set():
                    near.close()
                    continue
                far = socket.create_connection(self._far_end)
                self._ends |= {near, far}
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while said := one.recv(65536):
                other.sendall(said)
        self._drop(one)
        self._drop(other)


@contextmanager
def cable(far_end: str) -> Iterator[Cable]:
    """A whole cable to the server at `far_end`."""
    laid = Cable(far_end)
    try:
        yield laid
    finally:
        laid.close()
