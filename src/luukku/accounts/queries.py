"""Reads about sign-ins."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from luukku.accounts.access import STRONG
from luukku.accounts.models import User


@dataclass(frozen=True)
class Keys:
    """What somebody can sign in with."""

    password: bool
    app: bool
    passkeys: int
    external: bool


def keys_of(user: AbstractBaseUser | AnonymousUser) -> Keys:
    kinds = list(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
    return Keys(
        password=user.has_usable_password() if isinstance(user, AbstractBaseUser) else False,
        app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        external=SocialAccount.objects.filter(user_id=user.pk).exists(),
    )


def sessions_of(user: AbstractBaseUser | AnonymousUser) -> list[UserSession]:
    """Those that are alive, this one first, then the newest; the dead are cleared away."""
    alive = UserSession.objects.purge_and_list(user)
    return sorted(alive, key=lambda session: (not session.is_current(), -session.created_at.timestamp()))


def sign_ins(users: "QuerySet[User]") -> "QuerySet[User]":
    """With `second_factor` (bool), `external` (bool) and `open_sessions` (number, those alive)."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return users.annotate(
        second_factor=Exists(Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=STRONG)),
        external=Exists(SocialAccount.objects.filter(user_id=OuterRef("pk"))),
        open_sessions=Count("usersession", filter=Q(usersession__session_key__in=alive), distinct=True),
    )
