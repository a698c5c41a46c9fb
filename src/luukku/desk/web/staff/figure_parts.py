"""The board of the promise: what was promised, how it was kept by clock, by organisation and by month, each with its n."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luukku.core.actor import Actor
from luukku.core.months import ended_months
from luukku.desk.enums import ClockKind
from luukku.desk.queries.promise import Kept
from luukku.desk.queries.promise_months import MonthFigure, promise_months
from luukku.network.models import Organisation, Region

MONTHS = 12
THIN = 10  # below this a share says little, and is shown pale
NAMES = {
    ClockKind.TAKEN_UP: gettext_lazy("Taken up in time"),
    ClockKind.INFORMED: gettext_lazy("Kept informed"),
    ClockKind.GUIDED: gettext_lazy("Guided, not sent away"),
}


@dataclass(frozen=True)
class Row:
    """A share with its n; `thin` where there is little to stand on. `width` is the bar's, 0–100."""

    name: str
    kept: Kept
    month: date | None = None

    @property
    def thin(self) -> bool:
        return self.kept.of < THIN

    @property
    def width(self) -> int:
        return round((self.kept.share or 0) * 100)

    @property
    def percent(self) -> str:
        return f"{self.width}\u00a0%" if self.kept.of else "–"

    @property
    def of_text(self) -> str:
        return ngettext("%(n)s limit", "%(n)s limits", self.kept.of) % {"n": self.kept.of}


@dataclass(frozen=True)
class ClockRow:
    kind: ClockKind
    row: Row
    promise: str


@dataclass(frozen=True)
class Chart:
    """A line over the months: places as SVG wants them (texts, so that no locale puts commas in), the same numbers as in the table beside it."""

    points: list[str]
    dots: list[tuple[str, str, bool]]
    ticks: list[tuple[str, str, str]]
    labels: list[tuple[str, str]]
    last: str
    last_y: str
    title: str


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation's share over all clocks, and of each clock in the order of the board's; None where it has had no such limit."""

    row: Row
    clocks: list[Row | None]


@dataclass(frozen=True)
class Board:
    region: Region
    whole: list[MonthFigure]  # all months together
    figures: list[MonthFigure]  # each month
    names: dict[int, str]
    clocks: list[ClockRow]
    organisations: list[OrganisationRow]
    months: list[Row]
    chart: Chart | None

    @property
    def of_whole(self) -> int:
        """Limits of all months together."""
        return sum(figure.kept.of for figure in self.whole)

    @property
    def of_months(self) -> int:
        """Those that stand at a month: fewer than five of a kind of another organisation stand only in the whole."""
        return sum(figure.kept.of for figure in self.figures)


def board_of(actor: Actor, region: Region) -> Board:
    """The twelve months that ended last. Two statements besides the region's."""
    period = ended_months(MONTHS)
    found = promise_months(actor, region, period)
    names = {each.pk: str(each.name) for each in Organisation.objects.filter(pk__in={figure.organisation_id for figure in found})}
    whole, figures = [each for each in found if each.month is None], [each for each in found if each.month is not None]
    by_month = _totals((each.month, each.kept) for each in figures)
    months = [Row(date_format(month, "F Y"), by_month.get(month, Kept(0, 0)), month) for month in period.starts]
    clocks = _clocks(region, whole)
    return Board(region, whole, figures, names, clocks, _by_organisation(whole, names, [each.kind for each in clocks]), months, _chart(months))


def _clocks(region: Region, figures: Sequence[MonthFigure]) -> list[ClockRow]:
    days = {ClockKind.TAKEN_UP: region.taken_up_days, ClockKind.INFORMED: region.informed_days, ClockKind.GUIDED: region.guided_days}
    total = _totals((each.kind, each.kept) for each in figures)
    shown = []
    for kind in (ClockKind.TAKEN_UP, ClockKind.INFORMED, ClockKind.GUIDED):
        if kind is ClockKind.GUIDED and kind.value not in total:
            continue
        promise = ngettext("within %(n)s working day", "within %(n)s working days", days[kind]) % {"n": days[kind]}
        shown.append(ClockRow(kind, Row(str(NAMES[kind]), total.get(kind.value, Kept(0, 0))), promise))
    return shown


def _totals(pairs: Iterable[tuple[object, Kept]]) -> dict[object, Kept]:
    total: dict[object, Kept] = defaultdict(lambda: Kept(0, 0))
    for key, kept in pairs:
        total[key] = Kept(total[key].kept + kept.kept, total[key].of + kept.of)
    return dict(total)


def _by_organisation(figures: Sequence[MonthFigure], names: dict[int, str], kinds: Sequence[ClockKind]) -> list[OrganisationRow]:
    whole = _totals((each.organisation_id, each.kept) for each in figures)
    each_clock = _totals(((each.organisation_id, each.kind), each.kept) for each in figures)
    rows = []
    for organisation_id, kept in whole.items():
        found = [each_clock.get((organisation_id, kind.value)) for kind in kinds]
        clocks = [Row(str(NAMES[kind]), of_kind) if of_kind else None for kind, of_kind in zip(kinds, found, strict=True)]
        rows.append(OrganisationRow(Row(names.get(int(str(organisation_id)), ""), kept), clocks))
    return sorted(rows, key=lambda each: (-each.row.kept.of, each.row.name))


LEFT, RIGHT, TOP, BOTTOM = 44.0, 494.0, 16.0, 194.0


def _chart(months: Sequence[Row]) -> Chart | None:
    """The line from the lowest round figure to 100 %; months without limits leave a gap. None when fewer than two months have any."""
    shares = [row.kept.share for row in months]
    known = [share for share in shares if share is not None]
    if len(known) < 2:
        return None
    low = min(90, int(min(known) * 10) * 10)
    step = 5 if low >= 80 else 10 if low >= 50 else 20

    def x(at: int) -> str:
        return f"{LEFT + (RIGHT - LEFT) * at / (len(months) - 1):.1f}"

    def y(percent: float, down: int = 0) -> str:
        return f"{BOTTOM - (BOTTOM - TOP) * (percent - low) / (100 - low) + down:.1f}"

    runs: list[list[str]] = [[]]
    dots: list[tuple[str, str, bool]] = []
    for at, share in enumerate(shares):
        if share is None:
            runs.append([])
            continue
        runs[-1].append(f"{x(at)},{y(share * 100)}")
        dots.append((x(at), y(share * 100), months[at].thin))
    ticks = [(y(percent), y(percent, 5), str(percent)) for percent in range(low, 101, step)]
    labels = [(x(at), str(row.month.month)) for at, row in enumerate(months) if row.month]
    title = _("Promise kept by month, from %(low)s to %(high)s per cent") % {"low": round(min(known) * 100), "high": round(max(known) * 100)}
    return Chart(
        [" ".join(run) for run in runs if len(run) > 1], dots, ticks, labels, f"{round(known[-1] * 100)}\u00a0%", y(known[-1] * 100, 5), title
    )


def month_rows(board: Board) -> list[list[str]]:
    """Every figure of the board as cells, all months together last."""
    return [
        [
            each.month.strftime("%Y-%m") if each.month else _("Twelve months"), str(NAMES[ClockKind(each.kind)]),
            board.names.get(each.organisation_id, ""), str(each.kept.kept),
            str(each.kept.of), str(round((each.kept.share or 0) * 100)) if each.kept.of else "",
        ]
        for each in [*board.figures, *board.whole]
    ]  # fmt: skip
