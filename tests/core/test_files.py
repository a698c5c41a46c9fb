"""What may be attached: by size, ending and first bytes together."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from luukku.core.errors import RuleBroken
from luukku.core.files import check, drafts, path_of, store

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 40


def office(first: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(first, "<x/>")
    return buffer.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("plan.pdf", PDF, "application/pdf"),
        ("PLAN.PDF", PDF, "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.jpeg", JPEG, "image/jpeg"),
        ("notes.txt", "Hyvää päivää".encode(), "text/plain"),
        ("list.csv", b"a;b\n1;2\n", "text/plain"),
        ("plan.docx", office("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("sums.xlsx", office("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_what_people_send_is_taken(name: str, content: bytes, kind: str) -> None:
    assert check(upload(name, content)) == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.exe", b"MZ\x90\x00"),
        ("plan.pdf", b"MZ\x90\x00" + b"\0" * 60),  # a program that calls itself a PDF
        ("plan.pdf", b"<html><script>alert(1)</script></html>"),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("page.html", b"<html></html>"),
        ("notes.txt", PDF),  # a PDF that calls itself text
        ("notes.txt", b"a\0b"),
        ("a.png", JPEG),
        ("noending", PDF),
        ("archive.zip", office("x")),
    ],
)
def test_what_is_not_what_it_says_is_refused_in_plain_words(name: str, content: bytes) -> None:
    with pytest.raises(RuleBroken) as refused:
        check(upload(name, content), field="attachments")
    assert refused.value.field == "attachments"
    assert name in str(refused.value)


def test_an_empty_file_and_one_too_big_are_refused(settings: Settings) -> None:
    settings.LUUKKU_FILE_MAX_MB = 1
    with pytest.raises(RuleBroken):
        check(upload("a.pdf", b""))
    check(upload("a.pdf", PDF + b"\0" * (1024 * 1024 - len(PDF))))
    with pytest.raises(RuleBroken):
        check(upload("a.pdf", PDF + b"\0" * (1024 * 1024 - len(PDF) + 1)))


@pytest.mark.django_db
def test_a_stored_file_lies_under_its_digest_and_its_name_leads_nowhere() -> None:
    stored = store(upload("../../etc/passwd.pdf", PDF))
    assert stored.name == "passwd.pdf"
    assert path_of(stored).read_bytes() == PDF
    assert path_of(stored).name == stored.sha256
    assert stored.size == len(PDF)


@pytest.mark.django_db
def test_the_same_bytes_are_kept_once() -> None:
    first, second = store(upload("a.pdf", PDF)), store(upload("b.pdf", PDF))
    assert first.pk != second.pk
    assert path_of(first) == path_of(second)
    assert not list(path_of(first).parent.parent.glob("tmp*"))


def test_file_kept_for_a_form_opens_to_that_form_only_and_goes_in_a_day(settings: Settings, tmp_path: Path) -> None:
    settings.LUUKKU_FILES = tmp_path
    old = drafts.keep(SimpleUploadedFile("vanha.txt", b"vanha"), "lomake")
    os.utime(next((tmp_path / "drafts").glob("*/*")), (0, 0))
    young = drafts.keep(SimpleUploadedFile("uusi.txt", b"uusi"), "lomake")
    assert drafts.tidy() == 1
    gone, found = drafts.find(old.token, "lomake"), drafts.find(young.token, "lomake")
    assert gone is not None
    assert found is not None
    assert found.upload is not None
    assert (gone.upload, found.upload.read()) == (None, b"uusi")
    assert [drafts.find(young.token, "toinen"), drafts.find("keksitty", "lomake")] == [None, None]
