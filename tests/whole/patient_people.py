"""People over real HTTP who send each form again until it is acknowledged, whatever happens to the server meanwhile."""

import http.client
import re
import time
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Event
from types import SimpleNamespace

from tests.harness.client import Form, forms_of

BROKEN = (OSError, http.client.HTTPException)  # the connection broke off, at whatever point
LONGEST_WAIT = 90.0


class GaveUpError(AssertionError):
    """The server has not come back in time, or has said no for good."""


@dataclass
class Person:
    """A browser of sorts: it keeps cookies, and takes an answer of 5xx or none for a reason to try again."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def page(self, path: str) -> str:
        """A page, when it comes at last."""
        return self._until("GET", path, 200)[1]

    def send(self, page: str, form: str, typed: Mapping[str, str]) -> str:
        """Send a form of a page again and again until it is acknowledged; where the answer leads."""
        held = self._form(page, form)
        fields = {name: values[-1] for name, values in held.fields.items()} | dict(typed)
        return self._until("POST", held.action, 302, urllib.parse.urlencode(fields))[0]["location"]

    def _form(self, page: str, ident: str) -> Form:
        return next(each for each in forms_of(SimpleNamespace(content=page.encode())) if each.ident == ident)

    def _until(self, method: str, path: str, wanted: int, data: str | None = None) -> tuple[dict[str, str], str]:
        end = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < end:
            try:
                status, headers, body = self._ask(method, path, data)
            except BROKEN:
                status, headers, body = 0, {}, ""
            if status == wanted:
                return headers, body
            if 0 < status < 500:
                raise GaveUpError(f"{method} {path}: {status} {re.sub('<[^>]+>|[ ]+', ' ', body)[-1500:]}")
            time.sleep(0.05)
        raise GaveUpError(f"{method} {path} was not answered in {LONGEST_WAIT} s")

    def _ask(self, method: str, path: str, data: str | None) -> tuple[int, dict[str, str], str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Accept-Language": "fi"}
        if data is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        try:
            line.request(method, path, data, headers)
            answer = line.getresponse()
            body = answer.read().decode()
        finally:
            line.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


@dataclass
class Acknowledged:
    """What the server has said yes to: own words of needs, and bodies of messages with the words of the need they belong to."""

    needs: set[str] = field(default_factory=set)
    messages: dict[str, str] = field(default_factory=dict)
    given_up: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.needs) + len(self.messages)


def customer(name: str, port: int, municipality: str, stop: Event, said: Acknowledged) -> None:
    """Sends one need after another, and a message on the page of each."""
    number = 0
    try:
        while not stop.is_set():
            number += 1
            words, typed = f"Tarvitsen neuvoa {name} {number}", f"Lisään vielä {name} {number}"
            person = Person(port)
            given = {"words": words, "name": f"Kaisa {name}", "municipality": municipality, "email": f"{name}{number}@customer.example"}
            receipt = person.send(person.page("/koskimaa/tarve/"), "sending", given)
            said.needs.add(words)
            status = receipt.removesuffix("vastaanotettu/")
            person.send(person.page(status), "message", {"body": typed})
            said.messages[typed] = words
    except GaveUpError as error:
        said.given_up.append(str(error))


def adviser(port: int, cookies: Mapping[str, str], stop: Event, said: Acknowledged) -> None:
    """Opens the newest matters of the desk's queue and answers on them."""
    person, number = Person(port, dict(cookies)), 0
    try:
        while not stop.is_set():
            found = re.findall(r'href="(/asia/KO-[^/"]+/)"', person.page("/jono/?scope=desk"))
            for path in dict.fromkeys(found[:4]):
                number += 1
                page, body = person.page(path), f"Vastaus {number}"
                words = re.search(r"Tarvitsen neuvoa \w+ \d+", page)
                assert words is not None
                person.send(page, "kirjoita", {"to": "customer", "body": body})
                said.messages[body] = words.group()
            time.sleep(0.1)
    except GaveUpError as error:
        said.given_up.append(str(error))
