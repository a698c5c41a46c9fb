"""What the tests need of this machine besides Python: looked for once before the first test, so that a missing program is one sentence."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tests.harness.browser import find_chromium
from tests.harness.mailstore import MISSING, find_dovecot

# By the fixture that starts it: how it is found, and what to say when it is not.
PROGRAMS: Mapping[str, tuple[Callable[[], Path | None], str]] = {
    "browser": (
        find_chromium,
        (
            "Chromium is not on this machine, and pages are tested in a real browser. `make needs` installs it (Debian: apt-get install chromium);"
            " one that lies elsewhere is named by LUUKKU_CHROMIUM=/path/to/chrome."
        ),
    ),
    "_running_store": (find_dovecot, MISSING),
}


def missing(fixtures: Iterable[str], programs: Mapping[str, tuple[Callable[[], Path | None], str]] = PROGRAMS) -> list[str]:
    """Sentences about what the tests with these fixtures need and this machine has not."""
    return [words for name, (find, words) in programs.items() if name in set(fixtures) and find() is None]
