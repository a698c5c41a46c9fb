"""What stands in the staff's row, in the menu under headings, and what the foot of a page is for."""

import re
from collections.abc import Callable

import pytest

from luukku.core.registries import navigation
from luukku.core.ui.context import GROUPS, IN_SIGHT
from tests.cast import Cast
from tests.harness.client import Client

FOOT = re.compile(r"<footer.*?</footer>", re.DOTALL)
ROW = re.compile(r'<nav class="lu-nav[^"]*lu-nav--staff".*?</ul>', re.DOTALL)
SEATS = ("desklead", "adviser", "coordinator", "area", "national")


def test_every_link_of_the_menu_stands_under_a_heading() -> None:
    wrong = [item.url_name for item in navigation.all() if item.place in {"staff", "menu"} and item.group not in GROUPS]
    assert not wrong


@pytest.mark.parametrize("seat", SEATS)
def test_staff_see_few_links_in_the_row_and_at_the_foot_and_the_rest_in_the_menu(seat: str, cast: Cast, client_of: Callable[..., Client]) -> None:
    html = client_of(getattr(cast, seat)).get("/ihmiset/").content.decode()
    assert FOOT.findall(html)[0].count("<a ") <= IN_SIGHT
    assert ROW.findall(html)[0].count("<a ") <= IN_SIGHT + 2  # where she is, and what she does most
    assert 'id="menu-1"' in html
    assert html.count('aria-current="page"') == 1


def test_a_refused_member_of_staff_keeps_her_menu(cast: Cast, client_of: Callable[..., Client]) -> None:
    response = client_of(cast.adviser).get("/verkosto/kirjautumiset/")
    assert response.status_code == 403
    assert "lu-nav--staff" in response.content.decode()


def test_a_menu_written_for_one_is_not_shown_to_whoever_may_go_elsewhere_or_reads_another_language(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    def row(who: str, page: str, language: str = "fi") -> str:
        found = ROW.search(client_of(getattr(cast, who)).get(page, headers={"accept-language": language}).content.decode())
        assert found is not None
        return found.group()

    shown = row("adviser", "/jono/")
    assert row("adviser", "/jono/") == shown
    assert row("adviser", "/haku?q=kahvila") == shown.replace(' aria-current="page"', "")
    assert row("national", "/haku?q=kahvila") != row("adviser", "/haku?q=kahvila")
    assert row("adviser", "/jono/", "sv") != shown
