"""One company by business ID from the register's open interface."""

import json
import urllib.error
import urllib.parse
import urllib.request
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from luukku.core.business_id import clean_business_id
from luukku.core.errors import RuleBroken

SECONDS = 15
MOST_BYTES = 8 << 20


def fetch_known(business_id: str) -> tuple[str, dict[str, Any]]:
    """A business ID as it is written, and the register's answer. Raises RuleBroken for no ID, one that the register does not know, or no answer."""
    cleaned = clean_business_id(business_id)
    if cleaned is None:
        raise RuleBroken(_("Check the business ID."), field="business_id")
    told = fetch_company(cleaned)
    if told is None:
        raise RuleBroken(_("The register knows no company with this business ID."), field="business_id")
    return cleaned, told


def fetch_company(business_id: str) -> dict[str, Any] | None:
    """The register's answer for a company, None when it knows none. Raises RuleBroken when it does not answer or answers nonsense."""
    address = f"{settings.LUUKKU_REGISTER_URL.rstrip('/')}/companies?{urllib.parse.urlencode({'businessId': business_id})}"
    request = urllib.request.Request(address, headers={"Accept": "application/json", "User-Agent": "luukku"})  # noqa: S310 - the setting's address
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            told = json.loads(answer.read(MOST_BYTES))
        companies = told["companies"]
    except urllib.error.HTTPError as refused:
        refused.close()
        if refused.code == HTTPStatus.NOT_FOUND:
            return None
        if refused.code == HTTPStatus.TOO_MANY_REQUESTS:
            raise RuleBroken(_("The company register has been asked too often just now. Try again in a minute.")) from None
        raise RuleBroken(_("The company register does not answer now. Try again later.")) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise RuleBroken(_("The company register does not answer now. Try again later.")) from None
    found: list[dict[str, Any]] = [each for each in companies or () if each]
    return found[0] if found else None
