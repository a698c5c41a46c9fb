"""Parts in agreements go along when organisations merge or split; what has been signed and said stays as it was."""

from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.agreements.models import Agreement, Document, Party
from luukku.core.reforms import ReformPart
from luukku.network.actions.reforms.moving import Mover


def carry_parts(mover: Mover) -> None:
    """Parts that hold or are to begin; where both are parties the receiver's goes on, and the other's is left for an annex."""
    today = timezone.localdate()
    parts = Party.objects.standing(today).filter(mover.within(region="agreement__region"), organisation=mover.source, left_at=None)
    both = parts.filter(agreement__in=Party.objects.standing(today).filter(organisation=mover.target).values("agreement"))
    mover.tell("agreements.both_parties", both.count())
    mover.change(parts.exclude(pk__in=list(both.values_list("pk", flat=True))), what="agreements.parts", organisation_id=mover.target.pk)
    through = Party.objects.standing(today).filter(mover.within(region="agreement__region"), acts_through=mover.source)
    mover.change(through.exclude(organisation=mover.target), acts_through_id=mover.target.pk)
    living = Agreement.objects.filter(mover.within(region="region"), coordinating=mover.source, ended_at=None, given_up_at=None)
    mover.change(living, what="agreements.coordinated", coordinating_id=mover.target.pk)
    mover.change_by_desk(Document.objects.filter(mover.within(region="agreement__region")), "receiving_desk_id")


PARTS: Final = {
    "agreements.parts": ReformPart(
        270,
        ("agreements.Party.organisation", "agreements.Party.acts_through", "agreements.Agreement.coordinating", "agreements.Document.receiving_desk"),
        carry_parts,
        {"agreements.parts": _("Parts in agreements"), "agreements.coordinated": _("Agreements that it coordinates")},
        {"agreements.both_parties": _("Both are parties of the same agreement: the receiver's part goes on, the other's is ended by an annex")},
    ),
}
STAYS: Final = {
    "agreements.Document.organisation": "an annex names who joined or left by it",
    "agreements.Signatory.organisation": "a signature stays for whom it was given; a draft's signatories are named anew",
    "agreements.Comment.organisation": "a comment tells for whom it was made",
    "agreements.Attachment.organisation": "a file under a signed text stays whose it was",
    "agreements.Step.organisation": "talks were held with, and approvals came from, who was there",
}
