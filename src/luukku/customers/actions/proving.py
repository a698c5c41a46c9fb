"""A customer proves that an address is hers: a code is mailed there, and she writes it in the browser that asked.

Nothing here asks whether anybody has the address: known or not, it gets the same code at the same pace, and shows what it has (perhaps
nothing) only when it is proven.
"""

import re
import secrets

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.mail import queue
from luukku.core.ratelimit import count_use
from luukku.core.trail import record
from luukku.customers.access import token_digest
from luukku.customers.models import AddressProof
from luukku.customers.models.identifiers import email_key

MAILS_AN_HOUR = 5  # to one address, whoever asks: nobody's mailbox is filled from here
_DIGITS = re.compile(r"\D")


def ask_code(*, by: Actor, email: str, language: str) -> str:
    """Mail a code to the address; returns the secret of the browser that asked. Raises RuleBroken."""
    address = email.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise RuleBroken(_("Check the e-mail address: it should look like name@example.fi."), field="email") from None
    if count_use("address-code", email_key(address), seconds=3600) > MAILS_AN_HOUR:
        raise RuleBroken(_("Many codes have been sent to this address. Use the newest of them, or try again in an hour."), field="email")
    token = secrets.token_urlsafe(32)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select wall.customers_ask_code(%s, %s, %s, %s)", [token_digest(token), address, email_key(address), language])
        proof = AddressProof(pk=cursor.fetchone()[0])
        record("address.code_asked", proof, by=by)
        queue("customers.code", proof)
    return token


def prove_address(*, by: Actor, token: str, code: str) -> str:
    """Try a code; returns the secret by which the address is proven from now on, another than before; empty for a wrong code.

    A wrong one counts against the asking: raises RuleBroken after five, or after ten minutes. It is no RuleBroken itself, since that would undo
    the count.
    """
    fresh = secrets.token_urlsafe(32)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select id, proven from wall.customers_try_code(%s, %s, %s)",
            [token_digest(token), _DIGITS.sub("", code)[:20], token_digest(fresh)],
        )
        row = cursor.fetchone()
        if row is not None and row[1]:
            record("address.proven", AddressProof(pk=row[0]), by=by)
    if row is None:
        raise RuleBroken(_("This code can be used no more. Ask for a new one."), field="code")
    return fresh if row[1] else ""
