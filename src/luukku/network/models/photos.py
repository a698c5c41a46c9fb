"""How the network's people look, where they want it to be seen."""

from django.db import models

from luukku.network.models.people import Person


class PersonPhoto(models.Model):
    """A person's photo, cut square and made anew. It keeps no history: a photo that is taken away is gone."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="photo_file")
    picture = models.BinaryField(help_text="JPEG, square")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("person",)

    def __str__(self) -> str:
        return str(self.person_id)
