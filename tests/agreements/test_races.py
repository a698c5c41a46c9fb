"""Two parties sign while the text is taken back and changed, with real threads and commits."""

from collections.abc import Callable

import pytest

from luukku.agreements.actions.drafting import main_document, write_section
from luukku.agreements.actions.signing import send_out, sign, take_back
from luukku.agreements.models import Document, Section, Signatory
from luukku.core.actor import Actor, act_as
from luukku.core.errors import RuleBroken
from tests.agreements.conftest import drafted, holder, sent
from tests.cast import assemble
from tests.desk.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_signs_while_the_text_is_changed_has_signed_what_stands_or_is_asked_again() -> None:
    cast = assemble()
    document = sent(cast, main_document(drafted(cast)))
    old = document.digest
    holders = [holder(each) for each in Signatory.objects.filter(document=document).order_by("pk")]

    def signing(actor: Actor) -> Callable[[], object]:
        def work() -> object:
            with act_as(actor) as by:
                return sign(by=by, document=Document.objects.get(pk=document.pk), digest=old)

        return work

    def changing() -> object:
        with act_as(cast.coordinator.actor) as by:
            found = Document.objects.select_related("agreement__region", "agreement__coordinating").get(pk=document.pk)
            take_back(by=by, document=found)
            section = Section.objects.select_related("document__agreement__region").filter(document=found)[0]
            write_section(by=by, section=section, body="Aivan muuta", based_on=section.version)
            return send_out(by=by, document=found)

    results = at_once(*(signing(each) for each in holders), changing)
    document.refresh_from_db()
    signed = list(Signatory.objects.filter(document=document).values_list("signed_digest", flat=True))
    if document.state == "signed":  # both were first: nothing could be taken back any more
        assert set(signed) == {old}
        assert document.digest == old
        assert isinstance(results[-1], RuleBroken)
    else:
        assert document.state == "out"
        assert document.digest != old
        assert "Aivan muuta" in document.body
        assert document.digest not in signed
    assert all(isinstance(each, (Document, RuleBroken)) for each in results), results
