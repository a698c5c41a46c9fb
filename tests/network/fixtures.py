"""Types of the harness's fixtures that these tests use."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from luukku.core.actor import Actor
from tests.cast import Member
from tests.harness.counting import Counted

SqlCount = Callable[..., AbstractContextManager[Counted]]
ActingAs = Callable[[Member | Actor], AbstractContextManager[Actor]]
