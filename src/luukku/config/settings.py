"""All settings of Luukku, from the environment. Each LUUKKU_ variable is described in docs/operations.md (a test holds it so)."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from luukku.core.logs import configure_logs
from luukku.core.postgres import database_settings

PACKAGE = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def env_bool(name: str, default: bool = False) -> bool:
    return env(name, str(default)).lower() in ("1", "true", "yes", "on")


LUUKKU_VAR = Path(env("LUUKKU_VAR", "var")).resolve()
LUUKKU_DEMO = env_bool("LUUKKU_DEMO")
LUUKKU_LOGIN = env("LUUKKU_LOGIN", "web")
LUUKKU_BASE_URL = env("LUUKKU_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
LUUKKU_FILES = LUUKKU_VAR / "files"
LUUKKU_FILE_MAX_MB = int(env("LUUKKU_FILE_MAX_MB", "10"))
LUUKKU_RATE_FACTOR = int(env("LUUKKU_RATE_FACTOR", "1"))  # 0 switches the limits off (load tests)
LUUKKU_MAIL_DOMAIN = env("LUUKKU_MAIL_DOMAIN", "luukku.example")
LUUKKU_MATCH_MEANING = env_bool("LUUKKU_MATCH_MEANING", True)  # use the sentence model where it is installed
LUUKKU_PLAN_ONCE = env_bool("LUUKKU_PLAN_ONCE", True)  # hot statements; off behind a pooler of transactions
LUUKKU_REGISTER_URL = env("LUUKKU_REGISTER_URL", "https://avoindata.prh.fi/opendata-ytj-api/v3")  # the company register's open interface
LUUKKU_WITHOUT_ACTOR: tuple[str, ...] = ("/health",)
LUUKKU_ACTOR_LOADERS = (
    "luukku.desk.api.door.partner_of_request",
    "luukku.desk.web.door.place.link_of_request",
    "luukku.network.access.actor_of_request",
    "luukku.customers.access.actor_of_request",
)


def secret_key() -> str:
    """From the environment, or made once and kept under var/ readable to its owner only."""
    given = env("LUUKKU_SECRET_KEY")
    if given:
        return given
    path = LUUKKU_VAR / "secret-key"
    try:
        return path.read_text()
    except FileNotFoundError:
        LUUKKU_VAR.mkdir(parents=True, exist_ok=True)
        _put_secret(path)
        return path.read_text()


def _put_secret(path: Path) -> None:
    """The file appears with its words in it: another process that starts now must not read an empty one. The first to come wins."""
    descriptor, part = tempfile.mkstemp(prefix="secret-key.", dir=path.parent)  # 0600 by itself
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(part, path)
    finally:
        Path(part).unlink()


SECRET_KEY = secret_key()
DEBUG = env_bool("LUUKKU_DEBUG")
ALLOWED_HOSTS = env("LUUKKU_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [LUUKKU_BASE_URL]

INSTALLED_APPS = [
    "luukku.accounts",  # first: its pages and words stand in for those of allauth and Django
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "anymail",
    "luukku.core",
    "luukku.network",
    "luukku.catalogue",
    "luukku.surveys",
    "luukku.customers",
    "luukku.desk",
    "luukku.relations",
    "luukku.development",
    "luukku.vitality",
    "luukku.statements",
    "luukku.complaints",
    "luukku.privacy",
    "luukku.governance",
    "luukku.plans",
    "luukku.agreements",
    "luukku.portal",
    "luukku.demo",
]

MIDDLEWARE = [
    "luukku.core.middleware.LogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "luukku.core.middleware.HeadersMiddleware",
    "luukku.core.ui.sought.SoughtMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "luukku.core.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "luukku.accounts.web.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "luukku.config.urls"
WSGI_APPLICATION = "luukku.config.wsgi.application"

_LOADERS: list[Any] = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "core/ui/templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "luukku.core.ui.context.page",
            ],
            "libraries": {"luukku": "luukku.core.ui.templatetags.luukku"},
            "builtins": ["django.templatetags.i18n", "luukku.core.ui.templatetags.said", "template_partials.templatetags.partials"],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
        },
    }
]
FORM_RENDERER = "luukku.core.ui.controls.Renderer"

DATABASES = {"default": database_settings(LUUKKU_LOGIN, LUUKKU_VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PGHISTORY_APPEND_ONLY = True
PROCRASTINATE_ON_APP_READY = None

# Sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "luukku.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "luukku.accounts.adapters.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up, but without it the sign-in page has no password
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # as long as SESSION_COOKIE_AGE, never asked
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_PREVENT_ENUMERATION = ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # one answer and one mail, known or not
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {} if LUUKKU_RATE_FACTOR else False  # {} is allauth's own limits
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env_bool("LUUKKU_BEHIND_PROXY") else 0
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_cache"}}  # limits count for all processes
MFA_ADAPTER = "luukku.accounts.adapters.MFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # administrators vouch for addresses; there is no sign-up
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Luukku"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LUUKKU_BASE_URL.startswith("http://")
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_ONLY = False
LUUKKU_OIDC_TRUST_EMAIL = env_bool("LUUKKU_OIDC_TRUST_EMAIL")  # for a provider that verifies addresses but does not say so
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True  # verified addresses only (see the adapter)
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"APPS": []}}
OIDC_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(env("LUUKKU_OIDC_URL"))) if env("LUUKKU_OIDC_URL") else ""
if OIDC_ORIGIN:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "oidc",
            "name": env("LUUKKU_OIDC_NAME", "OpenID Connect"),
            "client_id": env("LUUKKU_OIDC_CLIENT_ID"),
            "secret": env("LUUKKU_OIDC_SECRET"),
            "settings": {"server_url": env("LUUKKU_OIDC_URL")},
        }
    )

# Sessions, cookies, headers
HTTPS = LUUKKU_BASE_URL.startswith("https://")
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS and env_bool("LUUKKU_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("LUUKKU_BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *([OIDC_ORIGIN] if OIDC_ORIGIN else [])],  # a form's answer may lead to the provider
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# Languages and time
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "luukku_language"
LOCALE_PATHS: list[Path] = [PACKAGE / "core/locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = LUUKKU_VAR / "static"
STATICFILES_DIRS = [PACKAGE / "core/ui/static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# Mail
DEFAULT_FROM_EMAIL = env("LUUKKU_MAIL_FROM", "luukku@luukku.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_BACKEND = env("LUUKKU_MAIL_BACKEND", "luukku.demo.outbox.OutboxBackend" if LUUKKU_DEMO else "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env("LUUKKU_SMTP_HOST", "localhost")
EMAIL_PORT = int(env("LUUKKU_SMTP_PORT", "25"))
EMAIL_HOST_USER = env("LUUKKU_SMTP_USER")
EMAIL_HOST_PASSWORD = env("LUUKKU_SMTP_PASSWORD")
EMAIL_USE_TLS = env_bool("LUUKKU_SMTP_TLS")
EMAIL_TIMEOUT = 20

# Text messages (core.mail.texts); off without an address
LUUKKU_TEXT_URL = env("LUUKKU_TEXT_URL")
LUUKKU_TEXT_TOKEN = env("LUUKKU_TEXT_TOKEN")
LUUKKU_TEXT_FROM = env("LUUKKU_TEXT_FROM", "Luukku")

LOGGING_CONFIG = None
configure_logs(json=env_bool("LUUKKU_LOG_JSON", not LUUKKU_DEMO), level=env("LUUKKU_LOG_LEVEL", "INFO"))
