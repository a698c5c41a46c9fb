"""`luukku promise`: when a limit in working days ends, by the calendar of a region."""

import json
from argparse import ArgumentParser
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, transaction

from luukku.core.worktime import OFFICE_HOURS, WorkCalendar, due
from luukku.network.actions import reference_files
from luukku.network.models import Region
from luukku.network.queries.calendars import region_calendar


class Command(BaseCommand):
    help = "Say when a promise of N working days ends, by a region's opening hours and closing days."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", required=True, help="code of the region, such as suupohja")
        moment = "moment of the contact, such as 2026-12-23T15:10 (Helsinki time unless it says otherwise)"
        parser.add_argument("--from", dest="moment", required=True, help=moment)
        parser.add_argument("--working-days", type=int, default=2, help="length of the promise (default 2)")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *, region: str, moment: str, working_days: int, **options: object) -> None:
        calendar = calendar_of(region)
        try:
            end = due(calendar, _moment(moment, calendar), working_days=working_days)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps({"due": end.isoformat()}) if options["json"] else f"{end:%Y-%m-%d %H:%M}")


def calendar_of(code: str) -> WorkCalendar:
    """The region's calendar; on an installation without a network yet, the default one for a region of the reference network."""
    try:
        with transaction.atomic():
            known = dict(Region.objects.values_list("code", "pk"))
            if code in known:
                return region_calendar(known[code])
    except ProgrammingError:  # not migrated yet
        known = {}
    if not known and any(row.code == code for row in reference_files.regions()):
        return OFFICE_HOURS
    raise CommandError(f"There is no region {code!r}. Codes are Finnish names in small letters, such as suupohja or lansi-uusimaa.")


def _moment(text: str, calendar: WorkCalendar) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"Not a moment: {text!r}. Write it like 2026-12-23T15:10.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(calendar.zone))
