"""What was written down as having come of a matter is a claim until its customer says whether it is right.

She confirms, corrects or rejects each, by the mail that tells her of the end or on her page, and may say what would have come of it without help.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import NotFound, RuleBroken
from luukku.desk.access.links import require_customer
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import FIGURE_OF, ClaimWord, OutcomeKind, WithoutHelp
from luukku.desk.models import Case, Outcome
from luukku.desk.queries.claims import claims_of

MOST = 2_000_000_000


@dataclass(frozen=True)
class Said:
    """Of one claim (its key): a ClaimWord, and with a correction the right euros or people."""

    claim: int
    word: str
    figure: int | None = None


def answer_claims(*, by: Actor, case: Case, said: Sequence[Said], without_help: str = "", at: datetime | None = None) -> list[Outcome]:
    """Keep the customer's word; those who handled what she corrects or rejects are told. She may change it as long as her link works.

    What is the same as another organisation's claim gets the same word. Raises RuleBroken with the field to mend, NotFound, NotAllowed.
    """
    if without_help not in ("", *WithoutHelp.values):
        raise RuleBroken(_("Choose what would have come of it without help."), field="without_help")
    if not said:
        raise RuleBroken(_("Say of at least one whether it is right."))
    with work_on(case.pk, by=by, at=at) as work:
        require_customer(by, work.case)
        claims = {each.pk: each for each in claims_of(work.case.pk, locked=True)}
        if {each.claim for each in said} - set(claims):
            raise NotFound
        for each in said:
            _write(work, claims[each.claim], each, without_help)
        words = [each.word for each in said]
        work.record(
            "case.claims_answered", without_help=without_help or None,
            confirmed=words.count(ClaimWord.CONFIRMED), corrected=words.count(ClaimWord.CORRECTED), rejected=words.count(ClaimWord.REJECTED),
        )  # fmt: skip
        _tell(work, [claims[each.claim] for each in said if each.word != ClaimWord.CONFIRMED])
        return list(claims.values())


def _write(work: Work, claim: Outcome, said: Said, without_help: str) -> None:
    figure = said.figure if said.word == ClaimWord.CORRECTED else None
    if said.word not in ClaimWord.values:
        raise RuleBroken(_("Choose whether it is right."), field=f"word_{claim.pk}")
    if said.word == ClaimWord.CORRECTED and (figure is None or not 0 <= figure <= MOST or OutcomeKind(claim.kind) not in FIGURE_OF):
        raise RuleBroken(_("Write the right figure."), field=f"figure_{claim.pk}")
    claim.word, claim.word_at, claim.word_figure, claim.without_help = said.word, work.at, figure, without_help
    Outcome.objects.filter(Q(pk=claim.pk) | Q(same_as=claim.pk)).update(
        word=said.word, word_at=work.at, word_figure=figure, without_help=without_help
    )  # fmt: skip


def _tell(work: Work, doubted: Sequence[Outcome]) -> None:
    """Each who handled a part whose claim is not right hears that it is not; what it was she reads on the case."""
    parts = {each.leg_id for each in doubted}
    for person_id in sorted({leg.handler_id for leg in work.legs if leg.pk in parts and leg.handler_id is not None}):
        mail.queue("desk.claim_doubted", work.case, person=person_id)


def word_after(old: Outcome, figure: int | None) -> dict[str, object]:
    """The columns of the customer's word when a claim is written anew: her word was on that figure, or on the one that she gave instead."""
    if not old.word or figure == old.figure:
        return {}
    if old.word == ClaimWord.CORRECTED and figure == old.word_figure:
        return {"word": ClaimWord.CONFIRMED, "word_figure": None}
    return {"word": "", "word_at": None, "word_figure": None, "without_help": ""}
