"""What a lower module must know of a higher one, told at start: each module's AppConfig.ready() registers what it offers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from luukku.core.actor import Actor
from luukku.core.months import Months

T = TypeVar("T")


class Registry(Generic[T]):
    """A named list that is filled at start and read afterwards. Registering a key twice is an error."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, T] = {}

    def register(self, key: str, entry: T) -> None:
        if key in self._entries:
            raise ValueError(f"{self.name}: {key} is registered already")
        self._entries[key] = entry

    def __getitem__(self, key: str) -> T:
        return self._entries[key]

    def __iter__(self) -> "Iterable[T]":
        return iter(self._entries.values())

    def items(self) -> list[tuple[str, T]]:
        return sorted(self._entries.items())

    def all(self) -> list[T]:
        return [entry for _, entry in self.items()]


@dataclass(frozen=True)
class NavItem:
    """A link of the navigation: `shown` decides for whom. `place` is staff (the row that stands in sight, then the menu), menu (only
    the menu), staff-act, staff-search, public or footer; `group` says under which heading of the staff's menu it stands."""

    label: str | Promise
    url_name: str
    place: str
    order: int
    shown: Callable[[Actor], bool]
    icon: str = ""
    group: str = ""

    @cached_property
    def url(self) -> str:
        """Its address, found once: each page shows a dozen."""
        return reverse(self.url_name)


@dataclass(frozen=True)
class SearchHit:
    title: str
    detail: str
    url: str
    kind: str
    due_at: datetime | None = None  # when its nearest clock runs out, and what it asks for
    due: str = ""


@dataclass(frozen=True)
class SearchSource:
    """Something the staff's one search box looks into; what is but nearly so, only when nothing has been found before it."""

    label: str
    order: int
    find: Callable[[Actor, str, int], Sequence[SearchHit]]
    if_nothing: bool = False


@dataclass(frozen=True)
class Check:
    """A self-check of the data: returns sentences about what is wrong, none if all is well. Runs as the house."""

    label: str
    run: Callable[[], Sequence[str]]


@dataclass(frozen=True)
class Measure:
    """A number a module offers: value and how many observations it stands on, for a region and whole months."""

    label: str
    unit: str
    compute: Callable[[int, Months], tuple[float | None, int]]


@dataclass(frozen=True)
class Hold:
    """What must be done before something lower down can be closed: `find` gets its kind (`network.desk`) and id, and returns
    sentences for people, none if nothing holds it (open cases hold a desk)."""

    find: Callable[[str, int], Sequence[str]]


@dataclass(frozen=True)
class CalendarWatcher:
    """Who must know that working time has changed: called in the transaction of the change with the kind (`network.desk`) and id of
    what keeps the hours."""

    changed: Callable[[str, int], None]


@dataclass(frozen=True)
class MunicipalityWatcher:
    """Who keeps things in municipalities: called in the transaction in which one becomes part of another, with the ids of both."""

    merged: Callable[[int, int], None]


@dataclass(frozen=True)
class PeopleFinder:
    """A way to find people in the public directory that only a higher module knows, such as by service.

    `choices` are value and label for a list to pick from; None means that the person writes freely. `person_ids` are those who
    fit, best first; the directory keeps only those whom it may show.
    """

    label: str | Promise
    order: int
    choices: Callable[[], Sequence[tuple[str, str]]] | None
    person_ids: Callable[[str, int | None], Sequence[int]]  # what was picked or written, the region's id if one was chosen
    hint: str | Promise = ""
    is_ranked: bool = False  # the order says how well each fits, and is kept before nearness


@dataclass(frozen=True)
class Panel:
    """A part that a higher module shows on a lower one's page: a template, and what it needs as `shown`, if anything; `aside`: at its end."""

    order: int
    template: str
    context: Callable[..., dict[str, Any] | None]
    aside: bool = False


def shown_panels(registry: "Registry[Panel]", *asked_with: Any, aside: bool = False) -> list[tuple[str, dict[str, Any]]]:
    """Template and content of the panels that have something to show, in their order: of those that are `aside`, or of the others."""
    panels = sorted((panel for panel in registry.all() if panel.aside == aside), key=lambda panel: panel.order)
    found = ((panel, panel.context(*asked_with)) for panel in panels)
    return [(panel.template, shown) for panel, shown in found if shown is not None]


@dataclass(frozen=True)
class LinkOpener:
    """What a secret in an address opens: who its holder is, in the addresses of one module (`namespace`) that begin with `prefix`."""

    prefix: str
    namespace: str
    opens: Callable[[str], Actor | None]


@dataclass(frozen=True)
class CaseWatcher:
    """Who hangs things on a case that desk does not know. `withdrawn` is called when the customer ends her case, before its parts end, with the
    locked case and its parts (desk's `Work`); `pins` tells by a case's key whether something of it cannot be moved to another case."""

    withdrawn: Callable[[Any], None]
    pins: Callable[[int], bool]


@dataclass(frozen=True)
class ContactStep:
    """What may be done with the customer right after her contact was logged, as a second button of the form. `url` is asked with the actor and
    the case; None where it is not for her."""

    label: str | Promise
    order: int
    url: Callable[[Actor, Any], str | None]


@dataclass(frozen=True)
class SegmentColumns:
    """By what else companies are counted beside their segment: `cells` gets the region's id and a day, and returns how many by segment and key of
    every company of the region (none left out, or tables of one region could be reckoned from each other); `name` says a key in words."""

    label: str | Promise
    order: int
    cells: Callable[[int, date], dict[tuple[str, str], int]]
    name: Callable[[str], str]


@dataclass(frozen=True)
class Landing:
    """Where somebody comes to after signing in: the first, by order, whose `url` knows a place for her."""

    order: int
    url: Callable[[Actor], str | None]


@dataclass(frozen=True)
class SignInPanel:
    """A part that another module shows on the sign-in page (the demo's buttons): a template, and what it needs."""

    order: int
    template: str
    context: Callable[[HttpRequest], dict[str, Any]]


navigation: Registry[NavItem] = Registry("navigation")
search_sources: Registry[SearchSource] = Registry("search sources")
checks: Registry[Check] = Registry("checks")
measures: Registry[Measure] = Registry("measures")
holds: Registry[Hold] = Registry("holds")
calendar_watchers: Registry[CalendarWatcher] = Registry("calendar watchers")
municipality_watchers: Registry[MunicipalityWatcher] = Registry("municipality watchers")
# From what an address names (its `region`, its `token`) to the telephone number that its reader may call; empty for none.
helplines: Registry[Callable[[Mapping[str, Any]], str]] = Registry("helplines")
people_finders: Registry[PeopleFinder] = Registry("people finders")
segment_columns: Registry[SegmentColumns] = Registry("columns of the segment analysis")
landings: Registry[Landing] = Registry("landings")
sign_in_panels: Registry[SignInPanel] = Registry("sign-in panels")
region_panels: Registry[Panel] = Registry("panels of a region's staff page")  # asked with the actor and the region
organisation_panels: Registry[Panel] = Registry("panels of an organisation's staff page")  # asked with the actor and the organisation
customer_panels: Registry[Panel] = Registry("panels of a customer's page")  # asked with the actor and the customer
company_panels: Registry[Panel] = Registry("panels of a company's page")  # asked with the actor and the company
case_panels: Registry[Panel] = Registry("panels of a case's staff page")  # asked with the actor and the page (desk's `CasePage`)
# Asked with the actor, the page (`StatusPage`) and what its address names.
status_panels: Registry[Panel] = Registry("panels of a customer's page of her case")
contact_steps: Registry[ContactStep] = Registry("steps after a contact")
links: Registry[LinkOpener] = Registry("links")
case_watchers: Registry[CaseWatcher] = Registry("case watchers")
event_words: Registry[str | Promise] = Registry("words for events of a case")  # by the action of the trail
service_panels: Registry[Panel] = Registry("panels of a service card")  # asked with the service and the region, or None


@dataclass(frozen=True)
class Importer:
    """Reference data that `luukku import NAME` brings in. `run` says in one line what it did."""

    label: str
    run: Callable[[Actor], str]


importers: Registry[Importer] = Registry("importers")


@dataclass(frozen=True)
class FileImporter:
    """A file that `luukku import NAME FILE …` brings in: its arguments, and the work. `run` gets what was asked and two ways to speak, progress
    and answer; it opens its own transactions, and raises RuleBroken with what to mend."""

    label: str
    arguments: Callable[[Any], None]  # an ArgumentParser
    run: Callable[[Any, Callable[[str], None], Callable[[str], None]], None]


file_importers: Registry[FileImporter] = Registry("file importers")
# Database functions `(person id, day) -> principals` that a higher module adds to those of a person's seats.
person_doors: Registry[str] = Registry("doors of a person")


def doors_of(person: str, day: str) -> str:
    """SQL for the principals that a person has besides her seats' own; `person` and `day` are SQL, too."""
    return " || ".join(["'{}'::bigint[]", *(f"{function}({person}, {day})" for function in person_doors.all())])


@dataclass(frozen=True)
class RetentionRule:
    """How long things of one kind are kept: `months` and `basis` are what the product comes with, the network may say otherwise.

    `purpose` says why they are kept at all. `due` counts the things whose time was over before a moment; `take_away` removes what tells who
    anybody is from at most so many of them, as the house, and returns how many it did. What figures stand on stays.
    """

    label: str | Promise
    purpose: str | Promise
    months: int
    basis: str
    due: Callable[[datetime], int]
    take_away: Callable[[datetime, int], int]


@dataclass(frozen=True)
class DueThing:
    """Something that waits for one person: by which day, in her words, and where one does it."""

    day: date
    words: str
    detail: str
    url: str


# What a person has to do, for her list and reminders: asked with the actor; what the actor may not know of is not among them.
due_things: Registry[Callable[[Actor], Sequence[DueThing]]] = Registry("due things")
retention_rules: Registry[RetentionRule] = Registry("retention rules")
# What a higher module adds when cases are made nameless: called with their keys as the house; returns the keys of attachments that must stay.
case_forgetters: Registry[Callable[[Sequence[int]], set[int]]] = Registry("what forgets of cases")
