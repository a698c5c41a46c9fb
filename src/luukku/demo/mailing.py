"""Stories that came by e-mail: the mail is written as a mail program would, and taken in by the same action as a real one."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import formataddr

from django.utils import timezone

from luukku.core.actor import HOUSE, act_as, act_as_house
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.demo.stories import Story
from luukku.desk.actions.mail_by_hand import route_mail
from luukku.desk.actions.mail_intake import Came, take_in
from luukku.desk.actions.mailboxes import MailboxForm, set_mailbox
from luukku.desk.models import Case, IncomingMail, Mailbox
from luukku.network.access import actor_of_person
from luukku.network.models import Desk, Region

TO_PARTNER = "Haluamme laajentaa leipomoamme ja tarvitsemme lainaa uuniin. Kenen kanssa voin jutella?"
ROUTED = "Asun Kurikassa ja haluan aloittaa kahvilan. En tiedä, keneltä kysyä."
WAITING = (
    ("Olli Opastettava", "Mistä saan apua yrityksen myymiseen? Asuinkuntani on Ilmajoki.", 3),
    ("Vendla Visare", "Jag vill grunda ett företag i Raseborg. Vem kan hjälpa mig?", 1),
)


def tell_by_mail(story: Story, region: Region, at: datetime) -> Case | None:
    """The case that the story's mail made; None when it made none."""
    with act_as_house("take in a mail of the sample network"):
        box = Mailbox.objects.select_related("region").filter(region=region).first() or _mailbox(f"asia@{region.code}.example", region=region)
        words = f"{story.words}\n\n{story.name}\n{story.phone}"
        return _come(box, story.number, at, formataddr((story.name, str(story.email))), words).case


def write_to_doors(built: Built) -> None:
    """Mails to a partner's own door, and to the whole country's: one was brought to its region, two wait for the operator."""
    now = clock.now()
    desk = Desk.objects.select_related("organisation", "region").get(pk=built.desks["suupohja", "finnvera"].pk)  # the region is open by now
    with act_as_house("take in mails of the sample network's other doors"):
        own, nation = _mailbox("asia@finnvera.example", desk=desk), _mailbox("yritys@luukku.example")
        _come(own, 1, now - timedelta(hours=5), "Leena Leipuri <leena.leipuri@sample.example>", TO_PARTNER)
        routed = _come(nation, 1, now - timedelta(days=4), "Kaija Kahvila <kaija.kahvila@sample.example>", ROUTED)
        for number, (name, words, hours) in enumerate(WAITING, start=2):
            _come(nation, number, now - timedelta(hours=hours), f"{name} <{name.lower().replace(' ', '.')}@sample.example>", words)
    operator = actor_of_person(built.logins["operator"].pk)
    with act_as(operator):
        route_mail(by=operator, mail_id=routed.pk, region=built.regions["suupohja"])


def _mailbox(address: str, region: Region | None = None, desk: Desk | None = None) -> Mailbox:
    """Switched off: there is no mail server behind the sample network."""
    form = MailboxForm(address, "imap.example", 993, "tls", "asia", is_active=False)
    return set_mailbox(by=HOUSE, region=region, desk=desk, form=form)


def _come(box: Mailbox, number: int, at: datetime, sender: str, words: str) -> IncomingMail:
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, box.address
    mail["Subject"] = " ".join(words.split()[:6]).rstrip(".,?!")
    mail["Date"] = timezone.localtime(at)
    mail["Message-ID"] = f"<story-{number}.{box.pk}@customer.example>"
    mail.set_content(words)
    return take_in(by=HOUSE, box=box, came=Came(number, mail.as_bytes(), at))
