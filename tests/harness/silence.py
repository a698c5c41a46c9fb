"""What would fail silently fails loudly: undefined template variables, calls to other hosts."""

import inspect
import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import pytest


class UndefinedVariable(str):
    """Django puts this where a template names what is not there; in our own templates that is an error."""

    def __new__(cls) -> Self:
        return super().__new__(cls, "%s")

    def __mod__(self, name: object) -> str:
        origin = _template()
        if "site-packages" in origin:
            return ""
        raise AssertionError(f"template variable {name} is not defined in {origin}")


def _template() -> str:
    frame = inspect.currentframe()
    while frame is not None:
        node = frame.f_locals.get("self")
        origin = getattr(node, "origin", None)
        if frame.f_code.co_name.startswith("render") and origin is not None:
            return str(getattr(origin, "name", origin))
        frame = frame.f_back
    return "an unnamed template"


class OtherHost(AssertionError):
    """A test tried to reach another machine."""


def _is_near(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    host = str(address[0])
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.split("%", maxsplit=1)[0]).is_loopback
    except ValueError:
        return False


@contextmanager
def no_other_hosts() -> Iterator[None]:
    """Connections leave this machine only as an error."""
    real_connect, real_connect_ex, real_lookup = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def connect(self: socket.socket, address: Any) -> None:
        if not _is_near(address):
            raise OtherHost(f"a test tried to reach {address}")
        real_connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        if not _is_near(address):
            raise OtherHost(f"a test tried to reach {address}")
        return real_connect_ex(self, address)

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host is not None and not _is_near((host.decode() if isinstance(host, bytes) else host,)):
            raise OtherHost(f"a test tried to look up {host}")
        return real_lookup(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket.socket, "connect_ex", connect_ex)
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield
