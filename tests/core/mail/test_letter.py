"""Reading mails as they really come: wrong labels, HTML only, nested, broken, huge, and bytes that are no mail."""

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luukku.core.mail.letter import fingerprint, read_letter
from luukku.core.mail.plain import text_of_html

HEAD = b"From: =?utf-8?q?=C3=84iti?= <aiti@customer.example>\r\nTo: asia@koskimaa.example\r\nMessage-ID: <1@customer.example>\r\n"


def test_headers_are_read_in_letters() -> None:
    letter = read_letter(HEAD + b"Subject: =?iso-8859-1?q?P=E4iv=E4=E4?=\r\nReferences: <a@x> <b@x>\r\nIn-Reply-To: <b@x>\r\n\r\nhei\r\n")
    assert (letter.sender, letter.sender_name, letter.subject) == ("aiti@customer.example", "Äiti", "Päivää")
    assert (letter.message_id, set(letter.references), letter.text) == ("1@customer.example", {"a@x", "b@x"}, "hei")
    assert letter.is_whole


def test_a_missing_or_broken_header_hides_no_receiver() -> None:
    assert read_letter(HEAD + b"\r\nhei").receivers == ("asia@koskimaa.example",)
    broken = read_letter(HEAD + b"Cc: ((, <x>\r\nDelivered-To: luukku@koskimaa.example\r\n\r\nhei")
    assert set(broken.receivers) >= {"asia@koskimaa.example", "luukku@koskimaa.example"}


@pytest.mark.parametrize(
    ("charset", "content", "whole"),
    [
        ("iso-8859-1", "Päivää".encode("latin-1"), True),
        ("windows-1252", "Päivää – €".encode("cp1252"), True),
        ("utf-8", "Päivää".encode("latin-1"), False),
        ("x-unknown", "Päivää".encode(), False),
        ("x-unknown", b"plain", True),
        ("us-ascii", "Päivää".encode(), False),
    ],
)
def test_letters_are_right_even_where_the_label_is_wrong(charset: str, content: bytes, whole: bool) -> None:
    letter = read_letter(HEAD + f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode() + content)
    assert letter.text.startswith(("Päivää", "plain"))
    assert letter.is_whole is whole


def test_unlabelled_bytes_in_headers_are_read() -> None:
    assert read_letter("Subject: Päivää\r\nFrom: a@b.fi\r\n\r\nx".encode()).subject == "Päivää"
    assert read_letter("Subject: Päivää\r\nFrom: a@b.fi\r\n\r\nx".encode("latin-1")).subject == "Päivää"


def test_plain_text_is_chosen_and_html_alone_is_made_readable() -> None:
    mail = EmailMessage()
    mail.set_content("pelkkä teksti")
    mail.add_alternative("<p>hieno teksti</p>", subtype="html")
    assert read_letter(mail.as_bytes()).text == "pelkkä teksti"
    only = EmailMessage()
    only.set_content("<html><head><style>p{}</style></head><body><p>Hei</p><p>kaksi<br>riviä</p></body></html>", subtype="html")
    assert read_letter(only.as_bytes()).text == "Hei\n\nkaksi\nriviä"


def test_html_is_read_as_a_person_would_and_nothing_runs() -> None:
    html = """<div>Hei <b>te</b></div><script>alert(1)</script><ul><li>yksi</li><li>kaksi</li></ul><a href="https://x.example/a">sivu</a>
    <a href="javascript:alert(1)">tämä</a><table><tr><td>a</td><td>b</td></tr></table><blockquote><p>vanha</p></blockquote><img src=x onerror=y>"""
    text = text_of_html(html)
    assert text.splitlines()[0] == "Hei te"
    assert "- yksi" in text
    assert "sivu (https://x.example/a)" in text
    assert "> vanha" in text
    assert not any(word in text for word in ("alert", "javascript", "onerror", "<"))


def test_files_are_found_and_small_pictures_of_signatures_are_not() -> None:
    mail = EmailMessage()
    mail.set_content("liitteet ohessa")
    mail.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="../suunnitelma ä.pdf")
    mail.add_attachment(b"x" * 500, maintype="image", subtype="png", cid="<logo>", disposition="inline")
    letter = read_letter(mail.as_bytes())
    assert [(piece.name, piece.content) for piece in letter.pieces] == [("_suunnitelma ä.pdf", b"%PDF-1.4 x")]
    assert letter.is_whole


def test_mail_within_a_mail_is_one_file() -> None:
    inner, outer = EmailMessage(), EmailMessage()
    inner["Subject"] = "sisällä"
    inner.set_content("vanha viesti")
    outer.set_content("välitän")
    outer.add_attachment(inner)
    letter = read_letter(outer.as_bytes())
    assert letter.text == "välitän"
    assert [piece.name for piece in letter.pieces] == ["message.eml"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe garbage",
        HEAD + b"Content-Type: multipart/mixed\r\n\r\nno boundary at all",
        HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\nnever begins",
        HEAD + b"Content-Type: text/plain\r\n\r\n",
        HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(400)),
    ],
)
def test_what_cannot_be_read_says_so(raw: bytes) -> None:
    assert read_letter(raw).is_whole is False


def test_fingerprint_is_of_the_mail_and_not_of_its_way() -> None:
    one, other = HEAD + b"\r\nhei", b"Received: by another\r\n" + HEAD + b"\r\nhei"
    assert fingerprint(one, read_letter(one)) == fingerprint(other, read_letter(other))
    changed = HEAD + b"\r\nhei hei"
    assert fingerprint(one, read_letter(one)) != fingerprint(changed, read_letter(changed))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([HEAD, b"\r\n", b"--x\r\n", b"Content-Type: multipart/mixed; boundary=x\r\n", b"Content-Type: text/html; charset=\xff\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"Subject: =?utf-8?b?w6Q=?= =?x?y?z?=\r\n", b"\xc3\x28", b"From: <<>>@@\r\n", b"<p><<<", b"\x00"]) | st.binary(max_size=40)))  # fmt: skip
def test_reading_never_fails(parts: list[bytes]) -> None:
    letter = read_letter(b"".join(parts))
    for text in (letter.text, letter.subject, letter.sender, letter.sender_name, *(piece.name for piece in letter.pieces)):
        assert "\x00" not in text
        text.encode("utf-8")
