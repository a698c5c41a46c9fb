"""Text messages: a queued mail whose receiver has a phone instead leaves by an HTTP gateway, where the installation has one.

The gateway gets one POST of JSON, `{"id", "to", "from", "text"}`, with a bearer token; any answer of 2xx means that it has taken the message. `id` is
the Message-ID, the same at each try, so that a gateway that keeps ids sends none twice. Off unless LUUKKU_TEXT_URL is set.
"""

import json
from urllib.request import Request, urlopen

from django.conf import settings

TIMEOUT = 20  # seconds, as for the mail server


def texts_are_on() -> bool:
    """Whether this installation sends text messages at all."""
    return bool(settings.LUUKKU_TEXT_URL)


def can_be_texted(phone_key: str) -> bool:
    """Whether a number (its digits with the country code) takes text messages: a Finnish mobile one, or any abroad, where nobody can tell."""
    return phone_key.startswith(("3584", "35850")) or (bool(phone_key) and not phone_key.startswith("358"))


def send_text(*, ident: str, phone_key: str, words: str) -> None:
    """Hand one text message to the gateway. Raises OSError (URLError, HTTPError) when it does not take it."""
    body = {"id": ident, "to": f"+{phone_key}", "from": settings.LUUKKU_TEXT_FROM, "text": words}
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.LUUKKU_TEXT_TOKEN}", "Idempotency-Key": ident}
    asked = Request(settings.LUUKKU_TEXT_URL, json.dumps(body).encode(), headers, method="POST")  # noqa: S310 (the administrator's own address)
    with urlopen(asked, timeout=TIMEOUT):  # noqa: S310
        pass  # urlopen raises for everything but 2xx
