"""One cap over everything that the network asks of a customer, whichever part of the product asks."""

from collections.abc import Callable
from datetime import datetime

from luukku.core.registries import Registry

# Whether somebody with this e-mail address may be asked something now, if she has rested for so many days; whoever says yes writes down that she is
# asked. All must agree. As the house, when the question leaves.
asking_caps: Registry[Callable[[str, int, datetime], bool]] = Registry("caps on asking")
