"""Whoever keeps a survey puts answers in own words under themes, and results count them."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from luukku.core.actor import PUBLIC, act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.surveys.actions.forgetting import forget_responses
from luukku.surveys.actions.surveys import share_results
from luukku.surveys.actions.themes import save_theme
from luukku.surveys.models import Questionnaire, Response, Survey, Theme
from luukku.surveys.models.questions import Content
from luukku.surveys.queries.exporting import coded, words
from luukku.surveys.queries.results import Line, results
from luukku.surveys.queries.themes import texts_of
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.surveys.conftest import end, make, say, tokens

ClientOf = Callable[[Member], Client]


def asked(cast: Cast, texts: tuple[str, ...]) -> Survey:
    """Five have answered, and so many of them wrote something; it has closed."""
    survey = make(cast)
    for place, token in enumerate(tokens(survey)):
        content: Content = {"q1": 4}
        say(survey, token, content | ({"q11": texts[place]} if place < len(texts) else {}))
    return end(cast, survey)


@pytest.fixture
def written(cast: Cast) -> Survey:
    return asked(cast, ("Esityslista ajoissa", "Tieto myöhässä", "Tieto myöhässä", "Lisää aikaa", "Kaikki hyvin"))


def put(cast: Cast, survey: Survey, name: str, *starts: str) -> Theme:
    with act_as(cast.coordinator.actor) as by:
        marks = frozenset(mark for mark, text in texts_of(survey, "q11").items() if text.startswith(starts))
        return save_theme(by=by, survey=survey, variable="q11", name=name, chosen=marks)


def line_of(cast: Cast, survey: Survey) -> Line:
    with act_as(cast.coordinator.actor) as by:
        return next(block.lines[0] for block in results(by, survey).blocks if block.question.key == "q11")


def counted(line: Line) -> dict[str, int]:
    return {bar.label: bar.count for bar in line.themes}


def test_keeper_names_a_theme_and_those_with_whom_it_is_shared_read_how_many_said_so(client_of: ClientOf, cast: Cast, written: Survey) -> None:
    browser, here = client_of(cast.coordinator), f"/kyselyt/{written.pk}/teemat/q11/uusi"
    assert here in browser.get(f"/kyselyt/{written.pk}/tulokset").content.decode()
    with act_as(cast.coordinator.actor):
        marks = {text: mark for mark, text in texts_of(written, "q11").items()}
    nameless = browser.submit(browser.get(here), {"name": " ", "texts": [marks["Lisää aikaa"]]}, form="form")
    assert nameless.status_code == 422
    assert re.search(rf'value="{marks["Lisää aikaa"]}"[^>]*checked', nameless.content.decode()), "what was ticked stays ticked"
    chosen = {"name": "Tiedonkulku", "texts": [marks["Tieto myöhässä"], marks["Esityslista ajoissa"]]}
    assert browser.submit(nameless, chosen, form="form").status_code == 302
    assert browser.submit(browser.get(here), {"name": "tiedonkulku", "texts": []}, form="form").status_code == 422
    assert counted(line_of(cast, written)) == {"Tiedonkulku": 3, "": 2}, "two wrote the same words"
    assert "(teemassa: Tiedonkulku)" in browser.get(here).content.decode()
    with act_as(cast.coordinator.actor) as by:
        share_results(by=by, survey=written)
    page = client_of(cast.partner).get(f"/kyselyt/{written.pk}/tulokset").content.decode()
    assert re.search(r"Tiedonkulku</th>.*?<b>60</b></td><td[^>]*>3</td>", page)
    assert "teemat/" not in page
    theme = Theme.objects.get()
    assert client_of(cast.partner).get(f"/kyselyt/{written.pk}/teemat/q11/{theme.pk}").status_code in (403, 404)
    gone = browser.submit(browser.get(f"/kyselyt/{written.pk}/teemat/q11/{theme.pk}/pois"), follow=True)
    assert "Tieto myöhässä" in gone.content.decode()
    assert not Theme.objects.exists()


def test_two_who_sort_at_once_lose_nothing(client_of: ClientOf, cast: Cast, written: Survey) -> None:
    theme = put(cast, written, "Tiedonkulku", "Tieto")
    one, two = client_of(cast.coordinator), client_of(cast.coordinator)
    here = f"/kyselyt/{written.pk}/teemat/q11/{theme.pk}"
    first, second = one.get(here), two.get(here)
    with act_as(cast.coordinator.actor):
        marks = {text: mark for mark, text in texts_of(written, "q11").items()}
    one.submit(first, {"texts": [marks["Tieto myöhässä"], marks["Esityslista ajoissa"]]}, form="form")
    two.submit(second, {"texts": [marks["Lisää aikaa"]]}, form="form")
    theme.refresh_from_db()
    assert set(theme.marks) == {marks["Esityslista ajoissa"], marks["Lisää aikaa"]}


def test_nothing_is_counted_of_a_question_that_fewer_have_answered(cast: Cast) -> None:
    survey = asked(cast, ("Tieto myöhässä", "Lisää aikaa", "Kaikki hyvin"))
    put(cast, survey, "Tiedonkulku", "Tieto")
    line = line_of(cast, survey)
    assert (line.themes, line.names, len(line.texts)) == ((), {}, 3)


def test_themes_stand_in_the_table_of_words_and_not_beside_the_other_answers_of_the_same_person(cast: Cast, written: Survey) -> None:
    put(cast, written, "Tiedonkulku", "Tieto", "Esityslista")
    with act_as(cast.coordinator.actor):
        assert [row[2:] for row in words(written)[1]][:2] == [["Esityslista ajoissa", "Tiedonkulku"], ["Kaikki hyvin", ""]]
        assert "Tiedonkulku" not in str(coded(written))


def test_themes_are_named_by_the_keeper_alone_of_questions_in_own_words_of_a_closed_survey(cast: Cast, written: Survey) -> None:
    for other in (cast.steering, cast.area, cast.outsider):
        with act_as(other.actor) as by, pytest.raises(NotAllowed):
            save_theme(by=by, survey=written, variable="q11", name="Oma", chosen=frozenset())
    with act_as(cast.coordinator.actor) as by:
        with pytest.raises(NotFound):
            save_theme(by=by, survey=written, variable="q1", name="Oma", chosen=frozenset())
        with pytest.raises(RuleBroken):
            save_theme(by=by, survey=make(cast), variable="q11", name="Oma", chosen=frozenset())


def test_wall_shows_themes_with_the_results_and_lets_the_keeper_alone_write_them(cast: Cast, written: Survey) -> None:
    put(cast, written, "Tiedonkulku", "Tieto")
    for stranger in (cast.outsider.actor, cast.steering.actor, cast.founder.actor, PUBLIC):
        with act_as(stranger):
            assert Theme.objects.count() == 0
    Survey.objects.update(shared_at=timezone.now())
    with act_as(cast.steering.actor), connection.cursor() as cursor:
        assert Theme.objects.count() == 1
        cursor.execute("delete from surveys_theme")
        assert cursor.rowcount == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(f"insert into surveys_theme (survey_id, variable, name, marks) values ({written.pk}, 'q11', 'Oma', '{{}}')")


def test_named_words_that_are_forgotten_are_counted_on(cast: Cast) -> None:
    Questionnaire.objects.filter(code="steering-group").update(is_anonymous=False)
    survey = asked(cast, ("Esityslista ajoissa", "Tieto myöhässä", "Tieto myöhässä", "Lisää aikaa", "Kaikki hyvin"))
    put(cast, survey, "Tiedonkulku", "Tieto")
    with act_as_house("test"):
        assert forget_responses(timezone.now() + timedelta(days=1), most=3) == 3
        assert counted(line_of(cast, survey)) == {"Tiedonkulku": 2, "": 3}, "some have been forgotten, some not"
        assert forget_responses(timezone.now() + timedelta(days=1), most=9) == 2
    assert "Tieto" not in str(list(Response.objects.values_list("content", flat=True)))
    assert counted(line_of(cast, survey)) == {"Tiedonkulku": 2, "": 3}
