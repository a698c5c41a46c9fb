"""The web server's first process. It reads the program once and makes its workers of itself, so that they share what it read: three
workers take little more memory than one, and one that died is back at once. Takes granian's own options.
"""

import gc
import sys
from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError, connections
from django.urls import get_resolver
from django.utils import translation
from granian.cli import cli

from luukku.config import wsgi


def main() -> None:
    """Serve until told to stop."""
    read_ahead()
    sys.argv[0] = "granian"
    cli([*sys.argv[1:], f"{wsgi.__name__}:application"])


def read_ahead() -> None:
    """What every worker would otherwise read for itself: addresses, words and the matcher. Nothing that lives, as a connection does."""
    from luukku.catalogue.queries.matching import read_model
    from luukku.core.actor import PUBLIC, act_as

    get_resolver().reverse_dict  # noqa: B018 - reading makes it
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("")
    with suppress(DatabaseError), act_as(PUBLIC):  # a database that is not there yet is each request's to tell
        read_model()
    connections.close_all()
    gc.collect()
    gc.freeze()
    # A page makes thousands of small objects and keeps none of them: looking through them at each 700th took a tenth of its time.
    gc.set_threshold(10_000, 20, 20)


if __name__ == "__main__":
    main()
