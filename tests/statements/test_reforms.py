"""A plan that a customer showed to one organisation is not shown to another one by a reform, unless the two are one in law."""

import pytest

from luukku.core.actor import act_as
from luukku.statements.enums import StatementState
from luukku.statements.models import Statement
from tests.cast import Cast
from tests.factories.network import OrganisationFactory
from tests.network.reforms.test_merging import merge


@pytest.mark.parametrize("is_legal", [True, False])
def test_statement_that_is_awaited_goes_along_to_a_legal_successor_only(cast: Cast, statement: Statement, is_legal: bool) -> None:
    new = OrganisationFactory.create(code="uusi-kamari", name_fi="Uusi Kamari ry")
    reform = merge(cast, cast.partners, new, is_legal=is_legal)
    statement.refresh_from_db()
    assert statement.state == (StatementState.SENT if is_legal else StatementState.DECLINED)
    assert reform.moves.get().moved["told"].get("statements.back", 0) == (not is_legal)
    with act_as(cast.partner.actor):
        assert Statement.objects.filter(pk=statement.pk).exists() is is_legal
