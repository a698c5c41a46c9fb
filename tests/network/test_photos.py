"""A person's photo: what is kept of a file, who puts it up, who sees it."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.files.pictures import MOST_PIXELS, Part, square_picture
from luukku.core.models import Event
from luukku.network.actions.people import deactivate_person, publish_person
from luukku.network.actions.photos import SIDE, remove_photo, set_photo
from luukku.network.models import Person, PersonPhoto
from tests.cast import Cast, Member
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]
SECRET = b"Hulppi 62.6012, 21.3456"


def picture(size: tuple[int, int] = (900, 1200), kind: str = "JPEG", *, turned: bool = False) -> SimpleUploadedFile:
    """Red above, blue below; with a place in its marks."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0], size[1] // 2))
    marks = Image.Exif()
    marks[0x010E] = SECRET.decode()
    if turned:
        marks[0x0112] = 3  # held upside down
    file = io.BytesIO()
    image.save(file, kind, exif=marks, comment=SECRET) if kind == "JPEG" else image.save(file, kind, exif=marks)
    return SimpleUploadedFile(f"kuva.{kind.lower()}", file.getvalue())


def seen(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_is_made_anew_square_and_without_what_hides_in_it(kind: str) -> None:
    sent = picture(kind=kind)
    assert SECRET in sent.read()
    sent.seek(0)
    made = square_picture(sent, side=320)
    found = seen(made)
    assert (found.size, found.format, dict(found.getexif())) == ((320, 320), "JPEG", {})
    assert SECRET not in made
    assert b"Exif" not in made


def test_chosen_part_is_kept_and_a_picture_held_upside_down_is_turned() -> None:
    def middle(made: bytes) -> str:
        point = seen(made).getpixel((160, 10))
        assert isinstance(point, tuple)
        return "red" if point[0] > point[2] else "blue"

    assert middle(square_picture(picture((600, 1600)), side=320, part=Part.START)) == "red"
    assert middle(square_picture(picture((600, 1600)), side=320, part=Part.END)) == "blue"
    assert middle(square_picture(picture(turned=True), side=320)) == "blue"


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("kuva.jpg", b"MZ ohjelma"),
        SimpleUploadedFile("kuva.jpg", b"\xff\xd8\xff\xe0" + b"x" * 300),
        SimpleUploadedFile("suunnitelma.pdf", b"%PDF-1.7 x"),
        SimpleUploadedFile("kuva.png", b""),
        picture((100, 400)),
    ],
)
def test_what_is_no_clear_picture_is_refused_with_a_reason(upload: SimpleUploadedFile) -> None:
    with pytest.raises(RuleBroken) as broken:
        square_picture(upload, side=320, field="photo")
    assert broken.value.field == "photo"


def test_picture_that_would_fill_the_memory_is_refused_before_it_is_read() -> None:
    side = int(MOST_PIXELS**0.5) + 100
    file = io.BytesIO()
    Image.new("1", (side, side)).save(file, "PNG", optimize=True)
    with pytest.raises(RuleBroken):
        square_picture(SimpleUploadedFile("iso.png", file.getvalue()), side=320)


def test_she_and_those_who_edit_her_put_it_up_and_others_do_not(cast: Cast) -> None:
    person = cast.adviser.someone
    set_photo(by=cast.adviser.actor, person=person, upload=picture())
    assert Event.objects.latest("id").action == "person.photo_set"
    assert seen(bytes(PersonPhoto.objects.get(person=person).picture)).size == (SIDE, SIDE)
    for member in (cast.outsider, cast.partner):
        with pytest.raises(NotAllowed):
            set_photo(by=member.actor, person=person, upload=picture())
        with pytest.raises(NotAllowed):
            remove_photo(by=member.actor, person=person)
    remove_photo(by=cast.adviser.actor, person=person)
    assert Event.objects.latest("id").action == "person.photo_removed"
    assert (PersonPhoto.objects.count(), Person.objects.get(pk=person.pk).photo) == (0, "")


def test_whoever_leaves_takes_the_photo_along(cast: Cast) -> None:
    set_photo(by=cast.adviser.actor, person=cast.adviser.someone, upload=picture())
    deactivate_person(by=cast.admin.actor, person=cast.adviser.someone)
    assert not PersonPhoto.objects.exists()
    with pytest.raises(RuleBroken):
        set_photo(by=cast.admin.actor, person=cast.adviser.someone, upload=picture())


def test_file_is_seen_by_the_public_only_while_her_organisation_shows_her(client: Client, client_of: ClientOf, cast: Cast) -> None:
    person = cast.adviser.someone
    Person.objects.filter(pk=person.pk).update(is_published=False, phone="040 555 0101")
    person.refresh_from_db()
    set_photo(by=cast.adviser.actor, person=person, upload=picture())
    where = f"/ihmiset/kuvat/{person.pk}-{person.photo}.jpg"
    assert client.get(where).status_code == 404
    inside = client_of(cast.partner).get(where)
    assert (inside.status_code, inside["Content-Type"], inside["Cache-Control"]) == (200, "image/jpeg", "private, max-age=3600")
    publish_person(by=cast.admin.actor, person=person, published=True)
    outside = client.get(where)
    assert (outside.status_code, outside["Cache-Control"]) == (200, "public, max-age=3600")
    assert client.get(f"/ihmiset/kuvat/{person.pk}-0123456789abcdef.jpg").status_code == 404
    assert where in client.get("/ihmiset/").content.decode()
    publish_person(by=cast.admin.actor, person=person, published=False)
    assert client.get(where).status_code == 404


def test_photo_is_put_up_on_her_page_and_taken_away_there(client_of: ClientOf, cast: Cast) -> None:
    person = cast.adviser.someone
    browser, where = client_of(cast.adviser), f"/verkosto/ihmiset/{person.pk}/"
    assert f"{where}kuva" in browser.get(where).content.decode()
    page = browser.get(f"{where}kuva")
    refused = browser.submit(page, {"photo": SimpleUploadedFile("kuva.jpg", b"ei kuva")})
    assert refused.status_code == 422
    assert browser.submit(page, {"photo": picture()}).status_code == 302
    shown = browser.get(where).content.decode()
    person.refresh_from_db()
    assert f'src="/ihmiset/kuvat/{person.pk}-{person.photo}.jpg" alt="Kuva: {person.name}"' in shown
    browser.submit(browser.get(f"{where}kuva"), form=1)
    assert "/ihmiset/kuvat/" not in browser.get(where).content.decode()
    assert client_of(cast.outsider).get(f"{where}kuva").status_code == 403
