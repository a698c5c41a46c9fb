"""Portraits of the sample network's people: drawn, plainly no photos, and always the same for the same name."""

import hashlib
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from luukku.core.actor import Actor
from luukku.network.actions.photos import set_photo
from luukku.network.models import Person

_SIDE = 960
_SKIES = ("#9cc3e6", "#a9d3c0", "#f0c987", "#c3b3e0", "#e8a79c", "#9fb8c4")
_EARTHS = ("#5f8fc0", "#5c9a80", "#cf9440", "#8a73b8", "#b96557", "#5e7f90")
_SKINS = ("#f3cfb3", "#e5b48c", "#f7dcc8", "#b07a52", "#d99f72")
_HAIRS = ("#2e241f", "#6b452b", "#b98a4c", "#8d9094", "#d8b878", "#7d3a22")
_CLOTHES = ("#16427d", "#0b6e55", "#7a2f27", "#3d4a56", "#4c2c70")


def put_up_portrait(*, by: Actor, person: Person) -> None:
    """Draw the person before a landscape, and put the picture up as she would."""
    set_photo(by=by, person=person, upload=SimpleUploadedFile("kuva.png", _drawn(person.name)))


def _drawn(name: str) -> bytes:
    d = hashlib.sha256(f"landscape {name}".encode()).digest()
    skin, hair, cloth = _SKINS[d[1] % 5], _HAIRS[d[2] % 6], _CLOTHES[d[3] % 5]
    image = Image.new("RGB", (_SIDE, _SIDE), _SKIES[d[0] % 6])
    pen = ImageDraw.Draw(image)
    pen.ellipse((d[4] * 3, 60, d[4] * 3 + 150, 210), fill="#fff3d0")
    pen.ellipse((-500, 560, 700, 1500), fill=_EARTHS[d[0] % 6])
    pen.ellipse((300, 620, 1500, 1500), fill=_EARTHS[(d[0] + 1) % 6])
    long_hair, width = d[5] % 2, 150 + d[6] % 3 * 8
    if long_hair:
        pen.rounded_rectangle((480 - width - 55, 240, 480 + width + 55, 560), 160, fill=hair)
    pen.ellipse((150, 690, 810, 1400), fill=cloth)
    pen.rounded_rectangle((415, 560, 545, 760), 60, fill=skin)
    pen.ellipse((480 - width - 22, 190, 480 + width + 22, 520), fill=hair)
    pen.ellipse((480 - width, 240, 480 + width, 650), fill=skin)
    pen.chord((480 - width, 215, 480 + width, 480), 180 + d[7] % 20, 360 - d[8] % 20, fill=hair)
    for eye in (415, 545):
        pen.ellipse((eye - 14, 425, eye + 14, 453), fill="#2a211d")
        pen.arc((eye - 40, 385, eye + 40, 445), 205, 335, fill=hair, width=9)
        if d[9] % 3 == 0:
            pen.ellipse((eye - 52, 388, eye + 52, 492), outline="#1b2530", width=7)
    pen.line((482, 440, 494, 510, 470, 514), fill="#8c5a43", width=7, joint="curve")
    pen.arc((415, 470, 545, 585), 25, 155, fill="#8c3b32", width=11)
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()
