"""Case meetings in the customer's story: what was asked of her, what she said, that her matter was discussed and what was agreed."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.ui.times import day_text
from luukku.desk.models import MeetingStep
from luukku.desk.queries.happened import Happened
from luukku.desk.queries.status_page import StatusPage

# By action: the title, and whether it was ours. What staff wrote down for her is told with the name of the one who did.
TITLES = {
    "case.meeting_asked": (gettext_lazy("We asked whether your matter may be discussed together by name"), True),
    "case.meeting_refused": (gettext_lazy("Your matter is not discussed by name"), False),
    "case.meeting_withdrawn": (gettext_lazy("You took back your word: nobody sees your matter by the case meeting"), False),
    "case.meeting_over": (gettext_lazy("The organisations of the case meeting do not see your matter any more"), True),
}


def agreed_title(event: Happened) -> tuple[str, bool]:
    """She herself on her page, or somebody who wrote down what she said."""
    if event.actor_kind in ("link", "customer"):
        return _("You let organisations discuss your matter together"), False
    return _("%(name)s wrote down that you let organisations discuss your matter together") % {"name": event.person}, True


def open_steps(page: StatusPage) -> list[MeetingStep]:
    """What was agreed in meetings and is still to be done, apart from what a part's own next step says already."""
    said = {leg.next_step for leg in page.legs}
    steps = [step for talk in page.talks.discussed.values() for step in talk.steps]
    return [step for step in steps if step.done_at is None and step.words not in said] if not page.ended else []


def discussed_words(event: Happened, page: StatusPage) -> tuple[str, str]:
    """Title and text: by whom, and who does what next."""
    found = page.talks.discussed.get(int(event.facts.get("item") or 0))
    if found is None:
        return _("Your matter was discussed in a case meeting"), ""
    by = ", ".join(found.organisations)
    lines = [_("Present: %(names)s.") % {"names": by}] if by else []
    if not event.facts.get("named"):
        lines.append(_("Nobody there was told who you are, except those who handle your matter."))
    for step in found.steps:
        words = _("%(name)s: %(what)s") % {"name": step.person.name, "what": step.words}
        lines.append(f"{words} ({day_text(step.due)})." if step.due else f"{words}.")
    return _("Your matter was discussed in a case meeting"), " ".join(lines)
