"""How a form meets an action: who acts, who may come in, and how a broken rule gets back to the field it belongs to."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction
from django.forms import BaseForm, CharField, DateField, DateInput, Textarea, TimeField, TimeInput
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from luukku.core.actor import PUBLIC, Actor
from luukku.core.errors import NotAllowed, RuleBroken

P = ParamSpec("P")
T = TypeVar("T")
C = TypeVar("C", bound="Coded")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(2100, 12, 31)  # days are counted on from what people write, and the calendar must not end there
DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"]  # the same in all languages: 3.4. is never read as the fourth of March


class Coded(Protocol):
    """What is named by a code in addresses."""

    @property
    def code(self) -> Any: ...


def actor_of(request: HttpRequest) -> Actor:
    """The actor whom the middleware found."""
    actor: Actor = getattr(request, "actor", PUBLIC)
    return actor


def base_of(actor: Actor) -> str:
    """The page base for what staff and the public both read: each keeps their own menu."""
    return "luukku/staff.html" if actor.is_staff else "luukku/public.html"


def staff_only(view: View[P]) -> View[P]:
    """Let in those who work in the network; others to the sign-in page. Raises NotAllowed for those who have signed in as somebody else."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if actor_of(request).is_staff:
            return view(request, *args, **kwargs)
        if request.user.is_authenticated:
            raise NotAllowed  # the sign-in page would send her straight back
        return redirect_to_login(request.get_full_path())

    return guarded


def chosen(request: HttpRequest, name: str, among: Sequence[C]) -> C:
    """The one whose code stands in the address under `name`, else the first. Raises NotAllowed when there is none, or it is not among them."""
    code = request.GET.get(name)
    found = next((each for each in among if not code or each.code == code), None)
    if found is None:
        raise NotAllowed
    return found


def words_field(label: Any, rows: int = 4, **options: Any) -> CharField:
    """A box for words of any length, so many rows high."""
    return CharField(label=label, widget=Textarea(attrs={"rows": rows}), **options)


def day_field(label: Any, **options: Any) -> DateField:
    """A day, chosen from the browser's own calendar or written the Finnish way."""
    given = {"validators": [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)], "input_formats": DAY_FORMATS, **options}
    return DateField(label=label, widget=DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given)


def hour_field(label: Any, **options: Any) -> TimeField:
    """An hour of the day: 9, 9.30 or 9:30."""
    given = {"input_formats": ["%H:%M", "%H:%M:%S", "%H.%M", "%H"], **options}
    return TimeField(label=label, widget=TimeInput(attrs={"type": "time"}, format="%H:%M"), **given)


def attempt(form: BaseForm, work: Callable[[], T]) -> T | None:
    """Run an action for a valid form; None with the error in the form when the form or a rule says no."""
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            return work()
    except RuleBroken as broken:
        form.add_error(broken.field if broken.field in form.fields else None, str(broken.message))
        return None


def acted(form: BaseForm, work: Callable[[], object]) -> bool:
    """As `attempt`, for an action that gives nothing back: whether it was done."""

    def told() -> bool:
        work()
        return True

    return bool(attempt(form, told))


def do_now(request: HttpRequest, work: Callable[[], object], *, done: str, to: str) -> HttpResponse:
    """A button that acts at once (POST) and goes on to a page; a broken rule is told there."""
    try:
        with transaction.atomic():
            work()
    except RuleBroken as broken:
        messages.error(request, str(broken.message))
    else:
        messages.success(request, done)
    return redirect(to)


def saved(request: HttpRequest, message: str, to: str) -> HttpResponse:
    """Say that it is done and go on."""
    messages.success(request, message)
    return redirect(to)


def form_page(
    request: HttpRequest, form: BaseForm, *, title: str, button: str, back: str, intro: str = "", template: str = "luukku/form.html",
    base: str = "luukku/staff.html",
) -> HttpResponse:  # fmt: skip
    """The page of one form. `back` is the address to which giving up leads; `base` the page around it, for those who are no staff."""
    page = {"form": form, "title": title, "button": button, "back": back, "intro": intro, "base": base}
    return render(request, template, page, status=422 if form.errors else 200)


def confirm_page(
    request: HttpRequest, work: Callable[[], object], *, title: str, text: str, button: str, back: str, done: str, after: str = "", ends: bool = True,
    template: str = "luukku/confirm.html", told: Mapping[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Ask before something ends; on POST do it, say `done` and go to `after` (or back). A broken rule is told on the page.
    `ends`: False where something begins rather than ends, so that the button does not warn. `template`: one that extends the common one and says
    more in its block `told`, from what `told` gives it."""
    error = ""
    if request.method == "POST":
        try:
            with transaction.atomic():
                work()
        except RuleBroken as broken:
            error = str(broken.message)
        else:
            return saved(request, done, after or back)
    page = {"title": title, "text": text, "button": button, "back": back, "error": error, "ends": ends, **(told or {})}
    return render(request, template, page, status=422 if error else 200)
