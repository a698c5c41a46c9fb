"""The network's own text is edited."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from luukku.agreements import access
from luukku.agreements.models import TemplateSection
from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.translated import LANGUAGES
from luukku.network.access import require

STEMS = ("title", "guidance", "body")


def edit_section(*, by: Actor, section: TemplateSection, texts: Mapping[str, str]) -> TemplateSection:
    """Heading, guidance and text by language (`title_fi` …); drafts that have begun keep theirs. Raises NotAllowed, RuleBroken."""
    require(access.can_edit_template(by))
    for stem in ("title", "body"):
        if not texts.get(f"{stem}_fi", "").strip():
            raise RuleBroken(_("Write it in Finnish at least."), field=f"{stem}_fi")
    names = [f"{stem}_{language}" for stem in STEMS for language in LANGUAGES]
    with transaction.atomic():
        for name in names:
            setattr(section, name, texts.get(name, "").replace("\r\n", "\n").strip())
        section.save(update_fields=names)
        trail.record("agreement.template", section, by=by, code=section.code)
    return section
