"""A real Dovecot on this machine, with a configuration of its own, in a folder of its own, run by whoever runs the tests."""

import getpass
import grp
import imaplib
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.harness.processes import Process, free_port, start, wait_until

USER, PASSWORD = "door", "open sesame"
MISSING = (
    "Dovecot is not on this machine, and mail intake is tested against a real one. `make needs` installs it (Debian: apt-get install dovecot-imapd)."
)
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
protocols = imap
listen = 127.0.0.1
default_internal_user = {me}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 0
last_valid_uid = 0
first_valid_gid = 0
mail_uid = {mail}
mail_gid = {mail_group}
mail_home = {folder}/homes/%u
mail_location = maildir:~/mail
mail_fsync = never
login_greeting = ready
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={mail} gid={mail_group} home={folder}/homes/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap {{
  process_limit = 20
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""


@dataclass
class MailStore:
    """The running store. Mail is put in as a delivery would, by writing a file into the maildir."""

    folder: Path
    port: int
    process: Process | None = None

    @property
    def inbox(self) -> Path:
        return self.folder / "homes" / USER / "mail"

    def deliver(self, *mails: EmailMessage | bytes) -> None:
        self.deliver_all(mails)

    def prepare(self) -> None:
        """An empty inbox into which both we and the server may write."""
        for folder in (self.inbox.parent, self.inbox, *(self.inbox / part for part in ("cur", "new", "tmp"))):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o777)

    def deliver_all(self, mails: Iterable[EmailMessage | bytes]) -> int:
        """Returns how many."""
        new, count = self.inbox / "new", 0
        begun = time.time_ns()
        for count, mail in enumerate(mails, start=1):
            raw = mail if isinstance(mail, bytes) else mail.as_bytes()
            (new / f"{begun // 1_000_000_000}.M{begun % 1_000_000_000 // 1000:06d}P{os.getpid()}Q{count:06d}.here").write_bytes(raw)
        return count

    @contextmanager
    def opened(self) -> Iterator[imaplib.IMAP4]:
        """A look at the inbox by somebody else."""
        client = imaplib.IMAP4("127.0.0.1", self.port, 20)
        try:
            client.login(USER, PASSWORD)
            client.select("INBOX")
            yield client
        finally:
            client.logout()

    def count(self, what: str = "ALL", folder: str = "INBOX") -> int:
        """How many mails of a folder answer an IMAP search."""
        with self.opened() as client:
            client.select(folder)
            return len(client.search(None, what)[1][0].split())

    def clear(self) -> None:
        """Take every mail and folder away."""
        with self.opened() as client:
            for row in client.list()[1]:
                name = row.decode().rsplit(" ", 1)[-1].strip('"') if isinstance(row, bytes) else "INBOX"
                if name != "INBOX":
                    client.delete(name)
            if client.search(None, "ALL")[1][0]:
                client.store("1:*", "+FLAGS", r"\Deleted")
                client.expunge()

    def set_password(self, password: str) -> None:
        """Returns when the server goes by it."""
        (self.folder / "users").write_text(f"{USER}:{password}\n")
        if self.process is not None:
            wait_until(lambda: self._lets_in(password), 20, why=self._log)

    def _lets_in(self, password: str) -> bool:
        client = imaplib.IMAP4("127.0.0.1", self.port, 20)
        try:
            client.login(USER, password)
        except imaplib.IMAP4.error:
            return False
        finally:
            client.logout()
        return True

    def renew_uids(self) -> None:
        """What a move to another server does: every mail gets a new UID, and UIDVALIDITY says so."""
        for name in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache", "dovecot-uidvalidity"):
            (self.inbox / name).unlink(missing_ok=True)
        for path in self.inbox.glob("dovecot-uidvalidity.*"):
            path.unlink()
        time.sleep(1.1)  # the new one is made of the clock's seconds

    def start(self) -> None:
        self.process = start([str(find_dovecot()), "-F", "-c", str(self.folder / "conf")], dict(os.environ), self.folder / "out")
        wait_until(self._answers, 20, why=self._log)

    def stop(self) -> None:
        """At once, with every open connection."""
        if self.process is not None:
            self.process.kill()
            self.process = None

    def _answers(self) -> bool:
        """Whoever asks with a wrong password is answered too, so any password will do."""
        try:
            imaplib.IMAP4("127.0.0.1", self.port, 20).shutdown()
        except (OSError, imaplib.IMAP4.error):
            return False
        return True

    def _log(self) -> str:
        return "".join(path.read_text(errors="replace")[-2000:] for path in (self.folder / "out", self.folder / "log") if path.exists())


def find_dovecot() -> Path | None:
    """None when there is none; package managers put it where only root looks."""
    found = Path(shutil.which("dovecot") or "/usr/sbin/dovecot")
    return found if found.exists() else None


@contextmanager
def mail_store() -> Iterator[MailStore]:
    """Started and answering; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="luukku-dovecot-", ignore_cleanup_errors=True) as name:
        store = MailStore(Path(name), free_port())
        me = {"folder": name, "me": getpass.getuser(), "group": grp.getgrgid(os.getegid()).gr_name, "port": store.port}
        me |= {"login": me["me"], "mail": me["me"], "mail_group": me["group"]}
        if os.geteuid() == 0:  # its inner processes refuse to be root: they become the accounts that its package has made for them
            me |= {"login": "dovenull", "mail": "dovecot", "mail_group": "dovecot"}
            store.folder.chmod(0o711)
        store.prepare()
        (store.folder / "conf").write_text(CONFIG.format(**me))
        store.set_password(PASSWORD)
        try:
            store.start()
            yield store
        finally:
            store.stop()
