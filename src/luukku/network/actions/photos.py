"""A person's photo: put up and taken down by herself and by those who edit her."""

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.files.pictures import Part, square_picture
from luukku.core.trail import record
from luukku.network import access
from luukku.network.actions.writing import writing
from luukku.network.models import Person, PersonPhoto

SIDE = 320  # pixels; shown at most at 96, on screens of up to three points a pixel


def set_photo(*, by: Actor, person: Person, upload: "UploadedFile[Any]", part: Part = Part.MIDDLE) -> Person:
    """Show this picture of her from now on: a square of it, made anew without what hides in a file.

    Customers see it only if her organisation shows her to the public. Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_edit_person(by, person))
    if person.deactivated_at:
        raise RuleBroken(_("%(name)s has left the network.") % {"name": person.name})
    picture = square_picture(upload, side=SIDE, part=part, field="photo")
    with writing("person.photo", by=by):
        PersonPhoto.objects.update_or_create(person=person, defaults={"picture": picture, "made_at": timezone.now()})
        person.photo = hashlib.sha256(picture).hexdigest()[:16]
        person.save(update_fields=["photo"])
        record("person.photo_set", person, by=by)
    return person


def remove_photo(*, by: Actor, person: Person) -> Person:
    """Take her photo away for good. Raises NotAllowed."""
    access.require(access.can_edit_person(by, person))
    with writing("person.photo", by=by):
        if drop_photo(person):
            record("person.photo_removed", person, by=by)
    return person


def drop_photo(person: Person) -> bool:
    """Within another act on her: nothing of the photo stays. Whether there was one."""
    gone, _each = PersonPhoto.objects.filter(person=person).delete()
    person.photo = ""
    person.save(update_fields=["photo"])
    return bool(gone)
