"""Portraits for people without a photo: drawn from a number, always the same for one person, different for the next.

In two tones of one hue on purpose: they tell people apart on a page and claim nothing about how anybody looks.
"""

import hashlib

from django.utils.safestring import SafeString, mark_safe

# ground, face, hair, clothes
_TONES = (
    ("#d3e4f5", "#f4f9fe", "#1c4f8f", "#5b8fcb"),
    ("#e3f4ee", "#f7fcfa", "#0b5c48", "#4fa58a"),
    ("#fff1d9", "#fffaf0", "#7d4600", "#d0964a"),
    ("#ece6f6", "#faf8fd", "#54317e", "#9a7cc4"),
    ("#fbe6e3", "#fef8f7", "#8a3a30", "#d08a80"),
    ("#e2edf0", "#f6fafb", "#2b4e5a", "#6f9aa6"),
)
_STYLES = (
    '<path d="M21 30c-1-14 6-19 15-19s16 5 15 19c-2-7-5-10-7-11-6 3-15 3-19 1-2 2-3 6-4 10z" fill="{h}"/>',
    '<path d="M20 34c-3-17 5-24 16-24s19 7 16 24c0 9 1 15 3 19H45V30c-4-1-8-4-10-8-3 4-6 6-9 7v24H17c2-4 3-10 3-19z" fill="{h}"/>',
    '<path d="M22 27c0-10 6-15 14-15s14 5 14 15c-3-5-7-7-14-7s-11 2-14 7z" fill="{h}"/>',
    '<path d="M20 33c-2-15 5-22 16-22s18 7 16 22c-1-6-4-11-8-13-5 1-11 0-14-2-4 3-8 8-10 15z" fill="{h}"/><circle cx="36" cy="9" r="5" fill="{h}"/>',
    '<path d="M21 29c-2-13 5-18 15-18 11 0 17 6 15 18-3-3-4-6-5-9-8 1-14-1-18-4-3 3-6 8-7 13z" fill="{h}"/>',
    '<path d="M19 40c-4-20 5-30 17-30s21 10 17 30c-2 3-5 4-8 4V28c-6 0-13-3-16-7-1 4-3 6-4 7v16c-3 0-5-1-6-4z" fill="{h}"/>',
    '<path d="M23 24c2-8 7-11 13-11s11 3 13 11c-3-2-5-3-6-5-5 2-10 2-14 0-1 2-3 3-6 5z" fill="{h}"/>',
)  # fmt: skip
_GLASSES = (
    '<g fill="none" stroke="{h}" stroke-width="1.4"><circle cx="30.5" cy="32" r="4.2"/><circle cx="41.5" cy="32" r="4.2"/><path d="M34.7 32h2.6"/></g>'
)
_SMILES = ("M31.5 40q4.5 3.5 9 0", "M32 40.5q4 2.5 8 0", "M31.5 39.5q4.5 4.5 9 0")


def face(seed: int | str) -> SafeString:
    """An SVG portrait for `seed` (a person's id); decorative, so hidden from screen readers."""
    d = hashlib.sha256(f"face {seed}".encode()).digest()
    ground, skin, hair, clothes = _TONES[d[0] % len(_TONES)]
    style = _STYLES[d[1] % len(_STYLES)].format(h=hair)
    svg = (
        '<svg viewBox="0 0 72 72" width="100%" height="100%" aria-hidden="true" focusable="false">'
        f'<rect width="72" height="72" fill="{ground}"/><path d="M10 74c0-17 10-24 26-24s26 7 26 24z" fill="{clothes}"/>'
        f'<path d="M30 44h12v8c0 4-12 4-12 0z" fill="{skin}"/><path d="M30 46c3 3 9 3 12 0v3c-3 3-9 3-12 0z" fill="{hair}" opacity=".15"/>'
        f'<ellipse cx="36" cy="32" rx="12.5" ry="14.5" fill="{skin}"/>{style}'
        f'<g fill="{hair}"><circle cx="30.5" cy="32" r="1.5"/><circle cx="41.5" cy="32" r="1.5"/></g>'
        f'<path d="{_SMILES[d[2] % 3]}" fill="none" stroke="{hair}" stroke-width="1.6" stroke-linecap="round"/>'
        f"{_GLASSES.format(h=hair) if d[3] % 3 == 0 else ''}</svg>"
    )
    return mark_safe(svg)  # noqa: S308
