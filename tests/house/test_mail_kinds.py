"""A mail that does not get there is called on the staff's list by what its module named it, in each language."""

import pytest
from django.utils import translation

from luukku.core.mail import mail_kinds

OURS = [(kind, each) for kind, each in mail_kinds.items() if not kind.startswith("sample.")]


def test_kinds_of_mail_are_all_there() -> None:
    assert len(OURS) > 60


@pytest.mark.parametrize("kind", [kind for kind, _each in OURS])
def test_kind_of_mail_has_a_label_in_three_languages(kind: str) -> None:
    said = {}
    for language in ("en", "fi", "sv"):
        with translation.override(language):
            said[language] = str(mail_kinds[kind].label)
    assert all(said.values())
    assert said["en"] not in (said["fi"], said["sv"]), "no translation: luukku messages"
