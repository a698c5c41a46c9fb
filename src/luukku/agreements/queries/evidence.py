"""What the system sees by itself of each criterion of the common mark. Numbers and the network's open facts; no customer."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from luukku.agreements.enums import CostSharing, Criterion
from luukku.agreements.models import Agreement, Party
from luukku.catalogue.models import ServiceProvider
from luukku.core.months import ended_months
from luukku.core.registries import measures
from luukku.core.translated import LANGUAGES
from luukku.core.ui.times import date_text
from luukku.desk.queries.matters import matters_by_service, new_matters
from luukku.network.enums import Role
from luukku.network.models import Organisation, Seat

LOCAL = ("municipality", "municipal-unit", "joint-municipal-authority", "development-company")
EMPLOYMENT, STATE, FINANCIER = "employment-authority", "state-regional-office", "finnvera"
STARTING = "starting"  # the service group of founding advice
MOST_STEERING = 10


@dataclass(frozen=True)
class Evidence:
    """`texts`: what is seen, a line each, by language."""

    code: Criterion
    seen: bool
    texts: dict[str, str]


def evidence_of(agreement: Agreement) -> list[Evidence]:
    """All eight, in their order. A fixed number of statements, whatever the number of parties."""
    parties = list(Party.objects.standing(timezone.localdate()).filter(agreement=agreement).select_related("organisation__type").order_by("id"))
    return [_looked(code, look, agreement, parties) for code, look in _LOOKS]


def _looked(code: Criterion, look: "_Look", agreement: Agreement, parties: list[Party]) -> Evidence:
    seen, texts = False, {}
    for language in LANGUAGES:
        with override(language):
            seen, lines = look(agreement, parties)
            texts[language] = "\n".join(lines)
    return Evidence(code, seen, texts)


def _organised(agreement: Agreement, parties: list[Party]) -> tuple[bool, list[str]]:
    types = [each.organisation.type.code for each in parties]
    wanted = {
        _("Municipality, joint authority or development company"): LOCAL,
        _("Employment office or area"): (EMPLOYMENT,),
        _("The state's regional office"): (STATE,),
    }
    found = {name: [str(each.organisation.name) for each in parties if each.organisation.type.code in codes] for name, codes in wanted.items()}
    lines = [f"{name}: {', '.join(names) or _('none')}" for name, names in found.items()]
    others = len(types) - sum(len(names) for names in found.values())
    return all(found.values()), [*lines, _("Other parties: %(n)s") % {"n": others}]


def _whole(agreement: Agreement, parties: list[Party]) -> tuple[bool, list[str]]:
    given = ServiceProvider.objects.filter(region=agreement.region_id, organisation__in=[each.organisation_id for each in parties])
    found = given.filter(service__deactivated_at=None, service__published_at__isnull=False).aggregate(
        all=Count("service", distinct=True),
        founding=Count("service", filter=Q(service__group__code=STARTING), distinct=True),
        developing=Count("service", filter=~Q(service__group__code=STARTING), distinct=True),
        state=Count("service", filter=Q(organisation__type__code=STATE), distinct=True),
        finance=Count("service", filter=Q(organisation__type__code=FINANCIER), distinct=True),
    )
    lines = [
        _("Services that the parties give: %(n)s") % {"n": found["all"]}, _("of which founding advice: %(n)s") % {"n": found["founding"]},
        _("for operating companies: %(n)s") % {"n": found["developing"]}, _("of the state's regional office: %(n)s") % {"n": found["state"]},
        _("of Finnvera: %(n)s") % {"n": found["finance"]},
    ]  # fmt: skip
    return all(found.values()), lines


def _coordinated(agreement: Agreement, parties: list[Party]) -> tuple[bool, list[str]]:
    seats = Seat.objects.on(timezone.localdate()).filter(region=agreement.region_id, role=Role.COORDINATOR, person__deactivated_at=None)
    people = list(seats.select_related("person").order_by("id"))
    lines = [_("Coordinating organisation: %(name)s") % {"name": agreement.coordinating or _("none")}]
    for seat in people:
        since = {"name": seat.person.name, "since": date_text(seat.valid_from, year=True)} if seat.valid_from else None
        lines.append(_("Coordinator: %(name)s, since %(since)s") % since if since else _("Coordinator: %(name)s") % {"name": seat.person.name})
    return bool(people and agreement.coordinating), lines if people else [*lines, _("The coordinator's seat is empty.")]


def _steered(agreement: Agreement, parties: list[Party]) -> tuple[bool, list[str]]:
    if agreement.steering_id is None:
        return False, [_("No steering group has been named in the agreement.")]
    with connection.cursor() as cursor:
        cursor.execute("select members, chairs, from_business from wall.agreements_steering(%s)", [agreement.pk])
        members, chairs, business = cursor.fetchone()
    led = bool(business) or (bool(chairs) and agreement.chair_from_business)
    lines = [ngettext("%(n)s member", "%(n)s members", members) % {"n": members}]
    lines.append(_("The chair comes from business.") if led else _("That the chair comes from business is not seen."))
    return 0 < members <= MOST_STEERING and bool(chairs) and led, lines


def _named(agreement: Agreement, parties: list[Party]) -> tuple[bool, list[str]]:
    today = timezone.localdate()
    here = Q(seats__region=agreement.region_id) | Q(seats__region=None)
    held = Q(seats__person__deactivated_at=None) & (Q(seats__valid_until=None) | Q(seats__valid_until__gte=today)) & here
    ids = {each.signer_id for each in parties} | {each.organisation_id for each in parties}
    people = dict(Organisation.objects.filter(pk__in=ids).annotate(n=Count("seats__person", filter=held, distinct=True)).values_list("pk", "n"))
    bare = [str(each.organisation.name) for each in parties if not (people.get(each.organisation_id) or people.get(each.signer_id))]
    total = sum(people.get(each.organisation_id, 0) for each in parties)
    lines = [_("Named people of the parties: %(n)s") % {"n": total}]
    return not bare and bool(parties), [*lines, _("Nobody named: %(names)s") % {"names": ", ".join(bare)}] if bare else lines


def _shared(agreement: Agreement, parties: list[Party]) -> tuple[bool, list[str]]:
    if agreement.cost_sharing == CostSharing.NONE:
        return False, [_("How the costs are shared has not been agreed.")]
    return True, [str(CostSharing(agreement.cost_sharing).label)]


def _followed(agreement: Agreement, parties: list[Party]) -> tuple[bool, list[str]]:
    """How many customers, what was advised on, feedback, customers guided to each other: of the last twelve whole months."""
    region, months = agreement.region_id, ended_months(12)
    came, advised = new_matters(region, months), len(matters_by_service(region, months))
    _face, answers = measures["desk.face"].compute(region, months)
    handed, _of = measures["desk.handovers_made"].compute(region, months)
    lines = [
        _("Matters of customers: %(n)s") % {"n": came}, _("services that were advised on: %(n)s") % {"n": advised},
        _("answers to how it went: %(n)s") % {"n": answers}, _("customers guided to each other: %(n)s") % {"n": int(handed or 0)},
    ]  # fmt: skip
    return bool(came and advised and answers and handed), lines


def _one_voice(agreement: Agreement, parties: list[Party]) -> tuple[bool, list[str]]:
    region = agreement.region
    lines = [_("How the network communicates is decided.") if agreement.one_voice else _("How the network communicates has not been decided.")]
    lines.append(_("The region's own public page is open.") if region.is_live else _("The region's own public page is not open."))
    return agreement.one_voice, lines


_Look = Callable[[Agreement, list[Party]], tuple[bool, list[str]]]
_LOOKS: tuple[tuple[Criterion, _Look], ...] = (
    (Criterion.ORGANISED, _organised), (Criterion.WHOLE, _whole), (Criterion.COORDINATED, _coordinated), (Criterion.STEERED, _steered),
    (Criterion.NAMED, _named), (Criterion.SHARED, _shared), (Criterion.FOLLOWED, _followed), (Criterion.ONE_VOICE, _one_voice),
)  # fmt: skip
