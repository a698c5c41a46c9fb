"""A mailbox on an IMAP server: opened, listed, fetched without touching a flag, marked. What goes wrong has a code, never the server's words."""

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxFolderStatusError, MailboxLoginError

SECONDS = 30.0
_PART = 1_000_000  # bytes fetched at a time of a big mail
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_DATE = re.compile(rb'INTERNALDATE "[^"]+"')


class Wrong(StrEnum):
    """What can be wrong with a mailbox."""

    UNREACHABLE = "unreachable"
    TLS = "tls"
    LOGIN = "login"
    FOLDER = "folder"
    BROKEN = "broken"


class MailboxTrouble(Exception):
    """The mailbox cannot be read now. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Account:
    """Where a mailbox is. `security` is `tls`, `starttls` or `none` (a server on this machine)."""

    host: str
    port: int
    security: str
    user: str
    password: str
    folder: str = "INBOX"


@dataclass(frozen=True)
class Listed:
    """A mail in the folder: its UID, its size in bytes, and when it arrived."""

    uid: int
    size: int
    arrived_at: datetime


class Box:
    """An open folder. Its generation (`uidvalidity`) says whether UIDs mean what they meant; `uidnext` is above all of them."""

    def __init__(self, client: BaseMailBox, folder: str) -> None:
        self._box = client
        status = client.folder.status(folder, ["UIDVALIDITY", "UIDNEXT", "MESSAGES"])
        self.uidvalidity, self.uidnext, self.messages = (int(status.get(key, 0)) for key in ("UIDVALIDITY", "UIDNEXT", "MESSAGES"))

    def search(self, criteria: str) -> list[int]:
        """UIDs, lowest first."""
        with _told():
            return sorted(int(uid) for uid in self._box.uids(criteria, charset=None))

    def listed(self, uids: Sequence[int]) -> list[Listed]:
        """Those of the mails that are still there, lowest UID first."""
        if not uids:
            return []
        with _told():
            rows = self._fetch(",".join(str(uid) for uid in uids), "(UID RFC822.SIZE INTERNALDATE)")
        found = [_listed(b" ".join(row) if isinstance(row, tuple) else row) for row in rows]
        return sorted((each for each in found if each is not None), key=lambda each: each.uid)

    def raw(self, mail: Listed) -> bytes | None:
        """The whole mail as it lies there, big ones in parts; None when it has gone."""
        with _told():
            if mail.size <= _PART:
                return self._literal(mail.uid, "(BODY.PEEK[])")
            parts: list[bytes] = []
            while part := self._literal(mail.uid, f"(BODY.PEEK[]<{sum(map(len, parts))}.{_PART}>)"):
                parts.append(part)
                if len(part) < _PART:
                    break
            return b"".join(parts) if parts else None

    def mark_seen(self, uids: Sequence[int]) -> None:
        if uids:
            with _told():
                self._box.flag([str(uid) for uid in uids], MailMessageFlags.SEEN, True)

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Into another folder, which is made if it is not there."""
        if uids:
            with _told():
                if not self._box.folder.exists(folder):
                    self._box.folder.create(folder)
                self._box.move([str(uid) for uid in uids], folder)

    def _literal(self, uid: int, what: str) -> bytes | None:
        rows = self._fetch(str(uid), what)
        return next((row[1] for row in rows if isinstance(row, tuple)), None)

    def _fetch(self, uids: str, what: str) -> list[bytes | tuple[bytes, bytes]]:
        status, rows = self._box.client.uid("FETCH", uids, what)
        if status != "OK":
            raise MailboxTrouble(Wrong.BROKEN)
        return [row for row in rows if row]


def _listed(row: bytes) -> Listed | None:
    uid, size, moment = _UID.search(row), _SIZE.search(row), _DATE.search(row)
    if uid is None or size is None:
        return None
    local = imaplib.Internaldate2tuple(moment.group()) if moment else None
    arrived = datetime(*local[:6]).astimezone(UTC) if local else datetime.now(UTC)
    return Listed(int(uid.group(1)), int(size.group(1)), min(arrived, datetime.now(UTC)))


@contextlib.contextmanager
def opened(account: Account) -> Iterator[Box]:
    """The folder, open for reading and marking. Raises MailboxTrouble."""
    with _told():
        client = _client(account)
    try:
        with _told():
            _log_in(client, account)
            box = Box(client, account.folder)
            client.folder.set(account.folder)
        yield box
    finally:
        with contextlib.suppress(ImapToolsError, imaplib.IMAP4.error, OSError):
            client.logout()
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            client.client.shutdown()


def _log_in(client: BaseMailBox, account: Account) -> None:
    try:
        if (account.user + account.password).isascii():
            client.login(account.user, account.password, initial_folder=None)
        else:
            client.login_utf8(account.user, account.password, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, MailboxLoginError):
        raise MailboxTrouble(Wrong.LOGIN) from None


def _client(account: Account) -> BaseMailBox:
    if account.security == "none":
        return MailBoxUnencrypted(account.host, account.port, SECONDS)
    context = ssl.create_default_context()
    if account.security == "starttls":
        return MailBoxStartTls(account.host, account.port, timeout=SECONDS, ssl_context=context)
    return MailBox(account.host, account.port, timeout=SECONDS, ssl_context=context)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Whatever the libraries raise becomes a code."""
    try:
        yield
    except (MailboxFolderSelectError, MailboxFolderStatusError):
        raise MailboxTrouble(Wrong.FOLDER) from None
    except ssl.SSLError:
        raise MailboxTrouble(Wrong.TLS) from None
    except (OSError, imaplib.IMAP4.abort):
        raise MailboxTrouble(Wrong.UNREACHABLE) from None
    except (ImapToolsError, imaplib.IMAP4.error, UnicodeError, ValueError):
        raise MailboxTrouble(Wrong.BROKEN) from None
