"""`luukku match`: which services fit a need, on the command line, one or many at once."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from luukku.catalogue.queries.matching import NeedMatch, match_need


class Command(BaseCommand):
    help = "Find the services that fit a need said in everyday words"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("need", nargs="?", help="the need in the customer's own words")
        parser.add_argument("--lang", default="fi", choices=["fi", "sv", "en"])
        parser.add_argument("--top", type=int, default=5)
        parser.add_argument("--file", help='many at once: one {"q", "lang"} per line; - for standard input')
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"]:
            with _opened(options["file"]) as lines:
                self._many(lines, options["top"], as_json=options["json"], language=options["lang"])
        elif options["need"]:
            self._say(match_need(options["need"], options["lang"], top=options["top"]), options["lang"], as_json=options["json"])
        else:
            raise CommandError("Say the need, or give a --file of needs.")

    def _many(self, lines: TextIO, top: int, *, as_json: bool, language: str) -> None:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                need = json.loads(line)
                words, lang = str(need["q"]), str(need.get("lang") or language).lower()
            except (ValueError, KeyError, TypeError, AttributeError):
                raise CommandError(f'Line {number} is not a JSON object with "q" and "lang".') from None
            self._say(match_need(words, lang, top=top), lang, as_json=as_json)

    def _say(self, found: NeedMatch, language: str | None, *, as_json: bool) -> None:
        if as_json:
            hits = [{"id": h.code, "score": round(h.score, 4), "why": h.why.said(language=language)} for h in found.hits]
            self.stdout.write(json.dumps({"hits": hits, "fits": found.fits}, ensure_ascii=False))
            return
        if not found.fits:
            self.stdout.write("Nothing fits well. The nearest:")
        for hit in found.hits:
            self.stdout.write(f"{hit.score:.2f}  {hit.code}  {hit.why.said(language=language)}")


def _opened(name: str) -> TextIO:
    if name == "-":
        return sys.stdin
    path = Path(name)
    if not path.exists():
        raise CommandError(f"There is no file {name}.")
    return path.open(encoding="utf-8")
