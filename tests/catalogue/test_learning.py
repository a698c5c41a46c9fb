"""What advisers' answers teach, and the training that takes them in."""

import io
import json
import os
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from django.apps import apps
from pytest_django import Settings

from luukku.catalogue.actions import training
from luukku.catalogue.actions.learning import confirm_answer
from luukku.catalogue.actions.training import clean_models, train_matcher
from luukku.catalogue.matching.cards import CardText, Confirmed, Unfit
from luukku.catalogue.matching.store import clean
from luukku.catalogue.models import ConfirmedAnswer, MatchModel, Service
from luukku.catalogue.queries.matching import Texts, catalogue_texts, stored_model, trained_from
from luukku.core.actor import PUBLIC, act_as, act_as_house
from luukku.core.errors import NotAllowed
from tests.cast import Cast
from tests.factories.catalogue import ServiceFactory

SMALL = Texts(
    (
        CardText("trees", {"fi": "Puunkaato"}, phrases={"fi": ("koivu kaatuu pihalle", "kuusen kaato", "puu pitää kaataa")}),
        CardText("bread", {"fi": "Leipominen"}, phrases={"fi": ("ruisleipä taikinasta", "leivän paisto", "pullataikina ei nouse")}),
    ),
    (Unfit("auton huolto", "fi"), Unfit("passin uusiminen", "fi")),
)


def confirm(cast: Cast, service: Service, source: Service, text: str = "leipä ei nouse") -> None:
    adviser = cast.adviser.actor
    with act_as(adviser):
        confirm_answer(by=adviser, service=service, text=text, language="fi", source=source, was_proposed=False)


def taught() -> list[Confirmed]:
    with act_as_house("see what is taught"):
        return list(catalogue_texts(with_confirmed=True).confirmed)


@pytest.fixture
def _small_catalogue(db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LUUKKU_VAR = tmp_path
    monkeypatch.setattr(training, "catalogue_texts", lambda with_confirmed: SMALL)


def test_answer_is_kept_without_addresses_and_numbers(cast: Cast) -> None:
    service = ServiceFactory.create()
    long = "leipää " * 60
    confirm(cast, service, service, f"Soita 040 555 0199 tai kaisa@customer.example, tunnus 1234567-8. {long}")
    with act_as_house("see what was learnt"):
        text = ConfirmedAnswer.objects.get().text
    assert text == f"Soita … tai … tunnus …. {long}".strip()


def test_answer_of_somebody_not_on_the_staff_is_refused(cast: Cast) -> None:
    service = ServiceFactory.create()
    with act_as(PUBLIC), pytest.raises(NotAllowed):
        confirm_answer(by=PUBLIC, service=service, text="leipä", language="fi", source=service, was_proposed=False)


def test_corrected_answer_alone_teaches(cast: Cast) -> None:
    first, second = ServiceFactory.create(), ServiceFactory.create()
    confirm(cast, first, first)
    confirm(cast, second, first)
    confirm(cast, first, second)
    assert {(one.text, one.service_id) for one in taught()} == {("leipä ei nouse", second.code), ("leipä ei nouse", first.code)}
    confirm(cast, second, second)
    assert [one.service_id for one in taught()] == [second.code, second.code]


def test_answer_corrected_to_a_service_since_closed_teaches_nothing(cast: Cast) -> None:
    first, second = ServiceFactory.create(), ServiceFactory.create()
    confirm(cast, first, first)
    confirm(cast, second, first)
    Service.objects.filter(pk=second.pk).update(deactivated_at="2026-11-23T10:00Z")
    assert taught() == []


@pytest.mark.usefixtures("_small_catalogue")
@pytest.mark.parametrize("blob", [b"", b"another form", b"PK\x03\x04 half of one"])
@pytest.mark.parametrize("same_version", [False, True])
def test_training_replaces_a_model_of_another_form(blob: bytes, same_version: bool) -> None:
    with act_as_house("train") as house:
        version = train_matcher(by=house).version
        MatchModel.objects.update(blob=blob, **({} if same_version else {"version": "of an earlier release"}))
        trained = train_matcher(by=house)
        model = MatchModel.objects.get(in_use=True)
        assert (trained.version, trained.taken_into_use, model.version) == (version, True, version)
        kept = stored_model(model.pk)
        assert MatchModel.objects.count() == 1
    assert kept is not None
    assert kept.match("leivän paisto", "fi").hits[0].id == "bread"


@pytest.mark.usefixtures("_small_catalogue")
@pytest.mark.parametrize(("change", "taken"), [({}, True), ({"recall_1": 0.6}, False), ({"unfit_found": 0.4}, False), ({"false_unfit": 0.3}, False)])
def test_worse_model_is_kept_aside_and_the_present_one_goes_on(monkeypatch: pytest.MonkeyPatch, change: dict[str, float], taken: bool) -> None:
    proof = {"texts": 400.0, "recall_1": 0.8, "recall_3": 0.9, "unfit_found": 0.8, "false_unfit": 0.03}
    first = replace(trained_from(SMALL), proof=proof, version="first")
    second = replace(first, proof=proof | change, version="second")
    with act_as_house("train") as house:
        monkeypatch.setattr(training, "trained_from", lambda _texts: first)
        assert train_matcher(by=house).taken_into_use
        monkeypatch.setattr(training, "trained_from", lambda _texts: second)
        trained = train_matcher(by=house)
        in_use = list(MatchModel.objects.filter(in_use=True).values_list("version", flat=True))
        assert MatchModel.objects.count() == 2, "what was refused is kept to look at"
    assert (trained.version, trained.taken_into_use) == ("second", taken)
    assert in_use == ["second" if taken else "first"]
    assert trained.figures == proof | change


def with_words(content: bytes, word: str) -> bytes:
    """A model as an earlier release wrote it: with every text it was trained on."""
    with np.load(io.BytesIO(content)) as read:
        arrays = {name: read[name] for name in read.files}
    about = json.loads(arrays["about"].tobytes())
    about["texts"] = [word for _ in about.pop("sayable")]
    arrays["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
    held = io.BytesIO()
    np.savez(held, **arrays)
    return held.getvalue()


@pytest.fixture
def old_and_new(_small_catalogue: None, tmp_path: Path) -> Path:
    """A folder and a table with a model of today, one that holds customers' words, and rubbish."""
    with act_as_house("train") as house:
        train_matcher(by=house)
        new = bytes(MatchModel.objects.get().blob)
        old = with_words(new, "my secret idea")
        MatchModel.objects.create(version="old", with_meaning=False, blob=old)
        MatchModel.objects.create(version="rubbish", with_meaning=False, blob=b"rubbish")
    folder = tmp_path / "match"
    for name, content in (("old.npz", old), ("rubbish.npz", b"PK"), ("new.npz", new), ("old.npz.77.part", old), ("vectors.npz", b"not a model")):
        (folder / name).write_bytes(content)
    os.utime(folder / "old.npz.77.part", (0, 0))
    return folder


def _what_is_left(folder: Path) -> tuple[int, set[str]]:
    with act_as_house("see what is left"):
        assert not any(b"secret" in bytes(blob) for blob in MatchModel.objects.values_list("blob", flat=True))
        return MatchModel.objects.count(), {path.name for path in folder.iterdir() if len(path.stem) < 12}


def test_upgrade_deletes_models_with_customers_words(old_and_new: Path) -> None:
    import_module("luukku.catalogue.migrations.0004_models_without_words").forget_words(apps, None)
    assert _what_is_left(old_and_new) == (1, {"new.npz", "vectors.npz"})


def test_training_deletes_what_is_not_read_any_more(old_and_new: Path) -> None:
    with act_as_house("clean"):
        assert clean_models() == 5
    assert _what_is_left(old_and_new) == (1, {"new.npz", "vectors.npz"})


def test_half_a_file_that_is_being_written_stays(old_and_new: Path) -> None:
    fresh = old_and_new / "fresh.npz.78.part"
    fresh.write_bytes(b"PK")
    clean(old_and_new)
    assert fresh.exists()
