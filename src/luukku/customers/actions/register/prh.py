"""One company as the register's interface (PRH, open data of YTJ, version 3) tells it, brought into our form.

Our form is `{"values": {column: value}, "dates": {column: day}, "names": [[name, kind, from, until]], "modified": moment}`; what the
register does not say is left out. Codes that we do not know are kept out rather than guessed.
"""

from datetime import date
from typing import Any

from luukku.core.business_id import is_business_id
from luukku.customers.enums import CompanyStatus, IndustrySystem, NameKind, RowProblem

Register = dict[str, Any]
SYSTEMS = {"TOIMI": IndustrySystem.TOL1995, "TOIMI2": IndustrySystem.TOL2002, "TOIMI3": IndustrySystem.TOL2008, "TOIMI4": IndustrySystem.TOL2025}
SITUATIONS = {"KONK": CompanyStatus.BANKRUPT, "SELTILA": CompanyStatus.LIQUIDATION, "SANE": CompanyStatus.RESTRUCTURING}
REGISTERS = {"1": "trade", "5": "prepayment", "6": "vat", "7": "employer"}
# registeredEntries.type that is known to say: in the register. Others are not documented, so they tell nothing.
_IN = {"1", "41", "55", "80", "82", "83"}
KINDS = {"1": NameKind.OFFICIAL, "2": NameKind.PARALLEL, "3": NameKind.AUXILIARY}
CEASED_IN_TRADE_REGISTER = "4"
VISITING, POSTAL = 1, 2
LONGEST = 200
Codes = dict[tuple[str, str], dict[str, str]]


class BrokenRowError(ValueError):
    """Why a company of the file cannot be taken in."""

    def __init__(self, problem: RowProblem, detail: str = "") -> None:
        super().__init__(problem, detail)
        self.problem, self.detail = problem, detail[:200]


def business_id_of(value: Any) -> str:
    """The business ID as it stands, empty if there is none: to name a broken row by."""
    given = value.get("businessId") if isinstance(value, dict) else None
    found = given.get("value") if isinstance(given, dict) else given
    return found[:20] if isinstance(found, str) else ""


def in_our_form(value: Any, municipalities: dict[str, str], codes: Codes) -> Register:
    """`value` as one answer of the interface. `municipalities`: today's code by any code; `codes` gathers what codes are called.

    Raises BrokenRowError.
    """
    business_id = business_id_of(value)
    if not business_id:
        raise BrokenRowError(RowProblem.NO_ID)
    if not is_business_id(business_id):
        raise BrokenRowError(RowProblem.WRONG_ID)
    try:
        return _company(value, municipalities, codes)
    except (AttributeError, KeyError, TypeError) as wrong:
        raise BrokenRowError(RowProblem.NOT_THE_FORM, repr(wrong)) from None


def _company(value: dict[str, Any], municipalities: dict[str, str], codes: Codes) -> Register:
    values: dict[str, Any] = {}
    dates: dict[str, str] = {}

    def put(column: str, fact: Any, day: Any) -> None:
        if fact:
            values[column] = _short(fact, column)
            if day:
                dates[column] = _day(day)

    names = _names(value["names"])
    current = next(name for name in names if name[1] == NameKind.OFFICIAL)
    put("name", current[0], current[2])
    form = _latest(value.get("companyForms"))
    if form:
        put("legal_form", form["type"], form.get("registrationDate"))
        _gather(codes, "legal-form", form)
    line = value.get("mainBusinessLine")
    if line and line.get("typeCodeSet") in SYSTEMS:
        put("industry", line["type"], line.get("registrationDate"))
        values["industry_system"] = SYSTEMS[line["typeCodeSet"]].value
        _gather(codes, values["industry_system"], line)
    website = value.get("website")
    if website:
        put("website", website.get("url"), website.get("registrationDate"))
    _put_addresses(value.get("addresses") or (), put, municipalities)
    put("registers", sorted({REGISTERS[entry["register"]] for entry in value.get("registeredEntries") or () if _is_in(entry)}), None)
    put("founded_on", value.get("registrationDate") and _day(value["registrationDate"]), value.get("registrationDate"))
    put("ended_on", value.get("endDate") and _day(value["endDate"]), value.get("endDate"))
    status, since = _status(value)
    put("status", status, since)
    return {"values": values, "dates": dates, "names": names, "modified": value.get("lastModified") or ""}


def _names(given: list[dict[str, Any]]) -> list[list[str | None]]:
    """Name, kind, from, until. The one official name is the newest without an end; without any, the last that was."""
    officials = sorted(
        (n for n in given if n and n["type"] == "1"), key=lambda n: (not n.get("endDate"), n.get("registrationDate") or "", -(n.get("version") or 0))
    )
    if not officials:
        raise BrokenRowError(RowProblem.NO_NAME)
    found = []
    for name in given:
        if not name or name["type"] not in KINDS:
            continue
        ended = bool(name.get("endDate")) or (name["type"] == "1" and name is not officials[-1])
        kind = KINDS[name["type"]] if name is officials[-1] or not ended else NameKind.FORMER
        until = name.get("endDate")
        since = name.get("registrationDate")
        found.append([_short(name["name"].strip(), "name"), kind.value, _day(since) if since else None, _day(until) if until else None])
    if not all(name for name, *_ in found):
        raise BrokenRowError(RowProblem.NO_NAME)
    return found


def _put_addresses(addresses: Any, put: Any, municipalities: dict[str, str]) -> None:
    by_type = {address["type"]: address for address in addresses if address}
    for kind, column in ((VISITING, "visiting_address"), (POSTAL, "postal_address")):
        address = by_type.get(kind)
        if address:
            put(column, _address(address), address.get("registrationDate"))
    for address in (by_type.get(VISITING), by_type.get(POSTAL)):
        offices = (address or {}).get("postOffices") or ()
        code = next((municipalities[o["municipalityCode"]] for o in offices if o and o.get("municipalityCode") in municipalities), None)
        if code:
            put("municipality", code, (address or {}).get("registrationDate"))
            return


def _address(address: dict[str, Any]) -> str:
    house = " ".join(filter(None, (address.get(part) for part in ("buildingNumber", "entrance", "apartmentNumber"))))
    street = " ".join(filter(None, (address.get("street"), house + (address.get("apartmentIdSuffix") or ""))))
    box = address.get("postOfficeBox")
    offices = sorted((o for o in address.get("postOffices") or () if o and o.get("city")), key=lambda o: o.get("languageCode") or "")
    place = " ".join(filter(None, (address.get("postCode"), offices[0]["city"].capitalize() if offices else "")))
    return ", ".join(filter(None, (street, box and f"PL {box}", address.get("freeAddressLine"), place, address.get("country"))))


def _status(value: dict[str, Any]) -> tuple[str, str | None]:
    if value.get("endDate") or value.get("tradeRegisterStatus") == CEASED_IN_TRADE_REGISTER:
        return CompanyStatus.CEASED.value, value.get("endDate")
    for situation in value.get("companySituations") or ():
        if situation and situation.get("type") in SITUATIONS and not situation.get("endDate"):
            return SITUATIONS[situation["type"]].value, situation.get("registrationDate")
    return CompanyStatus.ACTIVE.value, None


def _is_in(entry: dict[str, Any] | None) -> bool:
    return entry is not None and not entry.get("endDate") and entry.get("register") in REGISTERS and entry.get("type") in _IN


def _latest(versions: Any) -> dict[str, Any] | None:
    given = [each for each in versions or () if each and not each.get("endDate")]
    return max(given, key=lambda each: each.get("registrationDate") or "") if given else None


def _gather(codes: Codes, kind: str, given: dict[str, Any]) -> None:
    key = (kind, given["type"])
    if key not in codes:
        codes[key] = {d["languageCode"]: d["description"] or "" for d in given.get("descriptions") or ()}


def _day(text: str) -> str:
    """Raises BrokenRowError for what is no day."""
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        raise BrokenRowError(RowProblem.NO_DAY, repr(text)) from None


def _short(fact: Any, column: str) -> Any:
    if column == "registers":
        return fact
    if not isinstance(fact, str):
        raise BrokenRowError(RowProblem.NOT_THE_FORM, column)
    if len(fact) > (6 if column in {"legal_form", "industry"} else LONGEST):
        raise BrokenRowError(RowProblem.TOO_LONG, column)
    return fact
