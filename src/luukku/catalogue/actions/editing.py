"""Service cards change by their editors' hands, with history; a card ends by being taken out of use, never by deletion."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.catalogue.access import can_edit_service
from luukku.catalogue.enums import ON_THE_NET, Validity, WordKind
from luukku.catalogue.models import Service, ServiceWord
from luukku.catalogue.queries.history import versions
from luukku.catalogue.queries.labels import FACTS, TEXTS
from luukku.catalogue.queries.places import reach_of
from luukku.catalogue.queries.word_history import word_changes, words_before
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.trail import record
from luukku.core.translated import LANGUAGES
from luukku.network.access import can_edit_network
from luukku.network.actions.writing import writing

EDITABLE = (*TEXTS, *FACTS, "owner")
LONGEST_WORDS = 600


def edit_service(*, by: Actor, service: Service, values: Mapping[str, Any]) -> Service:
    """Change a card's texts and facts, and its `related` cards; counts as a review.

    To whom a card belongs is for those who keep the network. Raises NotAllowed, RuleBroken without a name in any language.
    """
    _require(by, service)
    changed = [name for name in EDITABLE if name in values and getattr(service, name) != values[name]]
    if "owner" in changed and not can_edit_network(by):
        raise NotAllowed
    for name in changed:
        setattr(service, name, values[name])
    check_card(service, group_is_new="group" in changed)
    if {"validity", "places", "owner"} & set(changed):
        check_reach(service)
    with writing("service.edit", by=by):
        _reviewed(by, service)
        service.save()
        record("service.edited", service, by=by, fields=len(changed))
        if "related" in values and (tied := relate(service, values["related"])):
            record("service.related", service, by=by, cards=tied)
    return service


def check_card(service: Service, *, group_is_new: bool = True) -> None:
    """Raises RuleBroken without a name in any language, for a group out of use, for a link that is no address,
    and when the last day comes before the first."""
    if any(not str(service.channel_links.get(channel.value) or "https://").startswith(("https://", "http://")) for channel in ON_THE_NET):
        raise RuleBroken(_("An address on the net begins with https://."))
    if service.valid_from and service.valid_until and service.valid_until < service.valid_from:
        raise RuleBroken(_("The last day comes before the first."), field="valid_until")
    if not any(getattr(service, f"name_{lang}").strip() for lang in LANGUAGES):
        raise RuleBroken(_("Give the service a name in at least one language."), field="name_fi")
    if group_is_new and service.group.deactivated_at:
        raise RuleBroken(_("The group is out of use. Choose another one."), field="group")


def check_reach(service: Service) -> None:
    """Raises RuleBroken when the card holds nowhere, or somewhere out of its owner's reach; a common card reaches every area and region."""
    if service.validity == Validity.NATIONAL:
        service.places = []
        return
    may_choose = reach_of(service).get(service.validity)
    known = set(may_choose.values_list("pk", flat=True)) if may_choose is not None else set()
    if not service.places:
        raise RuleBroken(_("Choose where in the country the service holds."), field="validity")
    if not known.issuperset(service.places):
        raise RuleBroken(_("The organisation takes no part in all of these places. Choose those where it does."), field="validity")


def relate(service: Service, others: Iterable[Service]) -> int:
    """Tie the card to just these, both ways; returns how many ties changed."""
    wanted, have = {other.pk for other in others} - {service.pk}, set(service.related.values_list("pk", flat=True))
    service.related.add(*wanted - have)
    service.related.remove(*have - wanted)
    return len(wanted ^ have)


def restore_version(*, by: Actor, service: Service, version: int) -> Service:
    """The texts and facts of an earlier version, by its number in the field history, as a new one.

    Whose the card is and whether it is in use stay. Raises NotAllowed, NotFound, RuleBroken when the card says the same already.
    """
    _require(by, service)
    earlier = versions(service).filter(pk=version).first()
    if earlier is None:
        raise NotFound
    values = {name: getattr(earlier, name) for name in (*TEXTS, *FACTS)}
    if all(getattr(service, name) == value for name, value in values.items()):
        raise RuleBroken(_("The card already says this."))
    with writing("service.restore", by=by):
        edit_service(by=by, service=service, values=values)
        record("service.restored", service, by=by, version=version)
    return service


def edit_words(*, by: Actor, service: Service, language: str, kind: str, texts: Sequence[str]) -> int:
    """Replace a card's keywords or everyday phrases in one language; returns how many it has now. Raises NotAllowed, RuleBroken."""
    _require(by, service)
    wanted = list(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))
    too_long = next((text for text in wanted if len(text) > LONGEST_WORDS), None)
    if too_long is not None:
        raise RuleBroken(_("One line is too long: %(start)s… Shorten it.") % {"start": too_long[:40]}, field="texts")
    with writing("service.words", by=by):
        have = ServiceWord.objects.filter(service=service, language=language, kind=kind)
        have.exclude(text__in=wanted).delete()
        taken = set(ServiceWord.objects.filter(service=service, language=language).values_list("text", flat=True))
        ServiceWord.objects.bulk_create([ServiceWord(service=service, language=language, kind=kind, text=t) for t in wanted if t not in taken])
        record("service.words_edited", service, by=by, language=language, kind=WordKind(kind).value, count=len(wanted), in_history=True)
    return len(wanted)


def undo_words(*, by: Actor, service: Service, version: int) -> int:
    """Keywords or phrases as they were before a change, by its number in the words' history, as a new change; returns how many there are now.

    Raises NotAllowed, NotFound, RuleBroken when the card has just these already.
    """
    _require(by, service)
    change = next((each for each in word_changes(service) if each.version == version), None)
    if change is None:
        raise NotFound
    before = words_before(service, change)
    if set(before) == set(service.words.filter(kind=change.kind, language=change.language).values_list("text", flat=True)):
        raise RuleBroken(_("The card already says this."))
    return edit_words(by=by, service=service, language=change.language, kind=change.kind, texts=before)


def mark_reviewed(*, by: Actor, service: Service, on: date | None = None) -> None:
    """The card has been read and is right, today or on an earlier day. Raises NotAllowed, RuleBroken for a day to come."""
    _require(by, service)
    if on is not None and on > timezone.localdate():
        raise RuleBroken(_("That day is still to come."))
    with writing("service.review", by=by):
        _reviewed(by, service)
        service.reviewed_at = on or service.reviewed_at
        service.save(update_fields=["reviewed_at", "reviewed_by"])
        record("service.reviewed", service, by=by)


def take_out_of_use(*, by: Actor, service: Service, out: bool = True) -> None:
    """Show the card no more, or again; cases and figures keep naming it. Raises NotAllowed."""
    _require(by, service)
    with writing("service.use", by=by):
        service.deactivated_at = timezone.now() if out else None
        service.save(update_fields=["deactivated_at"])
        record("service.out_of_use" if out else "service.in_use", service, by=by)


def _reviewed(by: Actor, service: Service) -> None:
    service.reviewed_at = timezone.localdate()
    service.reviewed_by_id = by.person_id


def _require(by: Actor, service: Service) -> None:
    if by.kind != "house" and not can_edit_service(by, service):
        raise NotAllowed
