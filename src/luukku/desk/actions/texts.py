"""The desk lead writes the ready texts of her desk."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.translated import LANGUAGES
from luukku.desk.actions.work import MOST_WORDS
from luukku.desk.models import ReadyText
from luukku.desk.queries.texts import unknown_places
from luukku.network.access import may, require
from luukku.network.enums import Right
from luukku.network.models import Desk


def set_text(*, by: Actor, desk: Desk, name: str, bodies: Mapping[str, str], text: ReadyText | None = None) -> ReadyText:
    """Make a text of the desk, or change one; `bodies` by language, at least one. Raises NotAllowed, RuleBroken."""
    require(may(by, Right.LEAD_DESK, organisation_id=desk.organisation_id) and (text is None or text.desk_id == desk.pk))
    said = {language: bodies.get(language, "").strip() for language in LANGUAGES}
    name = " ".join(name.split())
    _check(desk, name, said, text)
    with transaction.atomic():
        made = text or ReadyText(desk=desk)
        made.name = name
        for language, body in said.items():
            setattr(made, f"body_{language}", body)
        made.save()
        languages = sum(1 for body in said.values() if body)
        trail.record("text.set", made, by=by, region_id=desk.region_id, organisation_id=desk.organisation_id, languages=languages)
        return made


def remove_text(*, by: Actor, text: ReadyText) -> None:
    """Nobody is offered it any more; what has been written with it stays. Raises NotAllowed."""
    require(may(by, Right.LEAD_DESK, organisation_id=text.desk.organisation_id))
    with transaction.atomic():
        trail.record("text.removed", text, by=by, region_id=text.desk.region_id, organisation_id=text.desk.organisation_id)
        text.delete()


def _check(desk: Desk, name: str, said: Mapping[str, str], text: ReadyText | None) -> None:
    if not name:
        raise RuleBroken(_("Give the text a name by which it is chosen."), field="name")
    same = ReadyText.objects.filter(desk=desk, name=name).first()
    if same is not None and same != text:
        raise RuleBroken(_("The desk has a text of this name already."), field="name")
    if not any(said.values()):
        raise RuleBroken(_("Write the text in at least one language."), field="body_fi")
    for language, body in said.items():
        if len(body) > MOST_WORDS:
            raise RuleBroken(_("The text is too long: at most %(most)s letters.") % {"most": MOST_WORDS}, field=f"body_{language}")
        if unknown := unknown_places(body):
            words = _("Nothing is known to put in place of {%(word)s}. See below the box which words may stand in braces.")
            raise RuleBroken(words % {"word": unknown[0]}, field=f"body_{language}")
