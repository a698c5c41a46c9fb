"""Reads the reference files beside this module (`network/data`). What they are and where they come from: data/SOURCES.md there."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Literal

Basis = Literal["known", "municipality", "subregion", "county"]

STATISTICS_FINLAND = "Statistics Finland, classifications 2026 (geofi 1.2.1), CC BY 4.0"
STATISTICS_DATE = date(2026, 4, 2)
NETWORK_2014 = "Final report of the regional business services project, 10/2014"
NETWORK_DATE = date(2014, 10, 31)
REGION_DESCRIPTION = "The region's own process description"
PROPOSED = "Proposed by Luukku on the ground of names ({basis})"
PROPOSED_DATE = date(2026, 11, 1)


@dataclass(frozen=True, slots=True)
class Names:
    """A name in three languages."""

    fi: str
    sv: str
    en: str

    def columns(self, stem: str = "name") -> dict[str, str]:
        """As model fields: name_fi, name_sv, name_en."""
        return {f"{stem}_fi": self.fi, f"{stem}_sv": self.sv, f"{stem}_en": self.en}


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area of state regional administration and its period."""

    code: str
    kind: str
    names: Names
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class RegionRow:
    """An agreement region, with its area until 2025 and from 2026 on."""

    code: str
    names: Names
    prefix: str
    area_2010: str
    area_2026: str


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """A municipality of today. `area_2010` is empty on Åland."""

    code: str
    names: Names
    languages: str
    county: str
    subregion: str
    employment_area: str
    area_2010: str
    area_2026: str


@dataclass(frozen=True, slots=True)
class AbolishedRow:
    """A municipality that ended when `year` began, and the one it was merged into (which may have ended later itself)."""

    code: str
    name_fi: str
    name_sv: str
    successor: str
    year: int


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A region covers a municipality, and on what ground we say so."""

    region: str
    municipality: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class TypeRow:
    """A kind of organisation."""

    code: str
    names: Names
    is_private: bool


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation of the two described regions. Contact details are invented.

    `provides_as` are the provider kinds of service cards that it answers to; `is_front` says that it keeps its region's front desk.
    """

    code: str
    type: str
    provides_as: tuple[str, ...]
    names: Names
    short_name: str
    role_texts: Names
    parent: str | None
    regions: tuple[str, ...]
    has_desk: bool
    is_front: bool
    phone: str
    email: str
    website: str
    is_sample: bool


def areas() -> list[AreaRow]:
    """25 areas of two kinds."""
    return [AreaRow(row["code"], row["kind"], _names(row), date.fromisoformat(row["valid_from"]), _day(row["valid_until"])) for row in _rows("areas")]


def regions() -> list[RegionRow]:
    """The 68 regions of 2014."""
    return [RegionRow(row["code"], _names(row), row["prefix"], row["area_2010"], row["area_2026"]) for row in _rows("regions")]


def municipalities() -> list[MunicipalityRow]:
    """The 308 municipalities of 2026; the employment area by its Finnish name."""
    employment = {row["code"]: row["name_fi"] for row in _rows("employment_areas")}
    return [
        MunicipalityRow(
            row["code"], _names(row), row["languages"], row["county"], row["subregion"],
            employment[row["employment_area"]], row["area_2010"], row["area_2026"],
        )
        for row in _rows("municipalities")
    ]  # fmt: skip


def abolished_municipalities() -> list[AbolishedRow]:
    """Those merged since 2001, the latest first, so that a successor always comes before what it took in."""
    rows = [
        AbolishedRow(row["code"], row["name_fi"], row["name_sv"], row["successor"], int(row["year"])) for row in _rows("abolished_municipalities")
    ]
    return sorted(rows, key=lambda row: (-row.year, row.code))


def coverage() -> list[CoverageRow]:
    """Which municipalities each region covers; 8 regions have none."""
    return [CoverageRow(row["region"], row["municipality"], _basis(row["basis"])) for row in _rows("region_municipalities")]


def organisation_types() -> list[TypeRow]:
    """Kinds of organisation in the order in which lists show them."""
    return [TypeRow(row["code"], _names(row), row["is_private"] == "1") for row in _rows("organisation_types")]


def organisations() -> list[OrganisationRow]:
    """The organisations of Suupohja and Länsi-Uusimaa; a parent comes before its units."""
    found = json.loads((files("luukku.network") / "data" / "organisations.json").read_text(encoding="utf-8"))["organisations"]
    return [
        OrganisationRow(
            code=row["code"], type=row["type"], provides_as=tuple(row["provides_as"]), names=Names(**row["name"]),
            short_name=row["short"], role_texts=Names(**row["role"]), parent=row["parent"], regions=tuple(row["regions"]),
            has_desk=row["desk"], is_front=row["front"], is_sample=row["is_sample"], **row["contact"],
        )
        for row in found
    ]  # fmt: skip


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("luukku.network") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _names(row: dict[str, str]) -> Names:
    return Names(row["name_fi"], row["name_sv"], row["name_en"])


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _basis(text: str) -> Basis:
    found: dict[str, Basis] = {"known": "known", "municipality": "municipality", "subregion": "subregion", "county": "county"}
    return found[text]
