"""What was answered: counted question by question, nothing of fewer than the survey allows, with earlier rounds and the area beside it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.suppression import told_apart
from luukku.core.translated import LocalText
from luukku.network.models import Organisation
from luukku.surveys.access import answer_rows, can_keep, turnout_of, visible_surveys
from luukku.surveys.enums import SCALED, Kind
from luukku.surveys.models import Survey
from luukku.surveys.models.questions import Content, Question, Value
from luukku.surveys.queries.themes import themed, themes_by_question

ROUNDS = 4  # earlier ones that are shown
MOST_GROUPS = 30
WIDE, HIGH = 20, 36  # of one column of a picture


@dataclass(frozen=True)
class Bar:
    """One of the answers that could be given: how many gave it, and their share of those who answered the question."""

    code: str
    label: str
    count: int
    share: float

    @property
    def percent(self) -> int:
        return round(100 * self.share)


@dataclass(frozen=True)
class Beside:
    """The same thing elsewhere or earlier; without a mean it is hidden, or was not asked."""

    label: str
    mean: float | None
    n: int


@dataclass
class Line:
    """One variable: a question, or one row of a matrix. Hidden when fewer have answered it than the survey allows."""

    variable: str
    label: LocalText
    n: int
    is_hidden: bool = False
    mean: float | None = None
    bars: Sequence[Bar] = ()
    ranks: Sequence[Beside] = ()  # of a ranking: the mean place of each option, the best first
    texts: Sequence[str] = ()
    themes: Sequence[Bar] = ()  # of answers in own words, the commonest first; the last one, without a code, is of those under none
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of the themes of each text
    beside: list[Beside] = field(default_factory=list)
    groups: list[Beside] = field(default_factory=list)

    @property
    def told(self) -> list[tuple[str, Sequence[str]]]:
        """Own words, each with the names of its themes."""
        return [(text, self.names.get(text, ())) for text in self.texts]

    @property
    def columns(self) -> list[tuple[int, float, float]]:
        """The distribution as a picture: x, y and height of each column, of which the highest is HIGH."""
        most = max((bar.count for bar in self.bars), default=0) or 1
        tall = [HIGH * bar.count / most for bar in self.bars]
        return [(place * WIDE, round(HIGH - height, 1), round(height, 1)) for place, height in enumerate(tall)]

    @property
    def wide(self) -> int:
        return WIDE * len(self.bars)


@dataclass(frozen=True)
class Block:
    """A question with its lines."""

    question: Question
    lines: Sequence[Line]


@dataclass
class Scale:
    """Lines that follow each other on one scale: one table."""

    question: Question
    lines: list[Line]
    places: list[str] = field(default_factory=list)  # heads of what stands beside

    @property
    def groups(self) -> list[str]:
        """Names of the groups of which something is shown."""
        return list(dict.fromkeys(group.label for line in self.lines for group in line.groups))

    @property
    def group_rows(self) -> list[tuple[str, list[Beside | None]]]:
        """A row for each line: its groups in the order of the names, None where one is hidden."""
        named = [(line, {group.label: group for group in line.groups}) for line in self.lines]
        return [(str(line.label), [groups.get(name) for name in self.groups]) for line, groups in named]


@dataclass(frozen=True)
class Results:
    """`is_enough`: whether there are answers enough to be shown at all."""

    survey: Survey
    invited: int
    answered: int
    is_enough: bool
    blocks: Sequence[Block]
    area: int  # surveys in the area's mean; 0 for none

    @property
    def parts(self) -> "list[Scale | Block]":
        """What stands in one table after the other."""
        found: list[Scale | Block] = []
        for block in self.blocks:
            last = found[-1] if found else None
            if block.question.kind not in SCALED:
                found.append(block)
            elif isinstance(last, Scale) and _goes_on(last.question, block.question):
                last.lines += block.lines
            else:
                found.append(Scale(block.question, list(block.lines)))
        for scale in (each for each in found if isinstance(each, Scale)):
            scale.places = next(([beside.label for beside in line.beside] for line in scale.lines if line.beside), [])
        return found


def _goes_on(last: Question, question: Question) -> bool:
    """Whether both are asked on one scale."""
    ends = [(each.kind, each.low, each.high, str(each.low_words), str(each.high_words)) for each in (last, question)]
    return question.kind == Kind.SCALE and ends[0] == ends[1]


def count(questions: Sequence[Question], rows: Sequence[Content], fewest: int) -> list[Block]:
    """Pure: the same answers give the same result, in whatever order they come."""
    return [Block(question, [_line(question, *named, rows, fewest) for named in _named(question)]) for question in questions]


def _named(question: Question) -> list[tuple[str, LocalText]]:
    if question.kind == Kind.MATRIX:
        return [(f"{question.key}.{row.code}", row.words) for row in question.rows]
    return [(question.key, question.words)]


def _line(question: Question, variable: str, label: LocalText, rows: Sequence[Content], fewest: int) -> Line:
    values = [row[variable] for row in rows if row.get(variable) not in (None, "", [])]
    # Own words stand each by itself: any of all who answered may have written them, so that few of them may be shown.
    line = Line(variable, label, len(values), is_hidden=question.kind != Kind.TEXT and 0 < len(values) < fewest)
    if line.is_hidden or not values:
        return line
    if question.kind in SCALED or question.kind == Kind.NUMBER:
        line.mean = mean_of(values)
    if question.kind in SCALED:
        line.bars = _bars([(str(step), str(step)) for step in question.steps], Counter(str(each) for each in values), len(values))
    elif question.kind in (Kind.CHOICE, Kind.MANY):
        chosen = Counter(code for each in values for code in (each if isinstance(each, list) else [str(each)]))
        line.bars = _bars([(option.code, str(option.words)) for option in question.options], chosen, len(values))
    elif question.kind == Kind.RANKING:
        line.ranks = _ranks(question, values)
    elif question.kind == Kind.TEXT:
        line.texts = sorted((str(each) for each in values), key=str.casefold)  # by the alphabet: the order in which they came is not known
    return line


def mean_of(values: Sequence[Value]) -> float | None:
    numbers = [float(each) for each in values if isinstance(each, int | float)]
    return sum(numbers) / len(numbers) if numbers else None


def _bars(options: Sequence[tuple[str, str]], counts: Mapping[str, int], n: int) -> list[Bar]:
    return [Bar(code, label, counts.get(code, 0), counts.get(code, 0) / n) for code, label in options]


def _ranks(question: Question, values: Sequence[Value]) -> list[Beside]:
    places: dict[str, list[int]] = defaultdict(list)
    for value in values:
        for place, code in enumerate(value if isinstance(value, list) else [], start=1):
            places[code].append(place)
    found = [Beside(str(option.words), mean_of(places[option.code]), len(places[option.code])) for option in question.options]
    return sorted(found, key=lambda each: each.mean if each.mean is not None else len(question.options) + 1)


def earlier_rounds(actor: Actor, survey: Survey) -> list[Survey]:
    """Of the same questionnaire about the same thing, the latest first. One statement or two."""
    found = visible_surveys(actor).filter(
        version__questionnaire=survey.version.questionnaire_id, region=survey.region_id, about_kind=survey.about_kind, about_id=survey.about_id,
        settled_at__isnull=False, closes_at__lt=survey.closes_at,
    )  # fmt: skip
    return list(found.exclude(pk=survey.pk).order_by("-closes_at")[:ROUNDS])


def round_name(survey: Survey) -> str:
    return str(timezone.localtime(survey.closes_at).year)


def area_means(survey: Survey) -> dict[str, tuple[float, int, int]]:
    """Mean, answers and surveys by variable, over the area's surveys of the same questionnaire and year; only where it hides each. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("select * from wall.surveys_compare(%s)", [survey.pk])
        return {row[0]: (row[1], row[2], row[3]) for row in cursor.fetchall()}


def results(actor: Actor, survey: Survey) -> Results:
    """Some seven statements, however many questions and answers."""
    rounds = earlier_rounds(actor, survey)
    surveys = {each.pk: each for each in (survey, *rounds)}
    rows: dict[int, list[tuple[Content, int | None]]] = defaultdict(list)
    for key, content, organisation in answer_rows(surveys):
        rows[key].append((content, organisation))
    mine = [content for content, _organisation in rows[survey.pk]]
    blocks = count(survey.version.questions, mine, survey.hide_below)
    _put_themes(survey, blocks, mine)
    area = area_means(survey) if mine else {}
    _put_beside(blocks, [(each, [content for content, _ in rows[each.pk]]) for each in rounds], area)
    if survey.asks_organisation and can_keep(actor, survey.region_id):
        _put_groups(blocks, rows[survey.pk], survey.hide_below)
    invited, answered = turnout_of([survey.pk]).get(survey.pk, (0, 0))
    taken_in = max((surveys_in for _mean, _n, surveys_in in area.values()), default=0)
    return Results(survey, invited, answered, bool(mine), blocks, taken_in)


def _put_beside(blocks: Sequence[Block], rounds: Sequence[tuple[Survey, Sequence[Content]]], area: Mapping[str, tuple[float, int, int]]) -> None:
    for line in (line for block in blocks for line in block.lines):
        if line.mean is None:
            continue
        for survey, rows in rounds:
            values = [row[line.variable] for row in rows if line.variable in row]
            told = len(values) >= survey.hide_below
            line.beside.append(Beside(round_name(survey), mean_of(values) if told else None, len(values) if told else 0))
        if line.variable in area:
            mean, n, _surveys = area[line.variable]
            line.beside.append(Beside("area", mean, n))


def _put_themes(survey: Survey, blocks: Sequence[Block], rows: Sequence[Content]) -> None:
    """Counts by theme, where so many have answered the question as may be counted at all. One statement."""
    themes = themes_by_question(survey)
    for line in (block.lines[0] for block in blocks if block.question.kind == Kind.TEXT and block.question.key in themes):
        found = themed(survey.pk, line.variable, rows, themes[line.variable])
        line.n = found.n
        if found.n >= survey.hide_below:
            counts = [(str(theme.pk), theme.name, n) for theme, n in found.counts]
            line.themes = [Bar(code, name, n, n / found.n) for code, name, n in (*counts, ("", "", found.rest))]
            line.names = found.names


def _put_groups(blocks: Sequence[Block], rows: Sequence[tuple[Content, int | None]], fewest: int) -> None:
    """Means by organisation: of groups that are large enough, and only so many that those left out are enough too. One statement."""
    keys = sorted({organisation for _content, organisation in rows if organisation is not None})[:MOST_GROUPS]
    names = {each.pk: str(each.name) for each in Organisation.objects.filter(pk__in=keys)}
    for line in (line for block in blocks for line in block.lines):
        if line.mean is not None:
            line.groups = group_means(line, rows, {key: names[key] for key in keys if key in names}, fewest)


def group_means(line: Line, rows: Sequence[tuple[Content, int | None]], names: Mapping[int, str], fewest: int) -> list[Beside]:
    """Pure. None of fewer than `fewest` answers, nor such that the rest of the whole would be fewer."""
    values: dict[int | None, list[Value]] = defaultdict(list)
    for content, organisation in rows:
        if line.variable in content:
            values[organisation].append(content[line.variable])
    counts = [len(values[key]) for key in names]
    shown = told_apart(line.n, *(count if count >= fewest else 0 for count in counts))
    return [Beside(name, mean_of(values[key]), n) for (key, name), n in zip(names.items(), shown, strict=True) if n]
