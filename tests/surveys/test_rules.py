"""Rules for showing, and what is hidden: for any questions and answers."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luukku.surveys.models.questions import Content, Option, Question, Rule, as_json, kept, lacking, of_json, shown
from luukku.surveys.queries.results import Line, count, group_means

CODES = ("a", "b", "c")
FEWEST = 4
calm = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def questionnaires(draw: st.DrawFn) -> list[Question]:
    found: list[Question] = []
    for number in range(draw(st.integers(1, 7))):
        kind = draw(st.sampled_from(["scale", "choice", "many", "text"]))
        asked = [each for each in found if each.kind != "text"]
        rule = None
        depends: bool = draw(st.booleans())
        if asked and depends:
            source = draw(st.sampled_from(asked))
            rule = Rule(source.key, tuple(draw(st.sets(st.sampled_from(source.codes), min_size=1, max_size=2))))
        options = tuple(Option(code, {"fi": code}) for code in CODES)
        required: bool = draw(st.booleans())
        found.append(Question(f"q{number}", kind, {"fi": "?"}, is_required=required, options=options, high=3, rule=rule))
    return found


def contents(questions: list[Question]) -> st.SearchStrategy[Content]:
    values: dict[str, Any] = {
        "scale": st.integers(1, 3),
        "choice": st.sampled_from(CODES),
        "many": st.lists(st.sampled_from(CODES), unique=True),
        "text": st.just("sana"),
    }
    return st.fixed_dictionaries({}, optional={each.key: values[each.kind] for each in questions})


@calm
@given(st.data())
def test_what_is_kept_belongs_to_what_is_shown_and_stays_so(data: st.DataObject) -> None:
    questions = data.draw(questionnaires())
    content = data.draw(contents(questions))
    left = kept(questions, content)
    names = {each.key for each in shown(questions, content)}
    assert set(left) <= names
    assert kept(questions, left) == left
    assert [each.key for each in shown(questions, left)] == [each.key for each in shown(questions, content)], "what is dropped decides nothing"
    assert set(lacking(questions, left)) <= names


@calm
@given(st.data())
def test_answer_to_a_later_question_never_shows_or_hides_an_earlier_one(data: st.DataObject) -> None:
    questions = data.draw(questionnaires())
    content = data.draw(contents(questions))
    for place, question in enumerate(questions):
        without = {name: value for name, value in content.items() if name in {each.key for each in questions[:place]}}
        assert (question in shown(questions, content)) == (question in shown(questions, without))


@given(questionnaires())
def test_question_survives_its_keeping(questions: list[Question]) -> None:
    assert [of_json(as_json(each)) for each in questions] == questions


@given(st.lists(st.one_of(st.none(), st.integers(1, 5)), max_size=14))
def test_nothing_is_told_of_a_question_that_fewer_have_answered(marks: list[int | None]) -> None:
    rows: list[Content] = [{} if mark is None else {"q1": mark} for mark in marks]
    line = count([Question("q1", "scale", {"fi": "?"})], rows, FEWEST)[0].lines[0]
    assert (line.mean is None and not line.bars) == (line.n < FEWEST)
    assert sum(bar.count for bar in line.bars) in (0, line.n)


@given(st.lists(st.tuples(st.integers(1, 5), st.one_of(st.none(), st.integers(1, 5))), min_size=5, max_size=60))
def test_no_group_and_no_rest_of_the_whole_is_small(answers: list[tuple[int, int | None]]) -> None:
    """Groups may be added and taken from the whole in any way: what is left never tells of fewer than five."""
    rows: list[tuple[Content, int | None]] = [({"q1": mark}, of) for mark, of in answers]
    line = Line("q1", Question("q1", "scale", {"fi": "?"}).words, len(rows), mean=1.0)
    groups = group_means(line, rows, {key: str(key) for key in range(1, 6)}, 5)
    assert all(group.n >= 5 for group in groups)
    rest = len(rows) - sum(group.n for group in groups)
    assert not groups or rest == 0 or rest >= 5
