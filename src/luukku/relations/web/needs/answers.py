"""Answers to a map of needs, on whichever form it is asked: one box and one tick for each question, and two for what came up beside them."""

from collections.abc import Iterable, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.relations.actions.reporting import FREE_SLOTS, Answer
from luukku.relations.models import NeedQuestion, TalkAnswer, VisitNeed
from luukku.relations.web import fields

OTHERS = dict(zip(FREE_SLOTS, (_("Something else they need"), _("And something more they need")), strict=True))


class AnswerForm(forms.Form):
    """Call `ask` at the end of making it."""

    slots: Sequence[str] = ()

    def ask(self, questions: Sequence[NeedQuestion], given: "Iterable[VisitNeed | TalkAnswer]") -> None:
        """Add the boxes; `given` has been answered before, maybe to a question that is asked no more."""
        before = {each.slot: each for each in given}
        every = {f"q{each.pk}": str(each.text) for each in questions}
        every |= {slot: str(each.question.text) for slot, each in before.items() if each.question is not None}
        self.slots = [*every, *FREE_SLOTS]
        for slot in self.slots:
            answer = before.get(slot)
            self.fields[slot] = fields.words(every.get(slot) or OTHERS[slot], 2, initial=answer.words if answer else "")
            if slot not in FREE_SLOTS:
                tick = forms.BooleanField(label=_("This is a need: somebody should help"), required=False, initial=bool(answer and answer.is_need))
                self.fields[f"{slot}_need"] = tick
        for field in self.fields.values():
            field.says_optional = False  # type: ignore[attr-defined]

    def answers(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Answer and tick of each question of the map."""
        return [(self[slot], self[f"{slot}_need"]) for slot in self.slots if slot not in FREE_SLOTS]

    def others(self) -> list[forms.BoundField]:
        """Needs that came up beside the map."""
        return [self[slot] for slot in FREE_SLOTS]

    def answered(self) -> dict[str, Answer]:
        """Call after is_valid(). What is written as something else they need is a need."""
        found = {}
        for slot in self.slots:
            words, is_need = self.cleaned_data[slot].strip(), self.cleaned_data.get(f"{slot}_need", True)
            if words or (is_need and slot not in FREE_SLOTS):
                found[slot] = Answer(words, is_need)
        return found
