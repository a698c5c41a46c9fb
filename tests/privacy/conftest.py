from tests.desk.conftest import case, full, holder, leg, need, send
from tests.desk.consents.conftest import ground

__all__ = ("case", "full", "ground", "holder", "leg", "need", "send")
