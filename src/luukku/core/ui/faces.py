# ruff: noqa: E501 - drawings are long
"""Portraits for people without a photo: drawn from a number, always the same for one person, different for the next.

They tell people apart on a page and claim nothing about how anybody looks: hair, skin, clothes and glasses are dealt out by chance.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

T = TypeVar("T")

_GROUNDS = ("#d3e4f5", "#dcefe7", "#fdebcb", "#e9e3f4", "#f9dfdb", "#dce9ec", "#e6ebd3", "#f3e2ee")
_SKINS = ("#f6d9c4", "#f0c8a8", "#e8b992", "#f3cfb9", "#c98f66", "#9a6644", "#f8e0d0", "#dba880")
_HAIRS = ("#2a211d", "#4a3226", "#6f4a2f", "#a8743f", "#d9b36c", "#8d3f22", "#9a9ca0", "#c9cacc", "#3b3b45")
_CLOTHES = ("#1f62b0", "#002f6c", "#0b6e55", "#8a3a30", "#54317e", "#3f4b57", "#b8791b", "#5d7f8c", "#a14a6b", "#47653a")

# What hangs behind the head, what lies over the forehead: cuts that anybody may wear, since the portrait does not know whom it stands for.
_CUTS = (
    ("", "M23.4 29c-1.6-11 4-17.2 12.6-17.2s14.2 6.2 12.6 17.2c-1-5-2.6-8-5-9.5-5 1.5-11 1.5-15.2 0-2.4 1.5-4 4.5-5 9.5z"),
    ("", "M23 30c-2-13 4-19.3 14-19.3 9 0 14 6.3 12 18.3-1.5-4-3-6.5-5-8-7 .5-13-1-16.5-4-1.5 4-3.5 7-4.5 13z"),
    ("", "M23.5 28c-2-9 1-14 6-15 2-4.5 12-5.5 16-1 4 3 4.5 9 3 16-1-4-2-6-4-8-6 1-11 .5-15-1-3 2-5 4-6 9z"),
    ("", "M22.5 29c-2-13 4-18.5 13.5-18.5S51.5 16 49.5 29c-1-3-1.5-5-2-6.5-7 2.5-16 2.5-23 0-.5 1.5-1 3.5-2 6.5z"),
    ("", "M23.5 30a5 5 0 0 1-1.5-8.5 5.5 5.5 0 0 1 4.5-7.5 6 6 0 0 1 9-3 6 6 0 0 1 9.5 3 5.5 5.5 0 0 1 5 7.5 5 5 0 0 1-1.5 8.5c-.5-4-2-7-4.5-8-5.5 1.5-10.5 1.5-16 0-2.5 1-4 4-4.5 8z"),
    ("M24 35c-4.5-1-6-7-3.5-11-.5-6 3-10 7-10.5 3-4.5 14-4.5 17 0 4 .5 7.5 4.5 7 10.5 2.5 4 1 10-3.5 11z", "M24 27.5c1-7 6-11 12-11s11 4 12 11c-3-4.5-7-6.5-12-6.5s-9 2-12 6.5z"),
    ("", "M22.5 31c-3-14 4-21.5 14-21.5 10 0 15 7.5 12.5 20.5-1-4-2.5-6.5-4.5-8-6 4-13 4.5-18 1.5-2 2-3.5 4.5-4 7.5z"),
    ("M22.5 38.5c-3-15 1-28 13.5-28s16.5 13 13.5 28c-2 .8-3.5.3-4.5-1l-1-9h-16l-1 9c-1 1.3-2.5 1.8-4.5 1z", "M23.5 29c0-9.5 5-15 12.5-15s12.5 5.5 12.5 15c-2-5-7-8-12.5-12.5-5.5 4.5-10.5 7.5-12.5 12.5z"),
    ("M22 39c-3.5-15 .5-28.5 14-28.5S53.5 24 50 39c-2 1-3.5.5-4.5-1l-1-10h-17l-1 10c-1 1.5-2.5 2-4.5 1z", "M23.5 28.5c-.5-10 5-14.5 12.5-14.5s13 4.5 12.5 14.5c-1-2.5-1.5-4-2.5-5.5-6 1.5-14 1.5-20 0-1 1.5-1.5 3-2.5 5.5z"),
    ("", "M23 30.5c-2.5-5-.5-9 1.5-10.5-.5-4 2-7.5 6-7.5 2-3 6.5-3 8.5-1 3.5-1 7 1 7.5 4.5 3.5 1.5 5 8 2.5 14.5-1-3.5-2-6-4.5-7.5-3 2-5.5 2.5-8 1-3 1.5-6 1.5-8.5 0-2.5 1-4 3-5 6.5z"),
)  # fmt: skip
_COLLARS = (
    '<path d="M29.5 51q6.5 6 13 0l-1 4q-5.5 4-11 0z" fill="{skin}"/>',
    '<path d="M29.5 50.5h13L36 60z" fill="{skin}"/>',
    '<path d="m29 50 7 7 7-7 4 3.5-6.5 9L36 58l-4.5 4.5-6.5-9z" fill="#fff"/>',
    '<path d="M28.5 47q7.5 4 15 0v6q-7.5 4-15 0z" fill="{cloth}"/><path d="M28.5 50.5q7.5 4 15 0" fill="none" stroke="#000" stroke-opacity=".2"/>',
    '<path d="M29.5 50.5h13L36 68z" fill="#fff"/><path d="M29 50 36 68 25 58zM43 50 36 68l11-10z" fill="#000" fill-opacity=".18"/>',
)
_FRAME = '<g fill="#fff" fill-opacity=".25" stroke="{frame}" stroke-width="1.3">{lenses}<path fill="none" d="M34.5 30.5q1.5-1 3 0M26 30l-2-1M46 30l2-1"/></g>'
_LENSES = (
    '<circle cx="30.5" cy="31" r="4"/><circle cx="41.5" cy="31" r="4"/>',
    '<rect x="26.3" y="28" width="8.2" height="6" rx="2"/><rect x="37.5" y="28" width="8.2" height="6" rx="2"/>',
)
_MOUTHS = ("M31.5 40q4.5 3.8 9 0", "M32 40.5q4 2.5 8 0", "M31.5 39.5q4.5 5 9 0z", "M32.5 40.5q4.5 2 7.5-.8")


def _pick(number: int, among: Sequence[T]) -> T:
    return among[number % len(among)]


def _head(d: bytes, skin: str, hair: str, front: str) -> str:
    """Head, hair over it and features; `d` deals them out."""
    width = 11.3 + d[6] % 3 * 0.5
    brow = f'<path d="M28.5 {26.6 - d[7] % 2}q2-1.4 4.3-.3M39.2 {26.3 - d[7] % 2}q2.3-1.1 4.3.3" fill="none" stroke="{hair}" stroke-width="1.3" stroke-linecap="round"/>'
    return (
        f'<g fill="{skin}"><circle cx="24.3" cy="32" r="2.6"/><circle cx="47.7" cy="32" r="2.6"/><ellipse cx="36" cy="31" rx="{width}" ry="14.5"/></g>'
        f'<path d="{front}" fill="{hair}"/>{brow}<g fill="#2a211d"><circle cx="31" cy="31" r="1.35"/><circle cx="41" cy="31" r="1.35"/></g>'
        '<path d="M36.3 31.5q1.6 3.6-.8 4.2" fill="none" stroke="#000" stroke-opacity=".28" stroke-width="1.1" stroke-linecap="round"/>'
    )


@lru_cache(maxsize=4096)
def face(seed: int | str) -> SafeString:
    """An SVG portrait for `seed` (a person's id); decorative, so hidden from screen readers."""
    d = hashlib.sha256(f"portrait {seed}".encode()).digest()
    ground, skin, hair, cloth = _pick(d[0], _GROUNDS), _pick(d[1], _SKINS), _pick(d[2], _HAIRS), _pick(d[3], _CLOTHES)
    back, front = _pick(d[5], _CUTS)
    glasses = _FRAME.format(frame=_pick(d[11], ("#1b2530", "#8a3a30", "#4a5766")), lenses=_pick(d[12], _LENSES)) if d[10] % 3 == 0 else ""
    mouth = _pick(d[13], _MOUTHS)
    svg = (
        '<svg viewBox="0 0 72 72" width="100%" height="100%" aria-hidden="true" focusable="false">'
        f'<rect width="72" height="72" fill="{ground}"/><path d="{back}" fill="{hair}"/>'
        f'<path d="M7 75c0-17 10-24 29-24s29 7 29 24z" fill="{cloth}"/>'
        f'<path d="M31 41h10v10q-5 5-10 0z" fill="{skin}"/><path d="M31 44q5 4 10 0v3q-5 3-10 0z" opacity=".12"/>'
        f"{_pick(d[14], _COLLARS).format(skin=skin, cloth=cloth)}{_head(d, skin, hair, front)}"
        f'<path d="{mouth}" fill="{"#fff" if mouth.endswith("z") else "none"}" stroke="#8c3b32" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round"/>'
        f"{glasses}</svg>"
    )
    return mark_safe(svg)  # noqa: S308


def framed(seed: int | str, size: str = "") -> SafeString:
    """The portrait in its round frame; sizes s, (plain), l."""
    return frame(face(seed), size)


def frame(picture: SafeString, size: str = "") -> SafeString:
    """A photo or a drawn portrait in the round frame."""
    return format_html('<span class="{}">{}</span>', f"lu-face lu-face--{size}" if size else "lu-face", picture)
