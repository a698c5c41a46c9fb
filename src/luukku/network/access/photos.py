"""Who may see how a person looks: her colleagues, and everybody if her organisation shows her to the public."""

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.network.access import visible_people
from luukku.network.models import PersonPhoto


def get_photo(actor: Actor, person_id: int, version: str) -> PersonPhoto:
    """The person's photo while `version` is the present one. One statement. Raises NotFound."""
    people = visible_people(actor).active().filter(photo=version).exclude(photo="")
    found = PersonPhoto.objects.filter(person=person_id, person__in=people).first()
    if found is None:
        raise NotFound
    return found
