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
    nameless = _members(met) if met else {}
    ids = {pk for each in consents for pk in (*each.organisations, *each.allowed)}
    known = {each.pk: each for each in Organisation.objects.filter(pk__in=ids)}
    coming = {each.series_id: each for each in CaseMeeting.objects.coming().filter(series__in=[each.series_id for each in consents])}
    words = [_word(each, known, coming.get(each.series_id)) for each in consents]
    steps: dict[int, list[MeetingStep]] = {item: [] for item in spoken}
    for step in visible_steps(actor).filter(item__in=steps).select_related("person").order_by("id") if steps else ():
        steps[step.item_id].append(step)
    allowed = {word.consent.item_id: [str(each.name) for each in word.allowed] for word in words}
    found = {
        item: Discussed(allowed.get(item, []) if event.facts.get("named") else nameless.get(int(str(event.facts["meeting"])), []), steps[item])
        for item, event in spoken.items()
    }
    return Talks(words, found)


def _word(consent: MeetingConsent, known: dict[int, Organisation], coming: CaseMeeting | None) -> Word:
    asked, allowed = ([known[pk] for pk in ids if pk in known] for ids in (consent.organisations, consent.allowed))
    return Word(consent, asked, allowed, coming)


def _members(meetings: set[int]) -> dict[int, list[str]]:
    """The names of those who meet, by meeting."""
    series = dict(CaseMeeting.objects.filter(pk__in=meetings).values_list("pk", "series_id"))
    names: dict[int, list[str]] = {each: [] for each in series.values()}
    for party in MeetingParty.objects.filter(series__in=names).select_related("organisation").order_by("position", "id"):
        names[party.series_id].append(str(party.organisation.name))
    return {meeting: names[of] for meeting, of in series.items()}
