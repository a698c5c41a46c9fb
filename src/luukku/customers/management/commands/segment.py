"""`luukku segment`: to which segment a company with these facts belongs, and by which rule."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from luukku.customers.queries.segments import FactsWrong, decide, read_facts
from luukku.customers.queries.segments.books import rules_in_use
from luukku.customers.queries.segments.words import facts_in_words, rule_in_words, segment_name


class Command(BaseCommand):
    help = "Say to which segment a company belongs, and which rule decides."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        facts = """the facts, such as '{"persons": 9, "turnover": 1400000, "balance": 900000, "founded": true, "export": "none"}'; answers as JSON"""
        parser.add_argument("--json", required=True, help=facts)
        parser.add_argument("--lang", default="fi", choices=["fi", "sv", "en"], help="language of the words (default fi)")

    def handle(self, *, json: str, lang: str, **options: object) -> None:
        with translation.override(lang):
            self.stdout.write(answer(json))


def answer(text: str) -> str:
    """The decision as JSON: segment, its name, the deciding rule's number and words, the facts in words, and what was supposed."""
    try:
        facts = read_facts(text)
    except FactsWrong as wrong:
        raise CommandError(str(wrong)) from None
    found = decide(rules_in_use(), facts)
    said = {
        "segment": found.segment,
        "name": segment_name(found.segment),
        "rule": rule_in_words(found.rule),
        "rule_number": found.number,
        "facts": facts_in_words(facts),
        "supposed": ["persons"] if facts.supposes_persons else [],
    }
    return json.dumps(said, ensure_ascii=False)
