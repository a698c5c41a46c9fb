"""A message that was about something else becomes a matter of its own, and goes back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.desk.access.links import first_token, link_actor, link_case
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.joining.split import Chosen, split, undo_split
from luukku.desk.actions.talking import add_note, write
from luukku.desk.models import Attachment, Case, Clock, Leg, Message, Split
from tests.cast import Cast
from tests.desk.test_integrity import complaints

OTHER = "Ihan toinen asia: etsin myös toimitilaa keskustasta."


@pytest.fixture
def asked(case: Case, holder: Actor, cast: Cast) -> Message:
    """The customer's message about something else, a day old, with a file."""
    at = timezone.now() - timedelta(days=1)
    with act_as(holder):
        files = [SimpleUploadedFile("pohja.txt", b"1")]
        return customer_writes(by=holder, case=case, body=OTHER, files=files, at=at)


def parted(cast: Cast, case: Case, message: Message, **more: object) -> Case:
    with act_as(cast.adviser.actor) as actor:
        return split(by=actor, case=case, chosen=Chosen([message.pk], subject="Toimitila", **more))  # type: ignore[arg-type]


def test_message_becomes_a_matter_with_its_own_number_and_clock(cast: Cast, case: Case, asked: Message) -> None:
    made = parted(cast, case, asked)
    asked.refresh_from_db()
    assert (asked.case, made.own_words, made.customer_id) == (made, OTHER, case.customer_id)
    assert made.number != case.number
    assert Attachment.objects.get().case == made
    clock = Clock.objects.get(leg__case=made)
    assert (clock.kind, clock.started_at, made.contacted_at) == ("taken-up", asked.created_at, asked.created_at)
    assert OutgoingMail.objects.filter(kind="desk.split", subject_id=made.pk).count() == 1
    with act_as(PUBLIC):
        actor = link_actor(first_token(made))
    assert actor is not None
    with act_as(actor):
        assert link_case(actor).pk == made.pk
        assert list(Message.objects.all()) == [asked]
    assert complaints() == []


def test_taken_at_once_its_promise_is_met_now(cast: Cast, case: Case, asked: Message) -> None:
    made = parted(cast, case, asked, take_it=True)
    leg = Leg.objects.get(case=made)
    assert (leg.state, leg.handler) == ("taken-up", cast.adviser.person)
    assert leg.taken_up_at is not None
    assert leg.taken_up_at > asked.created_at
    assert complaints() == []


def test_undone_the_message_is_where_it_was_and_later_ones_come_along(cast: Cast, case: Case, asked: Message) -> None:
    before = (asked.case_id, asked.leg_id)
    made = parted(cast, case, asked)
    with act_as(cast.adviser.actor) as actor:
        later = write(by=actor, case=made, body="Mistä päin tilaa?")
        undo_split(by=actor, split=Split.objects.get())
    asked.refresh_from_db()
    later.refresh_from_db()
    made.refresh_from_db()
    assert ((asked.case_id, asked.leg_id), later.case, made.joined_into) == (before, case, case)
    assert complaints() == []
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken, match="jo purettu"):
        undo_split(by=actor, split=Split.objects.get())


def test_only_notes_need_words_of_the_customer(cast: Cast, case: Case) -> None:
    with act_as(cast.adviser.actor) as actor:
        note = add_note(by=actor, case=case, body="Puhui myös tiloista")
        with pytest.raises(RuleBroken) as broken:
            split(by=actor, case=case, chosen=Chosen([], [note.pk], subject="Toimitila"))
        assert broken.value.field == "words"
        made = split(by=actor, case=case, chosen=Chosen([], [note.pk], subject="Toimitila", words="Etsin toimitilaa."))
    assert "Puhui" not in made.own_words
    assert complaints() == []


def test_strangers_split_nothing_and_nobody_takes_anothers_message(cast: Cast, case: Case, asked: Message, send: Callable[..., Case]) -> None:
    with act_as(cast.partner.actor) as actor, pytest.raises(NotFound):
        split(by=actor, case=case, chosen=Chosen([asked.pk], subject="x"))
    other = send()
    with act_as(cast.adviser.actor) as actor, pytest.raises((NotFound, NotAllowed)):
        split(by=actor, case=other, chosen=Chosen([asked.pk], subject="x"))


def test_file_that_was_kept_from_her_stays_kept_after_the_split(cast: Cast, case: Case, asked: Message) -> None:
    file = Attachment.objects.get()
    file.withheld = [cast.here.organisation.principal]
    file.save(update_fields=["withheld"])
    with act_as(cast.adviser.actor):
        assert not Attachment.objects.exists()
    made = parted(cast, case, asked)
    with act_as(cast.adviser.actor):
        assert Message.objects.get(pk=asked.pk).case == made
        assert not Attachment.objects.exists()
    file.refresh_from_db()
    assert file.case == made
