"""What codes of the register are called: the classifications of industry that come with the product, and what the register's own answers say."""

import csv
from pathlib import Path

from luukku.customers.actions.register.prh import Codes
from luukku.customers.models import RegisterCode

DATA = Path(__file__).resolve().parents[2] / "data"
LANGUAGES = {"1": "name_fi", "2": "name_sv", "3": "name_en"}


def load_codes() -> int:
    """Bring the shipped classifications in, unless they are there; how many codes were new."""
    made = 0
    for system in ("tol2008", "tol2025"):
        if RegisterCode.objects.filter(kind=system).exists():
            continue
        with (DATA / f"{system}.tsv").open(encoding="utf-8") as file:
            rows = [
                RegisterCode(kind=system, code=row["code"], name_fi=row["name_fi"], name_sv=row["name_sv"], name_en=row["name_en"])
                for row in csv.DictReader(file, delimiter="\t")
            ]
        RegisterCode.objects.bulk_create(rows, ignore_conflicts=True)
        made += len(rows)
    return made


def keep_codes(codes: Codes) -> None:
    """Names of codes as the register's answers tell them; those that are known already are left."""
    RegisterCode.objects.bulk_create(
        [
            RegisterCode(kind=kind, code=code, **{LANGUAGES[language]: name[:300] for language, name in names.items() if language in LANGUAGES})
            for (kind, code), names in codes.items()
        ],
        ignore_conflicts=True,
    )
