"""Stories that came by e-mail: the mail is written as a mail program would, and taken in by the same action as a real one."""

from datetime import datetime
from email.message import EmailMessage

from django.utils import timezone

from luukku.core.actor import HOUSE, act_as_house
from luukku.demo.stories import Story
from luukku.desk.actions.mail_intake import Came, take_in
from luukku.desk.actions.mailboxes import MailboxForm, set_mailbox
from luukku.desk.models import Case, Mailbox
from luukku.network.models import Region


def tell_by_mail(story: Story, region: Region, at: datetime) -> Case | None:
    """The case that the story's mail made; None when it made none."""
    with act_as_house("take in a mail of the sample network"):
        box = Mailbox.objects.select_related("region").filter(region=region).first() or _mailbox(region)
        came = Came(story.number, _mail(story, box, at).as_bytes(), at)
        return take_in(by=HOUSE, box=box, came=came).case


def _mailbox(region: Region) -> Mailbox:
    """Switched off: there is no mail server behind the sample network."""
    form = MailboxForm(f"asia@{region.code}.example", "imap.example", 993, "tls", "asia", is_active=False)
    return set_mailbox(by=HOUSE, region=region, form=form)


def _mail(story: Story, box: Mailbox, at: datetime) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"{story.name} <{story.email}>", box.address
    mail["Subject"] = " ".join(story.words.split()[:6]).rstrip(".,?!")
    mail["Date"] = timezone.localtime(at)
    mail["Message-ID"] = f"<story-{story.number}@customer.example>"
    mail.set_content(f"{story.words}\n\n{story.name}\n{story.phone}")
    return mail
