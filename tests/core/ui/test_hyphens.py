from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from luukku.core.ui.hyphens import EDGE, LONG, SHY, soften


def test_long_word_may_break_between_its_syllables() -> None:
    assert soften("Apua liiketoimintasuunnitelman tekoon").replace(SHY, "·") == "Apua liike·toi·min·ta·suun·ni·telman tekoon"


def test_word_that_a_phone_holds_stays_whole() -> None:
    assert soften("Yrityksen rekisteröinti") == "Yrityksen rekisteröinti"


def test_tags_of_a_safe_text_stay_as_they_are() -> None:
    html = SafeString('<span lang="sv">företagsutvecklingsprogrammet</span>')
    assert isinstance(soften(html), SafeString)
    assert soften(html).replace(SHY, "") == html
    assert soften(html).startswith('<span lang="sv">')


@given(st.text(alphabet="abdefghijklmnoprstuvyäö -", max_size=60))
def test_words_are_the_same_without_the_marks_and_their_edges_stay_together(text: str) -> None:
    softened = soften(text)
    assert softened.replace(SHY, "") == text
    for word in softened.replace("-", " ").split():
        pieces = word.split(SHY)
        if len(pieces) > 1:
            assert len(word.replace(SHY, "")) >= LONG
            assert min(len(pieces[0]), len(pieces[-1])) >= EDGE
