"""How many people live in a municipality, by what comes with the product; and which municipality an organisation is of, by its name."""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from luukku.core.finnish import finnish_key
from luukku.network.models import Municipality, Organisation

YEAR = 2022  # at whose end they were counted
OF_MUNICIPALITIES = ("municipality", "municipal-unit")  # types of organisations that are a municipality, or part of one
ALIKE = 3  # letters that a name and its genitive have in common at least: Vihti, Vihdin


@cache
def inhabitants() -> Mapping[str, int]:
    """By the code of each municipality of today. Sotkanet (THL), CC BY 4.0."""
    with (Path(__file__).resolve().parents[1] / "data" / "population.csv").open(encoding="utf-8") as file:
        return {row["code"]: int(row["population"]) for row in csv.DictReader(file)}


def people_of(organisations: Sequence[Organisation], among: Sequence[Municipality]) -> dict[int, tuple[str, int]]:
    """By the key of each organisation that is a municipality, or part of one: its name and inhabitants. Pure, when they were fetched with type."""
    found = {}
    for organisation in organisations:
        municipality = municipality_of(organisation, among)
        if municipality is not None and municipality.code in inhabitants():
            found[organisation.pk] = (str(municipality.name), inhabitants()[municipality.code])
    return found


def municipality_of(organisation: Organisation, among: Sequence[Municipality]) -> Municipality | None:
    """The one whose name the organisation bears, in either language: Kauhajoki of “Kauhajoen kaupunki”. None where no single one fits. Pure, when
    the organisation was fetched with its type."""
    if organisation.type.code not in OF_MUNICIPALITIES:
        return None
    names = [finnish_key(name) for name in (organisation.name_fi, organisation.name_sv) if name]
    fits = sorted(((_fit(names, each), each.pk, each) for each in among), key=lambda fit: fit[:2], reverse=True)
    if not fits or fits[0][0] == 0 or (len(fits) > 1 and fits[0][0] == fits[1][0]):
        return None
    return fits[0][2]


def _fit(names: Sequence[str], municipality: Municipality) -> int:
    """How many letters its name has in common with the beginning of one of the names; 0 when more than its last three differ."""
    best = 0
    for own in (finnish_key(name) for name in (municipality.name_fi, municipality.name_sv) if name):
        for name in names:
            alike = next((place for place, (one, other) in enumerate(zip(own, name, strict=False)) if one != other), min(len(own), len(name)))
            if alike >= max(ALIKE, len(own) - 3):
                best = max(best, alike)
    return best
