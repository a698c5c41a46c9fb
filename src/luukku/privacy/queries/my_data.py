"""A customer's own data page: what she has agreed to, who has what about her. A fixed number of statements."""

from dataclasses import dataclass
from datetime import date

from luukku.core.actor import Actor
from luukku.customers.access import consent_text, looks_at, visible_consents
from luukku.customers.enums import ConsentKind
from luukku.customers.models import Consent, ConsentText
from luukku.desk.models import Case
from luukku.network.models import Organisation
from luukku.privacy.models import Erasure
from luukku.privacy.queries.passing import Holder, holders, parties


@dataclass(frozen=True)
class ConsentLine:
    """A consent with the names of the organisations it names, and the number of the matter it is about, if one."""

    consent: Consent
    named: list[str]

    @property
    def in_force(self) -> bool:
        return self.consent.withdrawn_at is None


@dataclass(frozen=True)
class Consents:
    """All of a customer's, newest first, with the words to agree to and the parties that can be named."""

    lines: list[ConsentLine]
    texts: dict[str, ConsentText]
    parties: list[Organisation]

    @property
    def passing(self) -> list[ConsentLine]:
        return [each for each in self.lines if each.in_force and each.consent.kind == ConsentKind.PASSING]

    @property
    def statistics(self) -> ConsentLine | None:
        return next((each for each in self.lines if each.in_force and each.consent.kind == ConsentKind.STATISTICS), None)

    @property
    def former(self) -> list[ConsentLine]:
        return [each for each in self.lines if not each.in_force]


def consents_of(actor: Actor, case: Case) -> Consents:
    """Consents of the case's customer. Five statements. The network is that of the case's region."""
    assert case.customer_id is not None
    rows = visible_consents(actor).filter(customer_id=case.customer_id)
    found = list(rows.select_related("text", "region", "recorded_by", "withdrawal_by").order_by("-id"))
    network = parties(case.region_id)
    names = {each.pk: str(each.name) for each in network}
    wanted = {pk for each in found for pk in each.organisations} - set(names)
    if wanted:
        names |= {each.pk: str(each.name) for each in Organisation.objects.filter(pk__in=wanted)}
    lines = [ConsentLine(each, sorted(names[pk] for pk in each.organisations if pk in names)) for each in found]
    return Consents(lines, {kind: consent_text(kind) for kind in ConsentKind.values}, network)


@dataclass(frozen=True)
class Looked:
    """A person of the network who has opened something of hers, and on which days, the last one first."""

    name: str
    organisation: str
    what: str
    days: list[date]


def who_has_looked(actor: Actor, case: Case, most: int = 200) -> list[Looked]:
    """One statement; the latest first."""
    assert case.customer_id is not None
    found: dict[tuple[str, str, str], Looked] = {}
    for look in looks_at(actor, case.customer_id)[:most]:
        organisation = str(look.organisation.name) if look.organisation is not None else ""
        key = (look.person.name, organisation, str(look.get_what_display()))
        days = found.setdefault(key, Looked(*key, [])).days
        if look.day not in days:
            days.append(look.day)
    return list(found.values())


def who_has_what(actor: Actor, case: Case, consents: Consents) -> list[Holder]:
    """Which organisations have or may read what of the case's customer."""
    assert case.customer_id is not None
    return holders(actor, case.customer_id, [line.consent for line in consents.lines])


def erasure_of(actor: Actor, case: Case) -> Erasure | None:
    """What became of her wish to have this matter forgotten; None without one. One statement."""
    return Erasure.objects.filter(matter=case.pk, readers__overlap=list(actor.principals)).first()
