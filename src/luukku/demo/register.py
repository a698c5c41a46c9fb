"""Companies of the sample network: brought in as from the register, in its form and through the import; some facts stated by advisers."""

import json
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any

from django.db import connection
from django.utils import timezone

from luukku.core.actor import HOUSE, act_as, act_as_house
from luukku.customers.actions.establishments import Place as Shop
from luukku.customers.actions.establishments import add_establishment
from luukku.customers.actions.facts import Value, state_facts
from luukku.customers.actions.register.applying import apply_run
from luukku.customers.actions.register.importing import begin_run, look_through
from luukku.customers.actions.register.reading import Element
from luukku.customers.actions.register.staging import check_elements
from luukku.customers.enums import Export, FactSource, Growth
from luukku.customers.models import Company
from luukku.demo.companies import FIRST_NUMBER, Place, answers
from luukku.demo.network import Built
from luukku.network.access import actor_of_person
from luukku.network.models import Municipality
from luukku.network.queries.inhabitants import inhabitants

COMPANIES, COUNTRY = 240, 600_000
KNOWN = 30  # whose facts an adviser has stated
SHOPS = ("Torinkulman myymälä", "Rantatien paja", "Keskustan toimisto", "Asemanseudun varasto")
COUNTRY_FIRST = FIRST_NUMBER + 10_000


def places(codes: Iterable[str] | None = None) -> list[Place]:
    """Municipalities of today with their inhabitants; all of them, or those named."""
    known = inhabitants()
    rows = Municipality.objects.filter(valid_until=None).order_by("code").values_list("code", "name_fi")
    wanted = None if codes is None else set(codes)
    return [Place(code, name, known.get(code, 1000)) for code, name in rows if wanted is None or code in wanted]


def build_companies(built: Built) -> None:
    """A register's file of the two regions, then a later one in which some have closed, moved or changed their names."""
    codes = Municipality.objects.filter(region_spells__region__in=built.regions.values(), region_spells__valid_until=None).values_list(
        "code", flat=True
    )
    told = list(answers(COMPANIES, places(codes)))
    _bring(told, "yritysrekisteri-1.jsonl")
    _bring(list(_later(told)), "yritysrekisteri-2.jsonl")
    _state(built)


def _bring(told: list[dict[str, Any]], name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in told), encoding="utf-8")
        run = look_through(by=HOUSE, path=path)
    with act_as_house("companies of the sample network"):
        apply_run(by=HOUSE, run=run, is_sample=True)


def _later(told: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """What the register says some weeks later."""
    for number, each in enumerate(told):
        changed = {**each, "lastModified": "2026-11-10T08:00:00"}
        if number % 40 == 1 and "endDate" not in each:
            yield changed | {"endDate": "2026-10-31", "tradeRegisterStatus": "4"}
        elif number % 40 == 2:
            old = each["names"][0] | {"endDate": "2026-10-14", "version": 2}
            yield changed | {"names": [{**each["names"][0], "name": f"Uusi {each['names'][0]['name']}", "registrationDate": "2026-10-15"}, old]}
        elif number % 40 == 3:
            yield changed | {"addresses": told[number - 1]["addresses"]}
        elif number % 40 == 4:
            yield changed | {"website": {"url": f"www.yritys-{number}.example", "registrationDate": "2026-10-20"}}
        else:
            yield each


def _state(built: Built) -> None:
    """Sizes and intents as advisers have heard them said in public, skewed as in life; a few shops by their own names."""
    draw = Random(4)  # noqa: S311 - nothing hangs on the luck
    adviser = actor_of_person(built.logins["adviser"].pk)
    for number, company in enumerate(Company.objects.filter(status="active", is_sample=True).order_by("business_id")[:KNOWN]):
        persons = draw.choices((0, 1, 3, 7, 14, 40, 120, 310), (10, 20, 25, 18, 12, 9, 4, 2))[0]
        turnover = persons * draw.randint(60, 220) * 1000
        values: dict[str, Value] = {
            "persons": persons, "turnover": turnover, "balance": turnover // 2, "figures_year": 2025,
            "export": draw.choices(Export.values, (60, 20, 12, 8))[0], "growth": draw.choice(Growth.values),
        }  # fmt: skip
        with act_as(adviser) as actor:
            state_facts(by=actor, company=company, values=values, source=FactSource.ACCOUNTS, stated_on=timezone.localdate())
            if number < len(SHOPS):
                add_establishment(by=actor, company=company, place=Shop(SHOPS[number]))


SIZES = """
update customers_company c set persons = d.persons, turnover = d.turnover, balance = d.turnover / 2, figures_year = 2025,
  export = case when d.draw % 97 < 80 then 'none' when d.draw % 97 < 88 then 'considering' when d.draw % 97 < 93 then 'seeking' else 'significant' end
from (
  select id, draw, persons, persons::bigint * (60000 + draw % 160000) as turnover from (
    select id, draw, case when u < .55 then draw % 2 when u < .86 then 1 + draw % 4 when u < .945 then 5 + draw % 5
      when u < .985 then 10 + draw % 40 when u < .997 then 50 + draw % 200 else 250 + draw % 2750 end as persons
    from (select id, hashint4(id::int) & 2147483647 as draw, ((hashint4(id::int) & 2147483647) % 100003) / 100003.0 as u
      from customers_company where is_sample and persons is null) x
  ) y
) d where c.id = d.id
"""


def load_companies(say: Callable[[str], None], how_many: int = COUNTRY) -> None:
    """The country's companies, once: invented, through the register's import, and their sizes by one statement."""
    if Company.objects.count() >= how_many:
        say("The country's companies are there already.")
        return
    with act_as_house("companies of the country, invented"):
        run = begin_run(by=HOUSE, name="the country's companies, invented")
    told = answers(how_many, places(), seed=2, first=COUNTRY_FIRST)
    check_elements(by=HOUSE, elements=(Element(n, each) for n, each in enumerate(told, 1)), run=run, say=say)
    say("bringing the companies in …")
    with act_as_house("companies of the country, invented"):
        apply_run(by=HOUSE, run=run, is_sample=True)
        with connection.cursor() as cursor:
            cursor.execute(SIZES)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    say(f"{how_many:,} companies")
