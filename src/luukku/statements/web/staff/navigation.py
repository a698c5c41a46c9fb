"""Where statements stand in the staff's navigation, and who comes to their pages."""

from django.utils.translation import gettext_lazy as _

from luukku.core.actor import Actor
from luukku.core.registries import NavItem, navigation
from luukku.network.access import may
from luukku.network.enums import Right
from luukku.statements.access import can_edit_any_form


def handles_cases(actor: Actor) -> bool:
    return actor.is_staff and may(actor, Right.HANDLE_CASES)


def sees_statements(actor: Actor) -> bool:
    """Whoever is asked or asks; who keeps forms; who sees figures."""
    return actor.is_staff and (may(actor, Right.READ_CASES) or can_edit_any_form(actor) or may(actor, Right.SEE_FIGURES))


def register() -> None:
    """Called once at start."""
    navigation.register("statements", NavItem(_("Statements"), "statements:index", "staff", 16, handles_cases, group="work"))
    navigation.register("statements.forms", NavItem(_("Statement forms"), "statements:forms", "menu", 85, can_edit_any_form, group="upkeep"))
    navigation.register(
        "statements.figures",
        NavItem(
            _("Statements in figures"),
            "statements:figures",
            "menu",
            86,
            lambda actor: actor.is_staff and may(actor, Right.SEE_FIGURES),
            group="figures",
        ),
    )
