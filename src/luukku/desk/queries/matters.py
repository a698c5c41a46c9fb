"""How many matters came to a region: numbers, under the suppression of their windows."""

from django.db import connection

from luukku.core.months import Months


def new_matters(region_id: int, months: Months) -> int:
    """Matters that came in these whole months. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("select wall.desk_matters(%s, %s, %s, false)", [region_id, months.first, months.until])
        return int(cursor.fetchone()[0] or 0)


def matters_by_service(region_id: int, months: Months) -> dict[int, int]:
    """Parts that came by service, the most first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("select service_id, came from wall.desk_matters_by_service(%s, %s, %s)", [region_id, months.first, months.until])
        return {int(service): int(came) for service, came in cursor.fetchall()}
