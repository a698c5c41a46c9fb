"""Secrets that must be read again (of authenticator apps, of mailboxes), sealed by the installation's key: a copy of the database gives none away."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def _of(purpose: str) -> Fernet:
    key = hashlib.sha256(f"{purpose}|".encode() + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(text: str, purpose: str) -> str:
    """The text sealed for one purpose: what is sealed for another does not open it."""
    return _of(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """The text again; empty when the secret key has changed since."""
    try:
        return _of(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""
