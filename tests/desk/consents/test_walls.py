"""What a consent opens, to whom, and that it closes in the moment in which it is taken back. At both walls."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import StoredFile
from luukku.customers.access import own_contacts, visible_consents, visible_contacts
from luukku.customers.actions.consenting import Agreement, give_consent
from luukku.customers.models import Circle, Consent, Contact, Relation
from luukku.desk.access import visible_cases
from luukku.desk.actions.consents import agree, take_back
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.models import Case, CaseSummary, Leg, Message, Note, Outcome
from tests.cast import Cast, Member
from tests.desk.consents.conftest import Ground

NETWORK = Agreement("passing", "link", "network")


def reads(who: Member) -> set[str]:
    """What of all customers' data somebody reads, each time asked by a statement without any condition, as one who forgets her scope would."""
    tables = {"relation": Relation, "contact": Contact, "summary": CaseSummary, "outcomes": Outcome, "case": Case, "message": Message, "note": Note}
    with act_as(who.actor) as actor:
        found = {name for name, model in tables.items() if model._default_manager.exists()}
        assert visible_contacts(actor).exists() is ("contact" in found)
        assert visible_cases(actor).exists() is ("case" in found)
        assert not Consent.objects.exists()
        assert not own_contacts(actor).exists()
    return found


@pytest.fixture
def settled(case: Case, leg: Leg, cast: Cast) -> Case:
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=leg)
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")
    return case


def test_others_read_nothing_of_a_customer_who_has_said_nothing(settled: Case, cast: Cast, ground: Ground) -> None:
    ground("consent")
    for who in (cast.partner, cast.outsider, cast.coordinator, cast.national):
        assert reads(who) == set()


def test_consent_to_the_network_opens_what_it_says_and_no_more(settled: Case, holder: Actor, cast: Cast, ground: Ground) -> None:
    ground("consent")
    with act_as(holder):
        agree(by=holder, case=settled, agreement=NETWORK)
    assert reads(cast.partner) == {"relation", "contact", "summary", "outcomes"}
    for who in (cast.outsider, cast.coordinator, cast.area, cast.national, cast.steering, cast.editor, cast.admin, cast.shepherd):
        assert reads(who) == set(), who.name


def test_withdrawal_closes_in_the_same_transaction(settled: Case, holder: Actor, cast: Cast, ground: Ground) -> None:
    ground("consent")
    with act_as(holder):
        consent = agree(by=holder, case=settled, agreement=NETWORK)
    partner = cast.partner.actor  # signed in before
    with act_as(holder):
        take_back(by=holder, case=settled, consent=consent, way="link")
        with act_as(partner):
            assert not Contact.objects.exists()
            assert not CaseSummary.objects.exists()
    assert reads(cast.partner) == set()
    with act_as(cast.adviser.actor):
        assert Contact.objects.count() == 1


def test_named_organisations_alone_read(settled: Case, holder: Actor, cast: Cast, ground: Ground) -> None:
    ground("consent")
    with act_as(holder):
        agree(by=holder, case=settled, agreement=Agreement("passing", "link", "named", [cast.here.organisation.pk]))
        assert reads(cast.partner) == set()
        agree(by=holder, case=settled, agreement=Agreement("passing", "link", "named", [cast.partners.pk]))
    assert reads(cast.partner) == {"relation", "contact", "summary", "outcomes"}


def test_only_parties_of_the_region_can_be_named(case: Case, holder: Actor, cast: Cast) -> None:
    for wrong in ([], [cast.there.organisation.pk], [cast.partners.pk, 987654321]):
        with act_as(holder), pytest.raises(RuleBroken), transaction.atomic():
            agree(by=holder, case=case, agreement=Agreement("passing", "link", "named", wrong))


def test_this_matter_only_leaves_the_others_closed(settled: Case, holder: Actor, cast: Cast, ground: Ground) -> None:
    ground("consent")
    other = Case.objects.create(
        number="KO-26-9999", region=settled.region, customer=settled.customer, subject="Toinen", own_words="Toinen", language="fi", channel="web"
    )
    with act_as(holder):
        agree(by=holder, case=settled, agreement=Agreement("passing", "link", "matter", matter=settled.pk))
    with act_as(cast.partner.actor):
        assert [each.case_id for each in CaseSummary.objects.all()] == [settled.pk]
    with act_as(holder):
        agree(by=holder, case=settled, agreement=NETWORK)
    with act_as(cast.partner.actor):
        assert {each.case_id for each in CaseSummary.objects.all()} == {settled.pk, other.pk}


def test_statistics_open_nothing(settled: Case, holder: Actor, cast: Cast, ground: Ground) -> None:
    ground("consent")
    with act_as(holder):
        agree(by=holder, case=settled, agreement=Agreement("statistics", "link"))
    assert reads(cast.partner) == set()


def test_ground_of_the_organisations_type_decides(settled: Case, holder: Actor, cast: Cast, ground: Ground) -> None:
    with act_as(holder):
        agree(by=holder, case=settled, agreement=NETWORK)
    assert reads(cast.partner) == set(), "no ground at all"
    ground("consent", "contact")
    assert reads(cast.partner) == {"contact"}
    ground("never", "contact")
    ground("law", "summary")
    assert reads(cast.partner) == {"summary"}, "whom the law lets, consent lets too"


def test_law_opens_companies_and_never_private_people(send: Callable[..., Case], cast: Cast, ground: Ground) -> None:
    ground("law")
    send()
    assert reads(cast.partner) == set()
    send(company_name="Kahvila Oy", business_id="2617416-4", email="toinen@customer.example")
    assert reads(cast.partner) == {"relation", "contact", "summary"}
    assert reads(cast.outsider) == set()
    with act_as(cast.partner.actor):
        assert Contact.objects.count() == CaseSummary.objects.count() == 1


def test_who_leaves_the_network_reads_nothing_from_that_day(settled: Case, holder: Actor, cast: Cast, ground: Ground) -> None:
    ground("consent")
    with act_as(holder):
        agree(by=holder, case=settled, agreement=NETWORK)
    cast.partners.participations.update(valid_until="2020-01-01")
    assert reads(cast.partner) == set()


def test_what_is_made_by_somebody_of_a_circle_is_not_the_circles(cast: Cast, ground: Ground) -> None:
    ground("law")
    assert any(each < 0 for each in cast.partner.actor.principals)
    with act_as(cast.partner.actor):
        made = StoredFile.objects.create(name="a", content_type="text/plain", size=1, sha256="0" * 64)
    assert min(StoredFile.objects.get(pk=made.pk).readers) > 0


def test_whoever_does_not_handle_the_customer_writes_no_consent_for_her(settled: Case, holder: Actor, cast: Cast, ground: Ground) -> None:
    ground("consent")
    with act_as(holder):
        consent = agree(by=holder, case=settled, agreement=NETWORK)
    with act_as(cast.partner.actor) as actor:
        with pytest.raises(NotAllowed), transaction.atomic():
            give_consent(by=actor, customer_id=settled.customer_id or 0, region=settled.region, agreement=Agreement("passing", "phone", "network"))
        with pytest.raises(DatabaseError), transaction.atomic():
            Consent.objects.create(
                customer_id=settled.customer_id or 0, kind="statistics", region=settled.region, text=consent.text, language="fi", way="phone"
            )
        assert not visible_consents(actor).exists()
        for write in (Relation.objects.all().delete, lambda: CaseSummary.objects.update(number="x"), lambda: Circle.objects.update(number=-1)):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                write()


def test_consent_stands_as_it_was_given(settled: Case, holder: Actor, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        consent = agree(by=actor, case=settled, agreement=Agreement("passing", "paper", "network"))
        assert consent.recorded_by_id == cast.adviser.someone.pk
    with act_as(holder):
        for change in ({"scope": "named", "organisations": [1]}, {"way": "link"}, {"customer_id": consent.customer_id + 1}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Consent.objects.filter(pk=consent.pk).update(**change)
        take_back(by=holder, case=settled, consent=consent, way="link")
        with pytest.raises(DatabaseError), transaction.atomic():
            Consent.objects.filter(pk=consent.pk).update(withdrawn_at=None, withdrawal_way="")


def test_consent_of_nobody_and_of_anothers_matter_is_refused(send: Callable[..., Case], case: Case, holder: Actor) -> None:
    other = send(email="toinen@customer.example")
    with act_as(holder), pytest.raises(DatabaseError), transaction.atomic():
        agree(by=holder, case=case, agreement=Agreement("passing", "link", "matter", matter=other.pk))
    with act_as(PUBLIC), pytest.raises(NotFound), transaction.atomic():
        agree(by=PUBLIC, case=case, agreement=NETWORK)
