"""From a customer's words to services: the matcher in use, and what it reads of the catalogue."""

import io
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import structlog
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.utils.translation import get_language

from luukku.catalogue.enums import Validity, WordKind
from luukku.catalogue.matching.cards import DESCRIBED_IN, CardText, Confirmed, Unfit, default_cards, default_unfit
from luukku.catalogue.matching.embedding import Remembering, installed_embedder
from luukku.catalogue.matching.model import Model
from luukku.catalogue.matching.reasons import Why, said
from luukku.catalogue.matching.store import UNREADABLE, VECTORS, from_bytes, load, save
from luukku.catalogue.matching.train import train, version_of
from luukku.catalogue.models import ConfirmedAnswer, MatchModel, Service, ServiceWord
from luukku.catalogue.models.places import Place
from luukku.core.remembered import Remembered
from luukku.core.translated import LANGUAGES

log = structlog.get_logger("luukku.match")
PIECE = 1_000_000  # bytes of a stored model read at a time
LOOK_AGAIN = 60.0  # seconds between looks whether another model has been taken into use


@dataclass(frozen=True)
class Reason:
    """Why a service was proposed, as facts that can be stored: a kind, and the customer's or the card's words that it rests on."""

    kind: str = ""
    words: tuple[str, ...] = ()

    def said(self, service: str = "", language: str | None = None, *, best: str = "") -> str:
        """One sentence in the reader's language (the page's unless given); in that language `service` is the proposed service's name, `best` that of
        the one proposed before all others."""
        language = (language or get_language() or "fi")[:2]
        named = {"meaning": service, "beside": best}.get(self.kind)
        words = (named,) if named else self.words
        return said(Why(self.kind, words=words), language) if self.kind else ""


@dataclass(frozen=True)
class ServiceHit:
    """A proposed service: `score` is the chance (0–1) that it is the one meant."""

    service_id: int | None
    code: str
    score: float
    why: Reason


@dataclass(frozen=True)
class NeedMatch:
    """Services best first. `fits` is False when nothing fits well: then the door is offered first, the hits second."""

    hits: tuple[ServiceHit, ...]
    fits: bool


@dataclass(frozen=True)
class Texts:
    """All that training reads."""

    cards: tuple[CardText, ...]
    unfit: tuple[Unfit, ...]
    confirmed: tuple[Confirmed, ...] = ()


@dataclass
class _InUse:
    model: Model
    ids: dict[str, int]
    looked_at: float
    version: str | None  # of the stored model; None for the one that comes with the product
    has_local: bool = False  # whether some card holds in a part of the country only

    @property
    def is_fresh(self) -> bool:
        """Not while there is no card: then somebody is about to load them."""
        return bool(self.ids) and time.monotonic() - self.looked_at < LOOK_AGAIN


class _Keeper:
    """The model that this process uses, looked for anew now and then."""

    lock = Lock()
    use: _InUse | None = None


_local: Remembered[frozenset[str]] = Remembered(60)


def match_need(words: str, language: str | None = None, place: Place | None = None, top: int = 5) -> NeedMatch:
    """The services that fit a need. Never an error, whatever the words; nothing typed leaves the process.

    `place` is where the customer is: only what holds there counts. None looks at every card of the country. One statement a minute for
    each place, none where every card holds everywhere.
    """
    language = (language or get_language() or "fi")[:2]
    use = _current()
    only = _local.get(place, lambda: _held_in(place)) if use.has_local and place is not None else None
    found = use.model.match(words, language, top, only)
    hits = tuple(ServiceHit(use.ids.get(h.id), h.id, h.score, _reason(h.why)) for h in found.hits)
    return NeedMatch(tuple(h for h in hits if h.service_id is not None or not use.ids), found.fits)


def _held_in(place: Place) -> frozenset[str]:
    return frozenset(Service.objects.active().holding_in(place).order_by().values_list("code", flat=True))


def _reason(why: Why) -> Reason:
    return Reason(why.kind, why.words or (why.text,))


def read_model() -> None:
    """Have the model in use at hand before the first need."""
    _current()


def forget_model() -> None:
    """Look for the model in use anew at the next need."""
    _Keeper.use = None


def _current() -> _InUse:
    use = _Keeper.use
    if use is not None and use.is_fresh:
        return use
    with _Keeper.lock:
        use = _Keeper.use
        if use is None or not use.is_fresh:
            use = _Keeper.use = _look(use)
        return use


def _look(before: _InUse | None) -> _InUse:
    try:
        with transaction.atomic():
            row = MatchModel.objects.filter(in_use=True).order_by("-with_meaning", "-trained_at").values_list("pk", "version").first()
            cards = list(Service.objects.active().values_list("code", "pk", "validity"))
    except ProgrammingError:  # a fresh installation whose tables are not there yet
        row, cards = None, []
    ids = {code: pk for code, pk, _validity in cards}
    has_local = any(validity != Validity.NATIONAL for _code, _pk, validity in cards)
    version = row[1] if row else None
    if before is not None and before.version == version:
        return _InUse(before.model, ids, time.monotonic(), version, has_local)
    model = stored_model(row[0]) if row else None
    model = model or trained_from(default_texts())
    return _InUse(_as_wished(model), ids, time.monotonic(), version, has_local)


def stored_model(pk: int) -> Model | None:
    """The stored model; None for one that an earlier release wrote in another form, until the next training replaces it."""
    try:
        return from_bytes(_blob(pk))
    except UNREADABLE:
        log.warning("stored matcher has another form; train again", model=pk)
        return None


def _blob(pk: int) -> bytes:
    """Read in pieces: as long as a connection lives, its buffer stays as large as the largest answer was."""
    content = io.BytesIO()
    with connection.cursor() as cursor:
        while True:
            cursor.execute("select substring(blob from %s for %s) from catalogue_matchmodel where id = %s", [content.tell() + 1, PIECE, pk])
            (piece,) = cursor.fetchone()
            if not piece:
                return content.getvalue()
            content.write(piece)


def _as_wished(model: Model) -> Model:
    return model if settings.LUUKKU_MATCH_MEANING else model.without_meaning()


def trained_from(texts: Texts) -> Model:
    """A model of these texts: from the folder under var/ where an earlier process left it, else trained now."""
    embedder = installed_embedder() if settings.LUUKKU_MATCH_MEANING else None
    version = version_of(texts.cards, texts.unfit, texts.confirmed, embedder is not None)
    path = model_folder() / f"{version}.npz"
    try:
        return load(path)
    except (FileNotFoundError, *UNREADABLE):
        remembering = Remembering(embedder, path.with_name(VECTORS)) if embedder else None
        model = train(texts.cards, texts.unfit, texts.confirmed, remembering)
        save(model, path)
        return model


def model_folder() -> Path:
    """Where models that can be made again lie."""
    return Path(settings.LUUKKU_VAR) / "match"


def default_texts() -> Texts:
    """The catalogue that comes with the product."""
    return Texts(default_cards(), default_unfit())


def catalogue_texts(*, with_confirmed: bool) -> Texts:
    """This installation's active cards and, for the house only, the confirmed answers: of each source what was settled on last."""
    cards = tuple(_card(service, words) for service, words in _services_with_words())
    if _said(cards) == _said(default_cards()):
        cards = default_cards()  # for which the slow part of training comes with the product
    confirmed: tuple[Confirmed, ...] = ()
    if with_confirmed:
        source = ("source_kind", "source_id")
        last = ConfirmedAnswer.objects.order_by(*source, "-created_at", "-pk").distinct(*source).values("pk")
        rows = ConfirmedAnswer.objects.filter(pk__in=last, service__in=Service.objects.active()).values_list("text", "language", "service__code")
        confirmed = tuple(Confirmed(*row) for row in rows)
    return Texts(cards, default_unfit(), confirmed)


def _said(cards: tuple[CardText, ...]) -> frozenset[tuple[str, str, str]]:
    """Everything that training reads of cards, whatever its order and kind."""
    texts = ((c.id, lang, text) for c in cards for stem in (c.names, c.summaries, c.descriptions) for lang, text in stem.items() if text)
    words = ((c.id, lang, text) for c in cards for stem in (c.keywords, c.phrases) for lang, said in stem.items() for text in said)
    return frozenset([*texts, *words])


Words = dict[str, dict[str, list[str]]]


def _services_with_words() -> list[tuple[Service, Words]]:
    words: dict[int, Words] = defaultdict(lambda: {kind: defaultdict(list) for kind in WordKind.values})
    for pk, kind, lang, text in ServiceWord.objects.order_by("id").values_list("service_id", "kind", "language", "text"):
        words[pk][kind][lang].append(text)
    return [(service, words[service.pk]) for service in Service.objects.active().order_by("group__order", "pk")]


def _card(service: Service, words: Words) -> CardText:
    def in_all(stem: str) -> dict[str, str]:
        return {lang: getattr(service, f"{stem}_{lang}") for lang in LANGUAGES if getattr(service, f"{stem}_{lang}")}

    return CardText(
        id=service.code,
        names=in_all("name"),
        summaries=in_all("summary"),
        descriptions={lang: text for lang, text in in_all("description").items() if lang in DESCRIBED_IN},
        keywords={lang: tuple(texts) for lang, texts in words[WordKind.KEYWORD].items()},
        phrases={lang: tuple(texts) for lang, texts in words[WordKind.PHRASE].items()},
    )
