"""How it went, by one tap."""

from luukku.desk.models import Case, Feedback
from tests.harness.client import Client


def test_tapped_face_is_chosen_but_given_only_by_post(client: Client, settled: Case, page: str) -> None:
    shown = client.get(f"{page}palaute/?face=4")
    assert "data-send-now" in shown.content.decode()
    assert not Feedback.objects.exists()
    answer = client.submit(shown, form="feedback")
    assert answer.url == f"{page}palaute/"
    assert Feedback.objects.get().face == 4
    assert "data-send-now" not in client.get(answer.url).content.decode()


def test_answer_is_changed_and_its_words_are_kept(client: Client, settled: Case, page: str) -> None:
    client.submit(client.get(f"{page}palaute/"), {"face": "3", "comment": "Hyvin meni.", "may_contact": "on"}, form="feedback")
    client.submit(client.get(f"{page}palaute/?face=1"), form="feedback")
    given = Feedback.objects.get()
    assert (given.face, given.comment, given.may_contact) == (1, "Hyvin meni.", True)


def test_no_face_is_asked_for_and_words_are_kept(client: Client, settled: Case, page: str) -> None:
    answer = client.submit(client.get(f"{page}palaute/"), {"comment": "Sanon vain."}, form="feedback")
    assert answer.status_code == 422
    assert "Sanon vain." in answer.content.decode()
    assert not Feedback.objects.exists()


def test_face_that_is_none_is_ignored(client: Client, settled: Case, page: str) -> None:
    for face in ("9", "x", "-1", "٣"):
        assert "data-send-now" not in client.get(f"{page}palaute/", {"face": face}).content.decode()


def test_open_matter_leads_back_to_its_page(client: Client, case: Case, page: str) -> None:
    assert client.get(f"{page}palaute/?face=4").url == page


def test_feedback_of_a_dead_link_shows_no_matter(client: Client, settled: Case) -> None:
    assert client.get(f"/s/{'x' * 43}/palaute/?face=4").status_code == 404
