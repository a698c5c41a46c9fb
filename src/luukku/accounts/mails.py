"""Mails about signing in, in the receiver's language, as text and HTML. Each is a few sentences; nothing confidential is in them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luukku.accounts.models import User
from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.core.ui.times import moment_text

Words = str | Promise  # translated when the mail is made


@dataclass(frozen=True)
class Letter:
    """What a mail says: subject, sentences before the code or the link, words of the link, sentences after."""

    subject: Words
    before: tuple[Words, ...]
    link: Words = ""
    after: tuple[Words, ...] = ()


_NOTHING = _("If it was not you, you need do nothing.")
_NOT_YOU = _("If it was not you, tell your administrator at once and change your password.")


def _change(subject: Words, sentence: Words) -> Letter:
    return Letter(subject, (sentence,), after=(_NOT_YOU,))


LETTERS = {
    "account/email/login_code": Letter(
        _("Your sign-in code"),
        (_("Write this code on the page where you asked for it:"),),
        after=(_("The code is valid for ten minutes. We never ask for it by telephone or mail."), _NOTHING),
    ),
    "account/email/password_reset_key": Letter(
        _("Choose a new password"),
        (_("You, or somebody else, asked for a new password with this e-mail address. Choose it here:"),),
        _("Choose a new password"),
        (_("The link works once, for three days."), _NOTHING),
    ),
    "account/email/unknown_account": Letter(
        _("Nobody signs in with this address"),
        (
            _("You, or somebody else, tried to sign in to Luukku with this e-mail address. Nobody signs in with it here."),
            _("If you work in the network, use the address that your organisation has given, or ask your administrator."),
            _("If you have sent us a matter, open the link in the mail we sent you, or choose My matters on our pages."),
        ),
        after=(_NOTHING,),
    ),
    "account/email/password_changed": _change(_("Your password was changed"), _("Your password was changed %(at)s.")),
    "account/email/password_reset": _change(_("Your password was changed"), _("Your password was changed %(at)s.")),
    "account/email/password_set": _change(_("Your password was set"), _("A password was set for your sign-in %(at)s.")),
    "mfa/email/totp_activated": _change(_("An authenticator app was added"), _("An authenticator app was added to your sign-in %(at)s.")),
    "mfa/email/totp_deactivated": _change(_("Your authenticator app was removed"), _("The authenticator app was removed from your sign-in %(at)s.")),
    "mfa/email/webauthn_added": _change(_("A passkey was added"), _("A passkey was added to your sign-in %(at)s.")),
    "mfa/email/webauthn_removed": _change(_("A passkey was removed"), _("A passkey was removed from your sign-in %(at)s.")),
    "mfa/email/recovery_codes_generated": _change(
        _("New recovery codes were made"), _("New recovery codes were made for your sign-in %(at)s. The old ones no longer work.")
    ),
    "socialaccount/email/account_connected": _change(
        _("You signed in through your workplace"), _("The sign-in of your workplace was connected to yours %(at)s. From now on you can use it here.")
    ),
    "accounts.second_factor_reset": Letter(
        _("Your second step of sign-in was reset"),
        (
            _("An administrator has removed your authenticator app, passkeys and recovery codes, and signed you out everywhere."),
            _("Sign in as before. You are then led to set up a new second step."),
        ),
        _("Sign in"),
        (_("If you did not ask for this, tell your administrator at once."),),
    ),
}


def _context(letter: Letter, language: str, given: dict[str, Any]) -> dict[str, Any]:
    """Must run in the receiver's language."""
    words = {"at": moment_text(given["at"]) if "at" in given else ""}
    return {
        "language": language,
        "base_url": settings.LUUKKU_BASE_URL,
        "subject": str(letter.subject),
        "before": [str(each) % words for each in letter.before],
        "code": given.get("code", ""),
        "url": given.get("url") or given.get("password_reset_url", ""),
        "link": str(letter.link),
        "after": [str(each) for each in letter.after],
    }


def letter_for(kind: str, email: str, given: dict[str, Any]) -> EmailMultiAlternatives:
    """The mail of this kind to this address, in her language, or in that of the page when nobody has the address."""
    letter = LETTERS[kind]
    language = User.objects.filter(email=email.strip().lower()).values_list("language", flat=True).first() or translation.get_language()
    with translation.override(language):
        context = _context(letter, language or settings.LANGUAGE_CODE, given)
        text, html = (render_to_string(f"accounts/mail/letter.{ending}", context) for ending in ("txt", "html"))
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "Content-Language": context["language"]}
    message = EmailMultiAlternatives(context["subject"], text, settings.DEFAULT_FROM_EMAIL, [email], headers=headers)
    message.attach_alternative(html, "text/html")
    return message


def _second_factor_reset(mail: OutgoingMail) -> MailContent | None:
    user = User.objects.filter(pk=mail.subject_id, is_active=True).first()
    if user is None:
        return None
    with translation.override(user.language):
        url = f"{settings.LUUKKU_BASE_URL}/account/login/"
        return MailContent(user.email, user.language, _context(LETTERS["accounts.second_factor_reset"], user.language, {"url": url}))


def register() -> None:
    """Told to core at start."""
    mail_kinds.register("accounts.second_factor_reset", MailKind("accounts/mail/letter", _second_factor_reset, _("Signing in")))
