"""Whether the customer was asked how it went: after an advice session while her matter goes on, or lately by anybody of the network."""

import uuid

from django.db import connection
from django.utils.crypto import salted_hmac

from luukku.core.models import OutgoingMail
from luukku.customers.models import Contact
from luukku.desk.models import Case


def session_asked(case_id: int) -> bool:
    """Whether the question has left. One statement."""
    return OutgoingMail.objects.filter(kind="desk.session_asked", subject_kind="desk.case", subject_id=case_id, facts__asked=1).exists()


def keys_of(contact: Contact) -> list[uuid.UUID]:
    """Keyed digests of a person's e-mail address and phone number: by these it is known when she was last asked, whatever form she came by."""
    return keys_by(contact.email_key, contact.phone_key)


def keys_by(email_key: str, phone_key: str) -> list[uuid.UUID]:
    """The same for whoever is known by an address or a number alone; of an empty one there is no key."""
    known = (("email", email_key), ("phone", phone_key))
    digests = [salted_hmac(f"luukku.desk.asked.{kind}", value, algorithm="sha256").digest()[:16] for kind, value in known if value]
    return sorted(uuid.UUID(bytes=digest) for digest in digests)


def may_be_asked(case: Case) -> bool:
    """Whether the customer of a case that one reads may be asked now how it went, for who speaks with her. Two statements.

    Nobody learns who asked her, or of what; that she is not to be asked is all that is told.
    """
    contact = case.customer.contact if case.customer is not None else None
    keys = keys_of(contact) if contact is not None else []
    with connection.cursor() as cursor:
        cursor.execute("select wall.desk_rested(%s, %s)", [case.pk, keys])
        return bool(keys) and bool(cursor.fetchone()[0])
