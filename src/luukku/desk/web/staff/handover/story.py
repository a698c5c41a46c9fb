"""Turns of a handover in the case's history, in plain phrases."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_SAID: dict[str, tuple[Promise | str, Promise | str]] = {
    "proposed": (gettext_lazy("Asked the customer about a handover to %(name)s"), gettext_lazy("Asked the customer about a handover")),
    "sent": (gettext_lazy("Handed over to %(name)s"), gettext_lazy("Handed over with care")),
    "asked": (gettext_lazy("%(name)s asked before answering"), gettext_lazy("The receiver asked before answering")),
    "answered": (gettext_lazy("Answered the question of %(name)s"), gettext_lazy("Answered the receiver's question")),
    "accepted": (gettext_lazy("%(name)s accepted"), gettext_lazy("The receiver accepted")),
    "declined": (gettext_lazy("%(name)s could not take it"), gettext_lazy("The receiver could not take it")),
    "contacted": (gettext_lazy("%(name)s contacted the customer: the handover is complete"), gettext_lazy("The handover is complete")),
    "finished": (gettext_lazy("%(name)s finished its part"), gettext_lazy("The outside organisation finished its part")),
    "meeting": (gettext_lazy("A meeting of three about the handover to %(name)s"), gettext_lazy("A meeting of three")),
    "unreached": (gettext_lazy("The mail with the link to %(name)s came back"), gettext_lazy("The mail with the link came back")),
    "readdressed": (gettext_lazy("A new link was sent to %(name)s"), gettext_lazy("A new link was sent to the receiver")),
    "meeting_off": (gettext_lazy("The meeting of three about the handover to %(name)s is off"), gettext_lazy("The meeting of three is off")),
    "met": (gettext_lazy("All three met: a warm handover to %(name)s"), gettext_lazy("All three met: a warm handover")),
    "not_met": (gettext_lazy("The three did not meet about the handover to %(name)s"), gettext_lazy("The three did not meet")),
    "trimmed": (gettext_lazy("The customer changed what is passed to %(name)s"), gettext_lazy("The customer changed what is passed")),
}


def _say(pair: tuple[Promise | str, Promise | str]) -> Callable[[dict[str, Any], dict[int, str]], str]:
    def said(facts: dict[str, Any], names: dict[int, str]) -> str:
        name = names.get(-int(facts.get("handover") or 0), "")
        return str(pair[0]) % {"name": name} if name else str(pair[1])

    return said


def _withdrawn(facts: dict[str, Any], names: dict[int, str]) -> str:
    return _("The customer did not want the handover") if facts.get("by_customer") else _("The handover was taken back")


SPOKEN = {f"handover.{turn}": _say(pair) for turn, pair in _SAID.items()} | {"handover.withdrawn": _withdrawn}
