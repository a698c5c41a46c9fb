"""Secrets that stand in addresses: made from the installation's key, so that a mail which leaves later can make them again; stored are digests."""

import base64
import hashlib
import hmac
from datetime import datetime

from django.conf import settings


def secret_of(words: str) -> str:
    """The secret that belongs to these words: 43 letters that only this installation can make."""
    return base64.urlsafe_b64encode(mac_of(words)).decode().rstrip("=")


def mac_of(words: str) -> bytes:
    """What proves that these words come from this installation: 32 bytes."""
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).digest()


def make_token(principal: int, made_at: datetime) -> str:
    """The secret of the link of this principal that was made at this moment: another one for each renewal."""
    return secret_of(f"status:{principal}:{made_at.timestamp():.6f}")


def digest_of(token: str) -> bytes:
    """What is stored of a secret."""
    return hashlib.sha256(token.encode()).digest()
