"""The same care whoever asks: how the first promise was kept, and how customers said it went, by language, municipality and segment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection

from luukku.core.actor import Actor
from luukku.customers.queries.segments.words import segment_name
from luukku.desk.models.figures import AlikeBy
from luukku.desk.queries.promise import Kept
from luukku.network.access.figures import require_figures
from luukku.network.enums import LanguageCode
from luukku.network.models import Municipality, Region


@dataclass(frozen=True)
class Alike:
    """Customers alike in one thing: how the first promise to them was kept, and the mean of their faces, 1 to 4; None when too few said."""

    name: str
    kept: Kept
    face: float | None

    @property
    def percent(self) -> str:
        return "" if self.kept.share is None else f"{self.kept.share * 100:.0f}"

    @property
    def face_text(self) -> str:
        return "" if self.face is None else f"{self.face:.1f}"


@dataclass(frozen=True)
class Fairness:
    """One way of being alike, most customers first. Never a group of fewer than five."""

    alike_by: AlikeBy
    groups: Sequence[Alike]

    @property
    def spread(self) -> int | None:
        """Percentage points between the best and the worst kept; None when there are not two to compare."""
        shares = [each.kept.share for each in self.groups if each.kept.share is not None]
        return round((max(shares) - min(shares)) * 100) if len(shares) > 1 else None


def fairness(actor: Actor, region: Region) -> list[Fairness]:
    """The last twelve whole months, as counted within the hour. Two statements besides that of the regions. Raises NotAllowed."""
    require_figures(actor, region.pk)
    with connection.cursor() as cursor:
        cursor.execute("select alike_by, value, kept, n, face from wall.desk_fair(%s)", [region.pk])
        rows = cursor.fetchall()
    places = {str(each.pk): str(each.name) for each in Municipality.objects.filter(pk__in=[v for by, v, *_ in rows if by == AlikeBy.MUNICIPALITY])}
    name_of: dict[str, Callable[[str], str]] = {
        AlikeBy.LANGUAGE: lambda value: str(LanguageCode(value).label), AlikeBy.MUNICIPALITY: lambda value: places.get(value, ""),
        AlikeBy.SEGMENT: segment_name,
    }  # fmt: skip
    found: dict[str, list[Alike]] = {by: [] for by in AlikeBy.values}
    for by, value, kept, n, face in rows:
        found[by].append(Alike(name_of[by](value), Kept(kept, n), float(face) if face is not None else None))
    return [Fairness(AlikeBy(by), groups) for by, groups in found.items() if groups]
