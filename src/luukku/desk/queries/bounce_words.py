"""Why a mail did not get through, in plain words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# RFC 3463: the class of the code is left out, the longest beginning that fits counts
_STATUS: tuple[tuple[str, Promise], ...] = (
    ("1.8", gettext_lazy("our own address was not accepted")),
    ("1.", gettext_lazy("the address is unknown")),
    ("2.1", gettext_lazy("the mailbox is closed")),
    ("2.2", gettext_lazy("the mailbox is full")),
    ("2.", gettext_lazy("the mailbox does not take mail")),
    ("3.", gettext_lazy("the receiver's mail server is not working")),
    ("4.", gettext_lazy("the receiver's mail server could not be reached")),
    ("7.", gettext_lazy("the receiver's mail server refused it")),
)


def bounce_words(error: str) -> str:
    """`the address is unknown`: from a status code (`5.1.1`), or the kind of error when it never left us."""
    code = error.partition(".")[2]
    found = next((words for beginning, words in _STATUS if code.startswith(beginning)), None)
    return str(found) if found is not None and error[:1] in "45" else _("the reason is not known")
