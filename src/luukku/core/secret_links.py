"""Secrets that stand in addresses: made from the installation's key, so that a mail which leaves later can make them again; stored are digests."""

import base64
import hashlib
import hmac

from django.conf import settings


def secret_of(words: str) -> str:
    """The secret that belongs to these words: 43 letters that only this installation can make."""
    digest = hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def digest_of(token: str) -> bytes:
    """What is stored of a secret."""
    return hashlib.sha256(token.encode()).digest()
