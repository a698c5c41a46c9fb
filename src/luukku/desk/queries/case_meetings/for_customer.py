"""What a customer sees of case meetings: who asks to know her matter, whom she lets, and what was decided as the next step. Never minutes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from luukku.core.actor import Actor
from luukku.desk.access.case_meetings import visible_consents, visible_steps
from luukku.desk.models import Case, CaseMeeting, MeetingConsent, MeetingParty, MeetingStep
from luukku.desk.models.meeting_kinds import OpeningState
from luukku.desk.queries.happened import Happened
from luukku.network.models import Organisation


@dataclass(frozen=True)
class Word:
    """Her consent to one meeting's listing: asked of whom, whom she lets, and when the organisations meet next."""

    consent: MeetingConsent
    asked: list[Organisation]
    allowed: list[Organisation]
    coming: CaseMeeting | None

    @property
    def is_asked(self) -> bool:
        return self.consent.state == OpeningState.ASKED

    @property
    def is_given(self) -> bool:
        return self.consent.state == OpeningState.GIVEN

    @property
    def can_answer(self) -> bool:
        return self.consent.state != OpeningState.ENDED


@dataclass(frozen=True)
class Discussed:
    """That her matter was discussed: by which organisations, and who does what next."""

    organisations: list[str]
    steps: list[MeetingStep]


@dataclass(frozen=True)
class Talks:
    words: list[Word] = field(default_factory=list)
    discussed: dict[int, Discussed] = field(default_factory=dict)  # by listed matter


def talks_of(actor: Actor, case: Case, told: Iterable[Happened]) -> Talks:
    """Nothing is asked where the trail tells of no meeting; else six statements at most."""
    events = [event for event in told if event.action.startswith("case.meeting_") or event.action == "case.discussed"]
    if not events:
        return Talks()
    consents = list(visible_consents(actor).filter(case=case).select_related("series__region", "written_by").order_by("-id"))
    spoken = {int(str(event.facts["item"])): event for event in events if event.action == "case.discussed"}
    met = {int(str(event.facts["meeting"])) for event in spoken.values()}
    present = _present(met) if met else {}
    ids = {pk for each in consents for pk in (*each.organisations, *each.allowed)}
    known = {each.pk: each for each in Organisation.objects.filter(pk__in=ids)}
    coming = {each.series_id: each for each in CaseMeeting.objects.coming().filter(series__in=[each.series_id for each in consents])}
    words = [_word(each, known, coming.get(each.series_id)) for each in consents]
    steps: dict[int, list[MeetingStep]] = {item: [] for item in spoken}
    for step in visible_steps(actor).filter(item__in=steps).select_related("person").order_by("id") if steps else ():
        steps[step.item_id].append(step)
    by_item = {each.item_id: each for each in consents}
    found = {
        item: Discussed([name for pk, name in present.get(int(str(event.facts["meeting"])), []) if _knew(event, by_item.get(item), pk)], steps[item])
        for item, event in spoken.items()
    }
    return Talks(words, found)


def _knew(event: Happened, consent: MeetingConsent | None, organisation_id: int) -> bool:
    """Of a matter discussed by name: those that she allowed, and those that work on it themselves."""
    if not event.facts.get("named") or consent is None:
        return True
    return organisation_id in consent.allowed or organisation_id not in consent.organisations


def _word(consent: MeetingConsent, known: dict[int, Organisation], coming: CaseMeeting | None) -> Word:
    asked, allowed = ([known[pk] for pk in ids if pk in known] for ids in (consent.organisations, consent.allowed))
    return Word(consent, asked, allowed, coming)


def _present(meetings: set[int]) -> dict[int, list[tuple[int, str]]]:
    """The organisations whose people were present, by meeting; all that meet where nobody was ticked."""
    held = list(CaseMeeting.objects.filter(pk__in=meetings))
    parties = MeetingParty.objects.filter(series__in=[each.series_id for each in held]).select_related("organisation").prefetch_related("members")
    found: dict[int, list[tuple[int, str]]] = {}
    rows = list(parties.order_by("position", "id"))
    for meeting in held:
        here = [party for party in rows if party.series_id == meeting.series_id]
        came = [party for party in here if {member.person_id for member in party.members.all()} & set(meeting.present)]
        found[meeting.pk] = [(party.organisation_id, str(party.organisation.name)) for party in came or here]
    return found
