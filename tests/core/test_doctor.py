"""The doctor finds what is wrong and says how to mend it."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from luukku.core import doctor
from luukku.core.doctor import Finding
from tests.harness.processes import Mailbox, free_port

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def test_a_sound_database_is_well() -> None:
    assert [each.state for each in doctor.database()] == ["well"]
    assert [doctor.roles().state, doctor.migrations().state, doctor.walls().state] == ["well", "well", "well"]


def test_a_wall_that_is_down_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table desk_note no force row level security")
    found = doctor.walls()
    assert (found.state, found.text) == ("wrong", "without forced row-level security: desk_note")


def test_a_migration_that_is_not_applied_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'desk'")
    assert doctor.migrations().state == "wrong"


def test_an_empty_database_is_told_how_to_begin_and_nothing_misleading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", lambda *_: [])
    found = {each.name: each for each in doctor.examine()}
    assert found["migrations"].text == "the database is empty"
    assert "luukku restore" in found["migrations"].mend
    assert not {"walls", "worker"} & set(found)


def test_demo_mode_is_worth_a_note(settings: Settings) -> None:
    settings.LUUKKU_DEMO = True
    assert doctor.demo_mode().state == "note"
    settings.LUUKKU_DEMO = False
    assert doctor.demo_mode().state == "well"


def test_a_missing_worker_is_worth_a_note() -> None:
    assert doctor.worker().state == "note"
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now())")
    assert doctor.worker().state == "well"


def test_a_folder_that_cannot_be_written_is_found(settings: Settings, tmp_path: Path) -> None:
    assert doctor.file_store().state == "well"
    (tmp_path / "file").write_text("")
    settings.LUUKKU_FILES = tmp_path / "file"
    assert doctor.file_store().state == "wrong"


def test_a_key_that_others_can_read_is_found(settings: Settings, tmp_path: Path) -> None:
    settings.LUUKKU_VAR = tmp_path
    (tmp_path / "secret-key").write_text("x")
    (tmp_path / "secret-key").chmod(0o644)
    assert doctor.secret_key() == Finding(
        "secret key", "wrong", f"{tmp_path / 'secret-key'} is readable to others", f"chmod 600 {tmp_path / 'secret-key'}"
    )


def test_the_mail_server_is_asked(settings: Settings, mail_server: Mailbox) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    assert doctor.mail_server().state == "well"
    settings.EMAIL_PORT = free_port()
    assert doctor.mail_server().state == "wrong"


def test_the_command_answers_in_json_and_fails_when_something_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table desk_note disable row level security")
    with pytest.raises(CommandError):
        call_command("doctor", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert [each["mend"] != "" for each in told["findings"] if each["state"] == "wrong"]


def test_everything_wrong_says_how_to_mend_it() -> None:
    for each in doctor.examine():
        assert each.state == "well" or each.mend, each
