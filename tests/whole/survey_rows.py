"""A row in every table of surveys, for the attack on the database (every_table.py)."""

from luukku.surveys.actions.inviting import Invitee
from luukku.surveys.models import Questionnaire, Theme
from tests.cast import Cast
from tests.surveys.conftest import make, say, tokens


def ask_and_answer(cast: Cast) -> None:
    """Of somebody outside: one survey without names, whose answer lies in its box, and one with them."""
    for code, anonymous in (("steering-group", True), ("network", False)):
        Questionnaire.objects.filter(code=code).update(is_anonymous=anonymous)
        survey = make(cast, code, (Invitee(None, "Ville Vastaaja", "ville@firm.example"),))
        say(survey, tokens(survey)[0], {"q1": 3})
        Theme.objects.create(survey=survey, variable="q11", name="Tieto kulkee")
