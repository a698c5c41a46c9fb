"""Two wordings told as a correction."""

from hypothesis import given
from hypothesis import strategies as st

from luukku.catalogue.queries.diff import Piece, compare

WORDS = st.lists(st.sampled_from(["neuvo", "auttaa", "sinua", "yritys", "ja"]), max_size=6).map(" ".join)


def test_changes_side_by_side_are_told_as_one() -> None:
    told = compare("Autamme sinua perustamisen kaikissa vaiheissa. Tervetuloa!", "Autamme sinua perustamaan yrityksen askelin. Tervetuloa!")
    assert told == [
        Piece("same", "Autamme sinua "),
        Piece("gone", "perustamisen kaikissa vaiheissa."),
        Piece("new", "perustamaan yrityksen askelin."),
        Piece("same", " Tervetuloa!"),
    ]


def test_long_text_shows_the_words_around_its_change_only() -> None:
    same = " ".join(str(n) for n in range(200))
    told = compare(f"{same} vanha {same}", f"{same} uusi {same}")
    assert [piece.how for piece in told] == ["same", "gone", "new", "same"]
    assert len(told[0].text) < 60
    assert told[0].text.startswith(" … ")


def test_empty_side_is_all_gone_or_all_new() -> None:
    assert compare("", "uusi") == [Piece("new", "uusi")]
    assert compare("vanha", "") == [Piece("gone", "vanha")]
    assert compare("", "") == []


@given(WORDS, WORDS)
def test_both_wordings_can_be_read_out_of_the_pieces(before: str, after: str) -> None:
    told = compare(before, after)
    assert "".join(piece.text for piece in told if piece.how != "new") == before
    assert "".join(piece.text for piece in told if piece.how != "gone") == after
