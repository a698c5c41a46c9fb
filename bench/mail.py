"""How fast a mailbox is emptied: `luukku bench mail [--count 2000]`.

A real Dovecot and a database of their own, as the tests have them (without fsync), with the worker's own code in this process. Floors of the same
run: fetching the mails and doing nothing with them; and as many needs sent by the form's action without any mail.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORDS = "Hei,\n\nharkitsen kahvilan avaamista ja tarvitsen neuvoa rahoituksesta. Laitteet maksavat noin 30 000 euroa.\n\nTerveisin\nAsiakas %d\n"


MISSED = 3  # what its process ends with when the aim was missed
AIM_RATIO = 2.0  # to fetching and the form's action together


def main(argv: Sequence[str] = ()) -> list[str]:
    """Run in a process of its own with the tests' settings; returns the aim if it was missed."""
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "LUUKKU_LOGIN", "LUUKKU_DEMO"))}
    env = kept | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": paths, "LUUKKU_LOG_LEVEL": "ERROR"}
    done = subprocess.run([sys.executable, "-m", "bench.mail", *argv], cwd=ROOT, env=env, check=False)
    if done.returncode not in (0, MISSED):
        return ["the run itself: it did not come to its end"]
    return [] if done.returncode == 0 else [f"taking in at {AIM_RATIO:g} × fetching and the form's action"]


def mails(count: int) -> Iterator[EmailMessage]:
    """Mails of as many people, a small PDF with every fourth."""
    for number in range(count):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = f"Asiakas {number} <a{number}@customer.example>", "asia@koskimaa.example", f"Kahvila {number}"
        mail["Message-ID"] = f"<{number}@customer.example>"
        mail.set_content(WORDS % number)
        if number % 4 == 0:
            mail.add_attachment(b"%PDF-1.4 " + b"x" * 20_000, maintype="application", subtype="pdf", filename="laskelma.pdf")
        yield mail


def measure(count: int) -> bool:
    """Print mails a second, and both floors; returns whether the aim is met."""
    import django

    django.setup()
    from luukku.core.actor import HOUSE, PUBLIC, act_as, act_as_house
    from luukku.core.mail.imap import opened
    from luukku.desk.actions.intake import NeedForm, send_need
    from luukku.desk.actions.mail_poll import poll
    from luukku.desk.actions.mailboxes import MailboxForm, account_of, set_mailbox
    from luukku.desk.models import Case
    from tests.cast import assemble
    from tests.harness import database
    from tests.harness.mailstore import PASSWORD, USER, mail_store

    with database.running_server(), database.own_clone(), mail_store() as store:
        region = assemble().here.region
        store.deliver_all(mails(count))
        form = MailboxForm("asia@koskimaa.example", "127.0.0.1", store.port, "none", USER, password=PASSWORD)
        with act_as_house("set up a mailbox"):
            box = set_mailbox(by=HOUSE, region=region, form=form)

        def fetch() -> None:
            with opened(account_of(box)) as folder:
                for each in folder.listed(folder.search("ALL")):
                    folder.raw(each)

        def needs() -> None:
            for number in range(count):
                with act_as(PUBLIC):
                    send_need(by=PUBLIC, need=NeedForm(region, WORDS % number, "fi", name=f"Asiakas {number}", email=f"b{number}@customer.example"))

        def take() -> None:
            while poll(box.pk):
                pass

        fetched, sent, taken = (timed(name, work, count) for name, work in (("fetch only", fetch), ("form's action only", needs), ("taken in", take)))
        assert Case.objects.count() == 2 * count
        print(f"taking in takes {taken / (fetched + sent):.2f} × fetching and the form's action together")
        return taken <= AIM_RATIO * (fetched + sent)


def timed(name: str, work: Callable[[], None], count: int) -> float:
    """Seconds, after printing what they come to."""
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    print(f"{name:20} {count / seconds:8.1f} mails/s  {seconds / count * 1e3:7.2f} ms each", flush=True)
    return seconds


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=2000)
    sys.exit(0 if measure(parser.parse_args().count) else MISSED)
