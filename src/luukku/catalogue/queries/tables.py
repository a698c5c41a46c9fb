"""Cards as rows of text, for spreadsheets."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from luukku.catalogue.enums import Price, Segment, ServiceChannel, Stage
from luukku.catalogue.models import Service
from luukku.catalogue.queries.cards import labels
from luukku.core.ui.times import date_text
from luukku.network.queries.labels import language_name


def card_table(cards: "Iterable[Service]") -> tuple[list[str], list[list[str]]]:
    """Heads and rows of cards whose group and owner have been fetched with them. No statement."""
    heads = [_("Service"), _("In Swedish"), _("In English"), _("Group"), _("Summary"), _("For whom"), _("Stage"), _("How to get it"), _("Price")]
    heads += [_("Languages"), _("Answers for the card"), _("Looked over"), _("Published")]
    return heads, [_row(card) for card in cards]


def _row(card: Service) -> list[str]:
    return [
        card.name, card.name_sv, card.name_en, card.group.name, card.summary, _named(Segment, card.segments), _named(Stage, card.stages),
        _named(ServiceChannel, card.channels), str(Price(card.price).label), ", ".join(language_name(code) for code in card.languages),
        card.owner.name if card.owner else "", date_text(card.reviewed_at, year=True) if card.reviewed_at else "",
        _("yes") if card.published_at else _("no"),
    ]  # fmt: skip


def _named(choices: type[models.TextChoices], values: list[str]) -> str:
    return ", ".join(labels(choices, values))
