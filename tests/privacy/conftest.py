from tests.desk.conftest import case, holder, leg, need, send
from tests.desk.consents.conftest import ground

__all__ = ("case", "ground", "holder", "leg", "need", "send")
