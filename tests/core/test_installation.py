"""An installation of its own: started, killed, backed up, restored."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import psutil
import psycopg
import pytest

from luukku.core.embedding import embedded_database
from tests.harness import processes
from tests.harness.processes import Installation, Live, Mailbox, installation, wait_until

pytestmark = [pytest.mark.engine, pytest.mark.xdist_group("installation")]
NEW_MAIL = """
insert into core_outgoingmail (kind, subject_kind, subject_id, facts, message_id, state, attempts, error)
values ('sample.note', 'network.region', {n}, '{{}}', '<{n}@x>', 'queued', 0, '')
"""
TABLES = "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1"
EVENT = "insert into core_event (at, action, subject_kind, subject_id, actor_kind, facts) values (now(), 'x.done', 'x.x', 1, 'house', '{}')"


@pytest.fixture(scope="module")
def own() -> Iterator[Installation]:
    with installation() as made:
        made.run("migrate", "--verbosity", "0")
        yield made


def test_the_last_command_out_stops_the_database(own: Installation) -> None:
    own.run("migrate", "--check")
    assert not own.server.is_running()


def test_programs_that_start_at_once_prepare_a_new_server_without_a_clash() -> None:
    with installation() as new:

        def start() -> None:
            with embedded_database(new.server.data):
                pass

        with new.server.in_use(), ThreadPoolExecutor(8) as programs:
            for done in [programs.submit(start) for _ in range(24)]:
                done.result()


def test_a_killed_database_comes_back_and_nothing_that_was_said_is_lost(own: Installation, mail_server: Mailbox, tmp_path: Path) -> None:
    port = processes.free_port()
    command = [*processes.LUUKKU, "serve", "--worker", "--workers", "1", "--port", str(port), "--no-static"]
    process = processes.start(command, own.env(**mail_server.env), tmp_path / "log")
    live = Live(f"http://127.0.0.1:{port}", process)
    try:
        wait_until(lambda: _healthy(live), 90, why=lambda: process.log)
        for round_ in range(2):
            own.sql(NEW_MAIL.format(n=round_))
            os.kill(own.main_process, signal.SIGKILL)
            wait_until(lambda: _answers(own) and _healthy(live), 120, why=lambda: process.log)
            assert own.sql(f"select count(*) from core_outgoingmail where subject_id = {round_}") == [(1,)]
            own.sql(f"select procrastinate_defer_jobs_v1(array[row('mail', 'luukku.core.tasks.send_mail', 0, null, null, "
                    f"'{{\"mail_id\": {_mail(own, round_)}}}', null)::procrastinate_job_to_defer_v1])")  # fmt: skip
            wait_until(partial(_arrived, mail_server, round_ + 1), 180, why=lambda: process.log)
        everyone = psutil.Process(process.popen.pid).children(recursive=True)
        started = time.monotonic()
        assert process.stop(30) == 0
        assert time.monotonic() - started < 10
        assert not any(each.is_running() for each in everyone)
        assert not own.server.is_running()
    finally:
        process.kill()


def test_a_backup_makes_the_same_installation_elsewhere(own: Installation, tmp_path: Path) -> None:
    stored = own.var / "files" / "ab" / ("ab" + "0" * 62)
    stored.parent.mkdir(parents=True)
    stored.write_bytes(b"bytes")
    with own.server.in_use():
        own.sql(EVENT)
        before = _shape(own)
        told = own.run("backup", str(tmp_path / "backup"))
    assert "secret key" in told
    with installation() as other:
        other.run("restore", str(tmp_path / "backup"))
        assert "already" in other.run("restore", str(tmp_path / "backup"), fails=True)
        other.run("restore", str(tmp_path / "backup"), "--replace")
        with other.server.in_use():
            after = _shape(other)
            for part, rows in before.items():
                assert set(after[part]) ^ set(rows) == set(), part
            with pytest.raises(Exception, match="the trail is not changed"):
                other.sql("update core_event set action = 'y'", user="luukku_owner")
            other.run("migrate", "--check")
        assert (other.var / "files" / "ab" / stored.name).read_bytes() == b"bytes"


def test_a_damaged_backup_is_refused(own: Installation, tmp_path: Path) -> None:
    own.run("backup", str(tmp_path))
    with (tmp_path / "database.dump").open("ab") as dump:
        dump.write(b"x")
    assert "manifest" in own.run("restore", str(tmp_path), "--replace", fails=True)


def test_a_dump_without_row_security_would_have_failed(own: Installation, tmp_path: Path) -> None:
    """Why backup says --enable-row-security: without it pg_dump refuses, and with a wrong role it would leave rows out."""
    with own.server.in_use():
        command = [str(own.server.binaries / "pg_dump"), f"--dbname=host={own.server.socket_dir} user=luukku_owner dbname=luukku", "--file=/dev/null"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "row-level security" in done.stderr


def _mail(own: Installation, subject: int) -> int:
    ((number,),) = own.sql(f"select id from core_outgoingmail where subject_id = {subject}")
    return int(number)


def test_setup_prepares_a_server_of_ones_own(own: Installation) -> None:
    with own.server.in_use():
        told = own.run("setup", "--superuser", f"host={own.server.socket_dir} user=postgres dbname=postgres", "--name", "elsewhere", "--passwords")
        lines = dict(line.split("=", 1) for line in told.splitlines() if line.startswith("DATABASE_URL"))
        assert set(lines) == {"DATABASE_URL", "DATABASE_URL_WEB", "DATABASE_URL_HOUSE"}
        assert "roles: luukku_owner" in own.run("doctor", fails=True, LUUKKU_TEST_DATABASES="given", **lines)
        own.run("setup", "--superuser", f"host={own.server.socket_dir} user=postgres dbname=postgres", "--name", "elsewhere")


def _arrived(mailbox: Mailbox, number: int) -> bool:
    return len(mailbox.messages) >= number


def _healthy(live: Live) -> bool:
    try:
        return live.get("/health")[0] == 200
    except OSError:
        return False


def _answers(own: Installation) -> bool:
    try:
        return own.sql("select 1") == [(1,)]
    except psycopg.OperationalError:
        return False


def _shape(own: Installation) -> dict[str, list[tuple[object, ...]]]:
    """All that must be the same after a restore: rows, policies, triggers, functions, rights, constraints, indexes."""
    return {
        "rows": [row for (table,) in own.sql(TABLES) for row in own.sql(f"select '{table}', count(*) from {table}")],
        "policies": own.sql("select tablename, policyname, roles::text, cmd, qual, with_check from pg_policies order by 1, 2"),
        "forced": own.sql("select relname from pg_class where relforcerowsecurity order by 1"),
        "triggers": own.sql("select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal order by 1, 2"),
        "functions": own.sql("select p.oid::regprocedure::text, prosecdef, proconfig::text, md5(prosrc), proowner::regrole::text from pg_proc p"
                             " join pg_namespace n on n.oid = pronamespace where nspname = 'wall' order by 1"),
        "rights": own.sql("select relname, (select string_agg(a::text, ' ' order by a::text) from unnest(relacl) a) from pg_class"
                          " where relnamespace = 'public'::regnamespace and relkind in ('r', 'S') order by 1"),
        "constraints": own.sql(r"select conrelid::regclass::text, conname, regexp_replace(pg_get_constraintdef(oid), '::[a-z ]+(\[\])?|[() ]', '', 'g') from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2"),
        "indexes": own.sql(r"select regexp_replace(indexdef, '::[a-z ]+(\[\])?|[() ]', '', 'g') from pg_indexes where schemaname = 'public' order by 1"),
        "locale": own.sql("select datcollate, datctype, pg_encoding_to_char(encoding) from pg_database where datname = 'luukku'"),
        "defaults": own.sql("select defaclobjtype, defaclacl::text from pg_default_acl order by 1"),
    }  # fmt: skip
