"""A table of grounds by which organisations of the cast's type read by consent."""

from collections.abc import Callable

import pytest

from luukku.customers.enums import FieldGroup
from luukku.customers.models import LegalGround
from tests.cast import Cast

Ground = Callable[..., None]


@pytest.fixture
def ground(cast: Cast) -> Ground:
    """`ground("law", "relation")`: what organisations of the cast's type may read from now on; all groups if none is named."""

    def setting(code: str, *groups: str, purpose: str = "service") -> None:
        for group in groups or FieldGroup.values:
            LegalGround.objects.filter(organisation_type=cast.partners.type, purpose=purpose, group=group, until=None).delete()
            LegalGround.objects.create(organisation_type=cast.partners.type, purpose=purpose, group=group, ground=code)

    return setting
