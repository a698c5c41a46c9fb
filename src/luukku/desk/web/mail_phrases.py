"""Mail in plain words: what is wrong with a mailbox, why a file was not kept."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.desk.models import Fate

_TROUBLE: dict[str, tuple[Promise, Promise]] = {
    "unreachable": (
        gettext_lazy("The mail server does not answer."),
        gettext_lazy("Check the server's name and port, and that a firewall lets the connection through."),
    ),
    "tls": (
        gettext_lazy("The connection could not be protected."),
        gettext_lazy("Check the kind of protection and the port. The server's certificate must be valid for its name."),
    ),
    "login": (
        gettext_lazy("The server does not accept the user and the password."),
        gettext_lazy("Give them again. Some providers ask for an app password."),
    ),
    "folder": (gettext_lazy("The folder is not there."), gettext_lazy("Check its name, or make it on the server.")),
    "disk": (gettext_lazy("The disk of files is full."), gettext_lazy("Make room. The mails wait in the mailbox meanwhile.")),
    "store": (gettext_lazy("Files cannot be written."), gettext_lazy("Check the folder of files: luukku doctor tells more.")),
    "rule": (gettext_lazy("The door cannot take needs in."), gettext_lazy("Check that it is open and that its region has a front desk.")),
    "database": (gettext_lazy("The database did not take a mail."), gettext_lazy("It is tried again. If this stays, see the worker's log.")),
    "code": (gettext_lazy("A mail could not be taken in."), gettext_lazy("It is tried again. If this stays, see the worker's log.")),
}
_BROKEN = (gettext_lazy("The mail server answered in a way that could not be understood."), gettext_lazy("It is tried again by itself."))
_REFUSED: dict[str, Promise] = {
    "type": gettext_lazy("a type we cannot take"),
    "empty": gettext_lazy("empty"),
    "many": gettext_lazy("too many files in one e-mail"),
}
_FATES: dict[str, Promise] = {
    Fate.BOUNCE: gettext_lazy("Says that a mail did not get through, but not which one"),
    Fate.AWAY: gettext_lazy("Looks like an automatic answer"),
    Fate.LIST: gettext_lazy("Looks like a mailing list"),
    Fate.OWN: gettext_lazy("Comes from our own address"),
    Fate.LOOP: gettext_lazy("So many from one sender within an hour that it may be a robot"),
    Fate.DROPPED: gettext_lazy("An operator has put it aside"),
}


def trouble_words(code: str) -> tuple[str, str]:
    """What is wrong with a mailbox, and how to mend it."""
    what, mend = _TROUBLE.get(code, _BROKEN)
    return str(what), str(mend)


def fate_words(fate: str) -> str:
    return str(_FATES.get(fate, ""))


def refused_lines(refused: Sequence[dict[str, str]]) -> list[str]:
    """`kuva.exe: a type we cannot take`."""
    return [f"{each['name']}: {_size_words() if each['why'] == 'size' else _REFUSED.get(each['why'], '')}" for each in refused]


def _size_words() -> str:
    return _("bigger than %(limit)s MB") % {"limit": settings.LUUKKU_FILE_MAX_MB}
