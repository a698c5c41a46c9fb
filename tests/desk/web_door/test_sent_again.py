"""A form that comes back keeps what was chosen; the same need sent again makes no second case."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import Settings

from luukku.desk.access.links import first_token
from luukku.desk.actions.sent_again import forget_said
from luukku.desk.models import Attachment, Case
from tests.harness.client import Client

PAGE = "/koskimaa/tarve/"
pytestmark = pytest.mark.usefixtures("matched")


def kept_in(answer: Any) -> list[tuple[str, str]]:
    """Name and token of each file that a form which came back has kept."""
    return [(draft.name, draft.token) for draft in answer.context["form"].fields["files"].widget.kept]


def test_refused_file_is_named_with_its_reason_and_the_others_are_kept_for_the_next_sending(client: Client, sending: dict[str, Any]) -> None:
    files = [SimpleUploadedFile("peli.exe", b"MZ\x90\x00"), SimpleUploadedFile("budjetti.txt", b"tulot ja menot")]
    page = client.get(PAGE)
    answer = client.submit(page, sending | {"files": files}, form="sending")
    assert answer.status_code == 422
    assert answer.context["form"]["words"].value() == sending["words"]
    (reason,) = answer.context["form"].errors["files"]
    assert reason.startswith("peli.exe on tyyppiä")
    assert [name for name, _token in kept_in(answer)] == ["budjetti.txt"]
    assert not Case.objects.exists()
    client.submit(answer, sending, form="sending")
    assert [each.file.name for each in Attachment.objects.all()] == ["budjetti.txt"]


def test_file_that_is_too_big_is_refused_with_the_limit_and_every_word_stays(client: Client, sending: dict[str, Any], settings: Settings) -> None:
    settings.LUUKKU_FILE_MAX_MB = 3
    big = SimpleUploadedFile("video.txt", b"kuva " * 700_000)  # more than is kept in memory while it comes in
    answer = client.submit(client.get(PAGE), sending | {"files": [big, SimpleUploadedFile("budjetti.txt", b"tulot")]}, form="sending")
    assert answer.status_code == 422
    (reason,) = answer.context["form"].errors["files"]
    assert reason.startswith("video.txt on liian suuri: tiedosto saa olla enintään 3 Mt")
    assert all(answer.context["form"][name].value() == value for name, value in sending.items() if isinstance(value, str))
    assert not Case.objects.exists()
    client.submit(answer, sending, form="sending")
    assert [each.file.name for each in Attachment.objects.all()] == ["budjetti.txt"]


def test_file_survives_another_error_and_can_be_left_out(client: Client, sending: dict[str, Any]) -> None:
    files = [SimpleUploadedFile("budjetti.txt", b"tulot"), SimpleUploadedFile("kuva.txt", b"kuva")]
    answer = client.submit(client.get(PAGE), sending | {"name": "", "files": files}, form="sending")
    assert set(answer.context["form"].errors) == {"name"}
    _left_out, (_name, wanted) = kept_in(answer)
    again = client.submit(answer, sending | {"name": "", "files_kept": [wanted]}, form="sending")
    assert [name for name, _token in kept_in(again)] == ["kuva.txt"]
    client.submit(again, sending | {"files": SimpleUploadedFile("lisä.txt", b"lisa")}, form="sending")
    assert [each.file.name for each in Attachment.objects.all()] == ["kuva.txt", "lisä.txt"]


def test_kept_file_belongs_to_its_form_only(client: Client, sending: dict[str, Any]) -> None:
    answer = client.submit(client.get(PAGE), sending | {"name": "", "files": SimpleUploadedFile("budjetti.txt", b"tulot")}, form="sending")
    stolen = [token for _name, token in kept_in(answer)]
    client.submit(client.get(PAGE), sending | {"files_kept": [*stolen, "keksitty"]}, form="sending")
    assert Case.objects.count() == 1
    assert not Attachment.objects.exists()


def test_file_whose_day_has_passed_is_asked_for_again(client: Client, sending: dict[str, Any], settings: Any) -> None:
    answer = client.submit(client.get(PAGE), sending | {"name": "", "files": SimpleUploadedFile("budjetti.txt", b"tulot")}, form="sending")
    for path in (Path(settings.LUUKKU_FILES) / "drafts").glob("*/*"):
        path.unlink()
    again = client.submit(answer, sending, form="sending")
    assert (again.status_code, "budjetti.txt" in str(again.context["form"].errors["files"])) == (422, True)


def test_sixth_file_is_left_out_by_name(client: Client, sending: dict[str, Any]) -> None:
    files = [SimpleUploadedFile(f"{number}.txt", b"tulot") for number in range(1, 7)]
    answer = client.submit(client.get(PAGE), sending | {"files": files}, form="sending")
    assert "6.txt" in str(answer.context["form"].errors["files"])
    assert [name for name, _token in kept_in(answer)] == ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"]


def test_same_need_from_a_new_form_leads_the_same_browser_to_its_receipt(client: Client, sending: dict[str, Any]) -> None:
    first = client.submit(client.get(PAGE), sending, form="sending")
    second = client.submit(client.get(PAGE), sending | {"words": f"  {sending['words'].upper()} "}, form="sending")
    assert (second.status_code, second.url) == (302, first.url)
    assert Case.objects.count() == 1


def test_same_need_from_elsewhere_makes_no_second_case_and_opens_nothing(client: Client, sending: dict[str, Any]) -> None:
    client.submit(client.get(PAGE), sending, form="sending")
    elsewhere = Client()
    answer = elsewhere.submit(elsewhere.get(PAGE), sending, form="sending")
    case = Case.objects.get()
    shown = answer.content.decode()
    assert (answer.status_code, case.number in shown, first_token(case) in shown) == (422, True, False)
    assert sending["words"] in shown
    elsewhere.submit(answer, sending | {"again": "1"}, form="sending")
    assert Case.objects.count() == 2


@pytest.mark.parametrize("other", [{"words": "Toinen asia kokonaan"}, {"email": "toinen@customer.example"}, {"name": "Toinen Nimi"}])
def test_anything_else_typed_makes_a_case_of_its_own(client: Client, sending: dict[str, Any], other: dict[str, str]) -> None:
    client.submit(client.get(PAGE), sending, form="sending")
    assert client.submit(client.get(PAGE), sending | other, form="sending").status_code == 302
    assert Case.objects.count() == 2


def test_same_need_later_is_a_new_matter(client: Client, sending: dict[str, Any]) -> None:
    client.submit(client.get(PAGE), sending, form="sending")
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert client.submit(client.get(PAGE), sending, form="sending").status_code == 302
    assert Case.objects.count() == 2


def test_what_sendings_are_compared_by_is_forgotten_in_a_day(client: Client, sending: dict[str, Any]) -> None:
    client.submit(client.get(PAGE), sending, form="sending")
    assert forget_said() == 0
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert forget_said() == 1
    assert Case.objects.get().said_key is None


def test_file_added_to_the_same_need_is_kept_on_the_page_that_asks(client: Client, sending: dict[str, Any]) -> None:
    client.submit(client.get(PAGE), sending, form="sending")
    answer = client.submit(client.get(PAGE), sending | {"files": SimpleUploadedFile("budjetti.txt", b"tulot")}, form="sending")
    assert [name for name, _token in kept_in(answer)] == ["budjetti.txt"]
    assert Case.objects.count() == 1
