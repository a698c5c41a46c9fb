"""The house looks at each network, tells kindly what is lacking, and those who keep a network write down what was talked about and agreed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.months import ended_months
from luukku.core.registries import measures
from luukku.core.submissions import once
from luukku.core.watching import network_points
from luukku.governance.access import can_keep_network
from luukku.governance.models import NetworkTalk, NetworkWatch, TalkStep
from luukku.governance.models.networks import VISITS, TalkKind
from luukku.governance.queries.figures import counted
from luukku.governance.queries.networks import stage_of
from luukku.network.access import require
from luukku.network.enums import Role
from luukku.network.models import Person, Region, Seat

LONGEST = 20_000  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkForm:
    """What a talk or a visit ends with; `steps` are words and the day by which."""

    kind: TalkKind
    day: date
    summary: str
    met: Person | None = None
    steps: Sequence[tuple[str, date | None]] = ()


def watch(*, by: Actor, today: date | None = None) -> int:
    """Look at every region of today; returns how many have something lacking that had it before. Their keepers get a mail. For the house alone."""
    if by.kind != "house":
        raise NotAllowed
    day = today or timezone.localdate()
    regions = list(Region.objects.on(day).order_by("pk").values_list("pk", flat=True))
    states = {key: point.state(regions, day) for key, point in network_points.items()}
    before = {each.region_id: each for each in NetworkWatch.objects.filter(region__in=regions)}
    worse = 0
    for region in regions:
        points = {key: bool(state[region]) for key, state in states.items()}
        worse += _write(region, points, before.get(region), day)
    with connection.cursor() as cursor:  # periods of seats end by themselves
        cursor.execute("update governance_networktalk t set readers = '{}' where t.readers is distinct from wall.governance_talk_readers(t)")
    return worse


def _write(region: int, points: dict[str, bool], old: NetworkWatch | None, day: date) -> bool:
    since = {key: (old.since.get(key) if old else None) or day.isoformat() for key, there in points.items() if not there}
    face, faces = measures["desk.face"].compute(region, ended_months(12, day)) if "desk.face" in dict(measures.items()) else (None, 0)
    values = {"points": points, "since": since, "stage": stage_of(points), "face": face, "faces": faces}
    values |= {"figures": counted(region, day), "counted_at": timezone.now()}
    NetworkWatch.objects.update_or_create(region_id=region, defaults=values)
    lost = old is not None and any(old.points.get(key) and not there for key, there in points.items())
    if lost:
        _tell(region, day)
    return lost


def _tell(region: int, day: date) -> None:
    seats = Seat.objects.on(day).filter(person__deactivated_at=None)
    contacts = seats.filter(role=Role.AREA_CONTACT, area__region_spells__region=region, area__region_spells__valid_until=None)
    coordinators = seats.filter(role=Role.COORDINATOR, region=region)
    people = {*contacts.values_list("person", flat=True), *coordinators.values_list("person", flat=True)}
    found = Region.objects.get(pk=region)
    for person in sorted(people):
        mail.queue("governance.network", found, person=person)


def write_talk(*, by: Actor, region: Region, form: TalkForm, submit_key: str | None = None) -> NetworkTalk:
    """Write down a talk or a visit, with what was agreed. Raises NotAllowed, RuleBroken."""
    writer = by.person_id
    if writer is None or not can_keep_network(by, region.pk):
        raise NotAllowed
    summary = form.summary.strip()
    if not summary:
        raise RuleBroken(_("Write a summary: it is what the visit ends with."), field="summary")
    if len(summary) > LONGEST:
        raise RuleBroken(_("The summary is too long. Shorten it."), field="summary")
    if form.kind in VISITS and not any(words.strip() for words, _day in form.steps):
        raise RuleBroken(_("Write what was agreed to be done next: every visit ends with a step."), field="step1")
    if form.day > timezone.localdate():
        raise RuleBroken(_("Write it down when it has been. What is to come stands in the annual clock."), field="day")

    def make() -> int:
        talk = NetworkTalk.objects.create(region=region, kind=form.kind, day=form.day, person_id=writer, met=form.met, summary=summary)
        steps = ((words.strip()[:200], day) for words, day in form.steps)
        TalkStep.objects.bulk_create(TalkStep(talk=talk, words=words, by_day=day) for words, day in steps if words)
        trail.record("network.talked", talk, by=by, region_id=region.pk, kind=form.kind.value, day=form.day)
        return talk.pk

    with transaction.atomic():
        return NetworkTalk.objects.get(pk=once(submit_key, make, "network talk", region.pk, summary))


def step_done(*, by: Actor, step: TalkStep) -> None:
    """What was agreed has been done. Raises NotAllowed."""
    require(can_keep_network(by, step.talk.region_id))
    with transaction.atomic():
        if TalkStep.objects.filter(pk=step.pk, done_at=None).update(done_at=timezone.now()):
            trail.record("network.step_done", step.talk, by=by, region_id=step.talk.region_id)


def people_to_meet(region: Region, day: date) -> Iterable[Person]:
    """With whom one may have talked: the region's coordinators and chairs."""
    seats = Seat.objects.on(day).filter(region=region, role__in=(Role.COORDINATOR, Role.STEERING_CHAIR))
    return Person.objects.active().filter(pk__in=seats.values("person"))
