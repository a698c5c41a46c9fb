"""The product's settings for tests: a server of their own under var/, quick passwords, nothing sent anywhere."""

import os
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_binaries = os.environ.get("LUUKKU_POSTGRES_BIN", "")
_folder = "test" if not _binaries else f"test-{sha256(_binaries.encode()).hexdigest()[:8]}"
os.environ["LUUKKU_VAR"] = os.environ.get("LUUKKU_TEST_VAR") or str(ROOT / "var" / _folder)
os.environ.setdefault("LUUKKU_LOGIN", "owner")
os.environ.setdefault("LUUKKU_SECRET_KEY", "not-a-secret-but-long-enough-for-tests-of-signing")
os.environ.setdefault("LUUKKU_MATCH_MEANING", "0")
os.environ.setdefault("LUUKKU_RATE_FACTOR", "0")
if "LUUKKU_TEST_DATABASES" not in os.environ:
    for name in ("DATABASE_URL", "DATABASE_URL_WEB", "DATABASE_URL_HOUSE", "LUUKKU_DEMO"):
        os.environ.pop(name, None)

from luukku.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
ROOT_URLCONF = os.environ.get("LUUKKU_TEST_URLS", "luukku.config.urls")
INSTALLED_APPS = [*INSTALLED_APPS, "tests.sample"]  # noqa: F405
