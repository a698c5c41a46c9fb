"""What is done to sign-ins. Who may do it to others is decided where people are (network): these know no roles."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from luukku.accounts.models import User
from luukku.core.actor import Actor
from luukku.core.mail import queue
from luukku.core.trail import record


def choose_language(*, user_id: int, language: str) -> None:
    """Her language for pages and mails; she chooses it herself."""
    User.objects.filter(pk=user_id).update(language=language)


def end_session(session: UserSession) -> None:
    """Whoever holds its cookie is a stranger from the next request on."""
    session.end()


def end_sessions(*, by: Actor, user: User) -> int:
    """Sign her out everywhere; returns from how many places."""
    with transaction.atomic():
        sessions = list(UserSession.objects.filter(user=user))
        for session in sessions:
            end_session(session)
        record("user.sessions_ended", user, by=by, sessions=len(sessions))
    return len(sessions)


def deactivate_user(*, by: Actor, user: User) -> None:
    """No way in any more, at once; what she did stays hers."""
    if not user.is_active:
        return
    with transaction.atomic():
        user.is_active = False
        user.save(update_fields=["is_active"])
        record("user.deactivated", user, by=by)
        end_sessions(by=by, user=user)


def reactivate_user(*, by: Actor, user: User) -> None:
    if user.is_active:
        return
    with transaction.atomic():
        user.is_active = True
        user.save(update_fields=["is_active"])
        record("user.reactivated", user, by=by)


def reset_second_factor(*, by: Actor, user: User) -> None:
    """She has lost her telephone: authenticators and recovery codes go, sessions end, she is told by mail and sets up new ones."""
    with transaction.atomic():
        removed, _ = Authenticator.objects.filter(user=user).delete()
        record("user.second_factor_reset", user, by=by, authenticators=removed)
        end_sessions(by=by, user=user)
        queue("accounts.second_factor_reset", user)


def password_link(user: User) -> str:
    """A link with which she sets her password, once, within three days (PASSWORD_RESET_TIMEOUT). For her eyes only."""
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return f"{settings.LUUKKU_BASE_URL}{reverse('account_reset_password_from_key', kwargs=key)}"
