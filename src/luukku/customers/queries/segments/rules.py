"""Rules that give a company its segment: asked in order, the first that fits decides. Conditions are data, not code."""

from collections.abc import Sequence
from dataclasses import dataclass

from luukku.catalogue.enums import Segment
from luukku.customers.enums import Export, Mark
from luukku.customers.queries.segments.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """All conditions must hold; None or empty asks nothing. Limits of numbers belong to what they limit, money is in euros."""

    segment: str
    founded: bool | None = None
    marks: tuple[str, ...] = ()
    within_sme: bool | None = None
    foreign_owned: bool | None = None
    export: tuple[str, ...] = ()
    persons_min: int | None = None
    persons_max: int | None = None
    turnover_min: int | None = None
    turnover_max: int | None = None
    balance_min: int | None = None
    balance_max: int | None = None

    def fits(self, facts: Facts) -> bool:
        """A limit of money holds for nobody whose figure is not known; of persons, see `Facts.supposed`."""
        asked = facts.supposed()
        return (
            self.founded in (None, facts.founded)
            and self.within_sme in (None, facts.within_sme)
            and self.foreign_owned in (None, facts.foreign_owned)
            and (not self.marks or not facts.marks.isdisjoint(self.marks))
            and (not self.export or facts.export in self.export)
            and all(_between(getattr(asked, name), getattr(self, f"{name}_min"), getattr(self, f"{name}_max")) for name in FIGURES)
        )


FIGURES = ("persons", "turnover", "balance")


def _between(figure: object, least: int | None, most: int | None) -> bool:
    if least is None and most is None:
        return True
    return figure is not None and (least is None or figure >= least) and (most is None or figure <= most)  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class Decision:
    """The segment, and which rule gave it: its number from one on."""

    segment: str
    number: int
    rule: Rule


def decide(rules: Sequence[Rule], facts: Facts) -> Decision:
    """What the first fitting rule says. Raises LookupError when none fits, which complete rules never let happen: the last asks nothing."""
    for number, rule in enumerate(rules, start=1):
        if rule.fits(facts):
            return Decision(rule.segment, number, rule)
    raise LookupError("no rule fits")


_ABROAD = (Export.SEEKING.value, Export.SIGNIFICANT.value)
# As the ministry's customer strategy divides them. In use until a network has rules of its own.
DEFAULTS: tuple[Rule, ...] = (
    Rule(segment=Segment.FOUNDER.value, founded=False),
    Rule(segment=Segment.FOCUS.value, marks=(Mark.FOCUS.value,)),
    Rule(segment=Segment.FOREIGN_INVESTOR.value, within_sme=False, foreign_owned=True),
    Rule(segment=Segment.LARGE_FAST_GROWING.value, within_sme=False, marks=(Mark.LARGE_FAST_GROWING.value,)),
    Rule(segment=Segment.LARGE.value, within_sme=False),
    Rule(segment=Segment.GROWTH_TRACK.value, export=_ABROAD, marks=(Mark.GROWTH_TRACK.value,)),
    Rule(segment=Segment.FAST_GROWTH.value, export=_ABROAD, marks=(Mark.FAST_GROWTH.value,)),
    Rule(segment=Segment.GROWTH.value, export=_ABROAD),
    Rule(segment=Segment.LOCAL_SMALL.value, persons_max=9),
    Rule(segment=Segment.DOMESTIC_SME.value),
)
