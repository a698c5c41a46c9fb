"""Pictures that people see on our pages: made anew from what was sent, so that neither place nor camera nor anything hidden comes along."""

import io
import warnings
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps, UnidentifiedImageError

from luukku.core.errors import RuleBroken
from luukku.core.files import check

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
MOST_PIXELS = 60_000_000  # a present telephone's picture has 50 million; more is a way to fill the memory
_QUALITY = 84


class Part(TextChoices):
    """Which end of a picture that is not square is kept."""

    START = "start", gettext_lazy("The upper part, or the left one of a wide picture")
    MIDDLE = "middle", gettext_lazy("The middle")
    END = "end", gettext_lazy("The lower part, or the right one of a wide picture")


_CENTRES = {Part.START: 0.0, Part.MIDDLE: 0.5, Part.END: 1.0}


def square_picture(upload: "UploadedFile[Any]", *, side: int, part: Part = Part.MIDDLE, field: str = "files") -> bytes:
    """A square JPEG of `side` pixels from an uploaded picture, upright, with nothing in it but what is seen.

    Raises RuleBroken beside `field` for what the file store refuses, what is no picture, and one that is too small or too big.
    """
    kind = FORMATS.get(check(upload, field=field))
    if kind is None:
        raise RuleBroken(_("%(name)s is not a picture. Choose a JPG, PNG or WebP file.") % {"name": upload.name}, field=field)
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(upload.read()), formats=(kind,)) as picture:
            warnings.simplefilter("ignore")  # we count the pixels ourselves, and a picture with odd marks in it is a picture still
            _check_size(picture, side, field)
            return _made(picture, side, _CENTRES[part])
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RuleBroken(_("%(name)s is broken and cannot be opened. Choose another picture.") % {"name": upload.name}, field=field) from error


def _check_size(picture: Image.Image, side: int, field: str) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        words = _("The picture has more than %(most)s million pixels. Choose a smaller one.")
        raise RuleBroken(words % {"most": MOST_PIXELS // 1_000_000}, field=field)
    if min(picture.size) < side // 2:
        words = _("The picture is too small to be clear: each side must be at least %(least)s pixels.")
        raise RuleBroken(words % {"least": side // 2}, field=field)


def _made(picture: Image.Image, side: int, centre: float) -> bytes:
    picture.draft("RGB", (side * 2, side * 2))  # a big JPEG is read at a fraction of its size
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        seen = upright.convert("RGBA")
        upright = Image.new("RGB", seen.size, "white")
        upright.paste(seen, mask=seen.getchannel("A"))
    made = ImageOps.fit(upright.convert("RGB"), (side, side), Image.Resampling.LANCZOS, centering=(centre, centre))
    bare = Image.new("RGB", made.size)
    bare.paste(made)  # the points alone: no marks of the one it came from
    kept = io.BytesIO()
    bare.save(kept, "JPEG", quality=_QUALITY, optimize=True)
    return kept.getvalue()
