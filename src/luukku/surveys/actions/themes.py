"""Answers in own words are put under themes by whoever keeps the survey."""

from django.db import transaction
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.network.access import require
from luukku.surveys.access import can_keep, themes_of
from luukku.surveys.actions.surveys import locked
from luukku.surveys.models import Survey, Theme
from luukku.surveys.queries.themes import open_question, texts_of

MOST = 40  # themes of a question


def save_theme(
    *, by: Actor, survey: Survey, variable: str, name: str, chosen: frozenset[str], was: frozenset[str] = frozenset(), theme: Theme | None = None
) -> Theme:
    """A new theme, or this one: the answers with marks in `chosen` stand under it. `was` is what its page said: what somebody else has put or
    taken since stays so. Raises NotAllowed, NotFound, RuleBroken."""
    require(can_keep(by, survey.region_id))
    open_question(survey, variable)
    text = " ".join(name.split())[:80]
    if not text:
        raise RuleBroken(_("Give the theme a name."), field="name")
    known = texts_of(survey, variable)
    if not known:
        raise RuleBroken(_("There are no answers to be read yet."))
    with transaction.atomic():
        found = locked(survey)
        others = themes_of(found).filter(variable=variable).exclude(pk=theme.pk if theme is not None else 0)
        if any(each.name.casefold() == text.casefold() for each in others):
            raise RuleBroken(_("There is a theme of this name already. Give another name, or put the answers under that one."), field="name")
        if theme is None and len(others) >= MOST:
            raise RuleBroken(_("There are %(n)s themes already. Take one away first.") % {"n": MOST}, field="name")
        kept = themes_of(found).get(pk=theme.pk) if theme is not None else Theme(survey=found, variable=variable)
        marks = (set(kept.marks) | (chosen - was)) - (was - chosen)
        kept.name, kept.marks = text, sorted(marks & known.keys())
        kept.save()
        trail.record("survey.theme_saved", found, by=by, region_id=found.region_id, variable=variable, texts=len(kept.marks))
    return kept


def remove_theme(*, by: Actor, survey: Survey, theme: Theme) -> None:
    """The theme goes, the answers stay. Raises NotAllowed."""
    require(can_keep(by, survey.region_id))
    with transaction.atomic():
        found = locked(survey)
        themes_of(found).filter(pk=theme.pk).delete()
        trail.record("survey.theme_removed", found, by=by, region_id=found.region_id, variable=theme.variable)
