"""What holds in a region: what it has decided itself, else what the nation has."""

from luukku.core.remembered import Remembered
from luukku.core.worktime import WorkCalendar, parse_hours
from luukku.network.models import NationRules, Region

_remembered: Remembered[NationRules] = Remembered(30)


def nation_rules() -> NationRules:
    """As decided at most half a minute ago."""
    return _remembered.get("", kept_rules)


def kept_rules() -> NationRules:
    """As they stand now; what the product came with where nobody has decided anything. One statement."""
    return NationRules.objects.first() or NationRules()


def forget_rules() -> None:
    """After a change: this process asks anew at once."""
    _remembered.forget()


def nation_calendar() -> WorkCalendar:
    """When the nation's own door is open; days off are those of Finland and its own closing days."""
    rules = nation_rules()
    week = (parse_hours(rules.hours),) * 5 + (parse_hours(rules.saturday_hours), parse_hours(rules.sunday_hours))
    return WorkCalendar(week, frozenset(rules.closing_days))


def review_months(region: Region) -> int:
    """After how many months a service card is to be looked over."""
    return region.review_months or nation_rules().review_months


def status_link_days(region: Region) -> int:
    """How many days the customer's link lives after the matter has ended."""
    return region.status_link_days or nation_rules().status_link_days


def outside_link_days(region: Region) -> int:
    """How many days an organisation outside the network can open what was sent to it."""
    return region.outside_link_days or nation_rules().outside_link_days
