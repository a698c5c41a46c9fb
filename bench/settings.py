"""The product's settings plus the floor: a bare view on the same server and database to compare with."""

from luukku.config.settings import *  # noqa: F403
from luukku.config.settings import LUUKKU_WITHOUT_ACTOR as _WITHOUT_ACTOR

ROOT_URLCONF = "bench.urls"
LUUKKU_WITHOUT_ACTOR = (*_WITHOUT_ACTOR, "/bench/floor")
