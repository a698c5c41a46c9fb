"""A seat that goes round in Suupohja: the steering group's chair, a year at a time."""

from django.utils import timezone

from luukku.core.actor import act_as
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.network.access import actor_of_person
from luukku.network.actions.rotas import TurnForm, make_rota, plan_turn
from luukku.network.enums import Role
from luukku.network.models import Organisation, Seat


def let_seats_go_round(built: Built) -> None:
    """This year's chair, next year's by name, and the organisation whose turn is after that."""
    region, year = built.regions["suupohja"], clock.today().year
    towns = {each.code: each for each in Organisation.objects.filter(code__in=("kauhajoki", "kurikka"))}
    with act_as(actor_of_person(built.logins["coordinator"].pk)) as by:
        holder = Seat.objects.on(timezone.localdate()).get(role=Role.STEERING_CHAIR, region=region)
        rota = make_rota(by=by, region=region, role=Role.STEERING_CHAIR, holder=holder)
        first = clock.today().replace(year=year + 1, month=1, day=1)
        named = TurnForm(
            first_day=first, last_day=first.replace(month=12, day=31), organisation=towns["kauhajoki"], person=built.people["suupohja/kauhajoki"][0]
        )
        plan_turn(by=by, rota=rota, form=named)
        after = first.replace(year=year + 2)
        plan_turn(by=by, rota=rota, form=TurnForm(first_day=after, last_day=after.replace(month=12, day=31), organisation=towns["kurikka"]))
