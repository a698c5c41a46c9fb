"""What one process remembers for a while, so that not every page asks for it. Only what everybody may know, or a reader's own by a key
that holds what the reader may see: never a row behind the wall."""

import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import connection

T = TypeVar("T")
MOST = 1000
GRACE_SECONDS = 5.0
_all: "list[Remembered[Any]]" = []


class Remembered(Generic[T]):
    """Answers by key, each good for so many seconds: that is how old what is shown may be, for other processes do not hear of a change."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._entries: dict[tuple[str, Hashable], tuple[float, T]] = {}
        self._lock = Lock()
        _all.append(self)

    def get(self, key: Hashable, find: Callable[[], T]) -> T:
        """The remembered answer, else `find()`, which is remembered. While one request looks anew, the others go on with the old answer."""
        place = (str(connection.settings_dict["NAME"]), key)
        with self._lock:
            until, *old = self._entries.get(place, (0.0,))
            if old and until > time.monotonic():
                return old[0]
            if old:
                self._entries[place] = (time.monotonic() + GRACE_SECONDS, old[0])
        return self.anew(key, find)

    def get_many(self, keys: Iterable[Hashable], find: "Callable[[list[Any]], Mapping[Any, T]]") -> dict[Any, T]:
        """The remembered answers; those that are not are found at once, by `find(keys)`, and remembered."""
        name, now = str(connection.settings_dict["NAME"]), time.monotonic()
        with self._lock:
            kept = {key: self._entries.get((name, key)) for key in keys}
        found = {key: entry[1] for key, entry in kept.items() if entry is not None and entry[0] > now}
        missing = [key for key in kept if key not in found]
        if missing:
            for key, answer in find(missing).items():
                found[key] = answer
                self._keep(key, answer)
        return found

    def anew(self, key: Hashable, find: Callable[[], T]) -> T:
        """`find()`, remembered in place of what was."""
        found = find()
        self._keep(key, found)
        return found

    def _keep(self, key: Hashable, answer: T) -> None:
        with self._lock:
            if len(self._entries) >= MOST:
                self._entries.clear()
            self._entries[str(connection.settings_dict["NAME"]), key] = (time.monotonic() + self.seconds, answer)

    def forget(self) -> None:
        self._entries.clear()


def forget_all() -> None:
    """For tests, each of which has a world of its own."""
    for each in _all:
        each.forget()
