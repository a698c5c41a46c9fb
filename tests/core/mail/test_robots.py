"""Mail that must not be answered, and mail of people that only looks so."""

from email.message import EmailMessage

import pytest

from luukku.core.mail.letter import Letter, read_letter
from luukku.core.mail.robots import Robot, read_bounce, robot_of

OWN = {"asia@koskimaa.example"}


def letter(subject: str = "Kahvila", sender: str = "kaisa@customer.example", **headers: str) -> Letter:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = sender, subject
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("Hei")
    return read_letter(mail.as_bytes())


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (letter(Auto_Submitted="auto-replied"), Robot.AWAY),
        (letter(Auto_Submitted="auto-generated; x=y"), Robot.AWAY),
        (letter(X_Autoreply="yes"), Robot.AWAY),
        (letter(X_Autorespond="x"), Robot.AWAY),
        (letter(Precedence="auto_reply"), Robot.AWAY),
        (letter(Return_Path="<>"), Robot.AWAY),
        (letter("Automaattinen vastaus: Kahvila"), Robot.AWAY),
        (letter("Poissa toimistosta"), Robot.AWAY),
        (letter("Autosvar: Kahvila"), Robot.AWAY),
        (letter("Frånvaro"), Robot.AWAY),
        (letter("Automatic reply: Kahvila"), Robot.AWAY),
        (letter("Out of Office: Kahvila"), Robot.AWAY),
        (letter(Precedence="bulk"), Robot.LIST),
        (letter(List_Id="<uutiset.example>"), Robot.LIST),
        (letter(sender="MAILER-DAEMON@mx.example"), Robot.BOUNCE),
        (letter(sender="asia+ko-26-0001.abc@koskimaa.example"), Robot.OWN),
        (letter(), None),
        (letter(Auto_Submitted="no"), None),
        (letter("Olen poissa töistä ja haluan perustaa yrityksen"), None),
        (letter("Automaattiovet liikkeeseen"), None),
        (letter("Lomalla syntyi yritysidea"), None),
        (letter(Precedence="normal"), None),
    ],
)
def test_robots_are_told_from_people(made: Letter, kind: Robot | None) -> None:
    assert robot_of(made, OWN) is kind


DSN = b"""From: Mail Delivery System <MAILER-DAEMON@mx.example>\r
To: asia+x@koskimaa.example\r
Subject: Undelivered Mail Returned to Sender\r
Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r
\r
--b\r
Content-Type: text/plain\r
\r
It did not work.\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mx.example\r
\r
Final-Recipient: rfc822; kaisa@customer.example\r
Action: %s\r
Status: %s\r
\r
--b\r
Content-Type: %s\r
\r
Message-ID: <ours@luukku.example>\r
Subject: KO-26-0001\r
\r
--b--\r
"""


@pytest.mark.parametrize("part", [b"message/rfc822", b"text/rfc822-headers"])
@pytest.mark.parametrize(("action", "final"), [(b"failed", True), (b"delayed", False)])
def test_bounce_tells_which_mail_and_why(part: bytes, action: bytes, final: bool) -> None:
    made = read_letter(DSN % (action, b"5.1.1", part))
    assert robot_of(made, OWN) is Robot.BOUNCE
    bounce = read_bounce(made)
    assert (bounce.message_ids, bounce.status, bounce.final) == (("ours@luukku.example",), "5.1.1", final)


def test_bounce_in_nobodys_form_is_read_from_its_text() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "postmaster@old.example", "failure notice"
    mail.set_content("I could not deliver: 550 5.2.2 mailbox full\n\n--- Below is a copy\nMessage-ID: <ours@luukku.example>\nSubject: x")
    bounce = read_bounce(read_letter(mail.as_bytes()))
    assert (bounce.message_ids, bounce.status) == (("ours@luukku.example",), "5.2.2")
