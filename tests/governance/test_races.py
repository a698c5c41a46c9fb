"""Two secretaries at once on one section, with real threads and commits."""

from collections.abc import Callable

import pytest

from luukku.core.actor import Actor, act_as
from luukku.governance.actions.groups import GroupForm, create_group
from luukku.governance.actions.meetings import MeetingForm, plan_meeting
from luukku.governance.actions.minutes import begin, write_section
from luukku.governance.models import AgendaItem, GroupKind, SectionText
from tests.cast import assemble
from tests.desk.test_races import at_once
from tests.governance.conftest import at

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_save_a_section_at_once_both_keep_their_text() -> None:
    cast = assemble()
    coordinator = cast.coordinator.actor
    with act_as(coordinator) as by:
        kind = GroupKind.objects.get(code="steering")
        group = create_group(by=by, region=cast.here.region, kind=kind, form=GroupForm({"fi": "Ohjausryhmä"}))
        meeting = begin(by=by, meeting=plan_meeting(by=by, group=group, form=MeetingForm(at(-1), at(-1, 11))))
    item = AgendaItem.objects.filter(meeting=meeting)[0]

    def saving(actor: Actor, body: str) -> Callable[[], object]:
        def work() -> object:
            with act_as(actor) as by:
                found = AgendaItem.objects.select_related("meeting__group").get(pk=item.pk)
                return write_section(by=by, item=found, body=body, based_on=0)

        return work

    at_once(saving(coordinator, "Yksi"), saving(coordinator, "Kaksi"))
    texts = SectionText.objects.filter(item=item)
    assert set(texts.values_list("body", flat=True)) == {"Yksi", "Kaksi"}
    assert sorted(texts.values_list("state", flat=True)) == ["beside", "current"]
