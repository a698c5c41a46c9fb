"""Whose a group or a year is: a region's, an area's, or, with neither, the nation's."""

from dataclasses import dataclass
from typing import Protocol

from django.db.models import Q
from django.utils.translation import gettext as _

from luukku.core.translated import in_language
from luukku.network.enums import Level
from luukku.network.models import Area, Region


class Owned(Protocol):
    """A row that is a region's, an area's or the nation's."""

    @property
    def region_id(self) -> int | None: ...
    @property
    def area_id(self) -> int | None: ...


@dataclass(frozen=True)
class Whose:
    """One region, one area, or the nation."""

    region: Region | None = None
    area: Area | None = None

    @property
    def region_id(self) -> int | None:
        return self.region.pk if self.region is not None else None

    @property
    def area_id(self) -> int | None:
        return self.area.pk if self.area is not None else None

    @property
    def level(self) -> Level:
        if self.region is not None:
            return Level.REGION
        return Level.AREA if self.area is not None else Level.NATIONAL

    @property
    def code(self) -> str:
        """In addresses. A region's own code has no colon in it."""
        if self.region is not None:
            return self.region.code
        return f"alue:{self.area.code}" if self.area is not None else "maa:"

    @property
    def name(self) -> str:
        found = self.region or self.area
        return str(found.name) if found is not None else _("Whole country")

    @property
    def email(self) -> str:
        """To which answers go; empty for an area and the nation, which have no mailbox."""
        return self.region.email if self.region is not None else ""

    def name_in(self, language: str) -> str:
        """In another language than the reader's; call it in that language for the nation's."""
        found = self.region or self.area
        return str(in_language(found, "name", language)) if found is not None else self.name

    def own(self, prefix: str = "") -> Q:
        """Rows that are its own."""
        return Q(**{f"{prefix}region": self.region_id, f"{prefix}area": self.area_id})


def of_nation(prefix: str = "") -> Q:
    """Rows of the nation."""
    return Q(**{f"{prefix}region": None, f"{prefix}area": None})
