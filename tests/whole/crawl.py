"""Walks through every page that somebody can reach by links, in this process; and what her empty forms answer."""

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.urls import Resolver404, resolve

from tests.harness.client import Client, forms_of

LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
_TELLING = re.compile(r' (href|value|action|content|alt|title|src|d|datetime|data-label|aria-current|checked|selected)="[^"]*"| selected| checked')
PER_VIEW = 2
_EMPTY = " (empty)"
NOT_SENT = ("account_logout", "set_language", "desk:new_link")


@dataclass(frozen=True)
class Shown:
    """A page as it came: its address, the view that drew it, and the HTML."""

    path: str
    view: str
    html: str
    status: int = 200

    @property
    def address(self) -> str:
        return self.path.removesuffix(_EMPTY)

    @property
    def is_answer(self) -> bool:
        """Whether it came by sending a form."""
        return self.path.endswith(_EMPTY)

    @property
    def joints(self) -> set[str]:
        """How its elements follow each other, two and two, without texts and numbers: a page with no new joint can break no new rule."""
        tags = [_TELLING.sub("", tag) for tag in re.findall(r"<[a-z][^>]*>", self.html)]
        tags = [re.sub(r"\d+", "0", tag) for tag in tags]
        return {"".join(tags[at : at + 2]) for at in range(len(tags) - 1)}


@dataclass
class Crawl:
    """`PER_VIEW` pages of each view, found by links from where she starts."""

    client: Client
    starts: list[str]
    headers: dict[str, str] = field(default_factory=dict)
    per_view: int = PER_VIEW
    _seen: set[str] = field(default_factory=set)
    _views: Counter[str] = field(default_factory=Counter)

    def pages(self) -> Iterator[Shown]:
        waiting = list(self.starts)
        while waiting:
            path = waiting.pop(0)
            view = self._wanted(path)
            if not view:
                continue
            answer = self.client.get(path, headers=self.headers)
            assert answer.status_code < 500, path
            if answer.status_code in (301, 302):
                waiting.insert(0, urljoin(path, answer.headers["Location"]))
            if answer.streaming:
                answer.getvalue()
            if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html") or not answer.content:
                continue
            html = answer.content.decode()
            yield Shown(path, view, html, answer.status_code)
            yield from self._refused(path, view, answer)
            waiting += [urljoin(path, unescape(link)).partition("#")[0] for link in LINK.findall(html)]

    def _wanted(self, path: str) -> str:
        """The view's name, while pages of it are still wanted."""
        parts = urlsplit(path)
        if parts.scheme or parts.netloc or path in self._seen:
            return ""
        self._seen.add(path)
        try:
            view = resolve(parts.path).view_name
        except Resolver404:
            return "none" if path in self.starts else ""
        self._views[view] += 1
        return view if self._views[view] <= self.per_view or path in self.starts else ""

    def _refused(self, path: str, view: str, answer: Any) -> Iterator[Shown]:
        """The page's forms, sent as empty as they can be: the page that says what to mend, or the one to which it leads. Nothing stays of it."""
        for form in forms_of(answer):
            target = urljoin(path, form.action)
            name = f"post {resolve(urlsplit(target).path).view_name}" if form.method == "post" else ""
            if not name or name.removeprefix("post ") in NOT_SENT or f"post {target}" in self._seen or self._views[name] >= self.per_view:
                continue
            self._seen.add(f"post {target}")
            self._views[name] += 1
            with transaction.atomic():
                cookies = deepcopy(self.client.cookies)
                shown = self._answered(target, name)
                self.client.cookies = cookies
                transaction.set_rollback(True)
            if shown is not None:
                yield Shown(f"{target}{_EMPTY}", view, shown.content.decode(), shown.status_code)

    def _answered(self, target: str, name: str) -> Any:
        """The page that a form without words brings; None when it brings none, or one that has been seen of this form."""
        answer = self.client.post(target, {}, headers=self.headers)
        assert answer.status_code < 500, target
        if answer.status_code in (301, 302) and self._views[name] == 1:
            then = urljoin(target, answer.headers["Location"])
            if urlsplit(then).netloc:
                return None
            answer = self.client.get(then, headers=self.headers)
            assert answer.status_code < 500, f"{target} leads to {then}"
        is_page = not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html")
        return answer if is_page and answer.status_code in (200, 422) else None
