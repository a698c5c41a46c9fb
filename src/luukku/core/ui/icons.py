"""Small line icons, inline so that they take the text's colour. Never without a word beside them."""

from django.utils.safestring import SafeString, mark_safe

_PATHS = {
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "late": '<path d="M12 3 2.5 20h19z"/><path d="M12 10v4.5M12 17.5v.01"/>',
    "tick": '<path d="M4.5 12.5 10 18 19.5 7"/>',
    "pause": '<circle cx="12" cy="12" r="9"/><path d="M10 9v6M14 9v6"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="1.5"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "phone": '<path d="M5 3h4l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z"/>',
    "file": '<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-5 3.5-8 8-8s8 3 8 8"/>',
    "door": '<path d="M3 9 6 3h12l3 6z"/><path d="M5 9v12h14V9"/><path d="M2 21h20"/>',
    "filter": '<path d="M4 6h16M7 12h10M10 18h4"/>',
    "menu": '<path d="M4 6h16M4 12h16M4 18h16"/>',
    "mail": '<rect x="3" y="5" width="18" height="14" rx="1.5"/><path d="m3 7 9 6 9-6"/>',
}
_ICONS: dict[str, SafeString] = {
    name: mark_safe(f'<svg class="lu-i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{path}</svg>')  # noqa: S308
    for name, path in _PATHS.items()
}


def icon(name: str) -> SafeString:
    """The SVG of an icon by name; KeyError for an unknown one."""
    return _ICONS[name]


_MOUTHS = {1: "M8 17q4-4.500 8 0", 2: "M8.500 16.500q3.500-2 7 0", 3: "M8.500 15q3.500 2.500 7 0", 4: "M7.500 14q4.500 5.500 9 0"}


def smile(value: int) -> SafeString:
    """One of the four faces of the feedback, 1 (worst) to 4; KeyError for another. Never without its word."""
    eyes = '<path d="M9 9.500v.01M15 9.500v.01"/>'
    return mark_safe(  # noqa: S308
        f'<svg class="lu-i lu-smile" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><circle cx="12" cy="12" r="10"/>{eyes}'
        f'<path d="{_MOUTHS[value]}"/></svg>'
    )


MARK_PATHS = (
    '<path d="M4.5 11 8.5 3h15l4 8z" fill="currentColor"/>'
    '<path d="M5.5 11v15.5h21V11" fill="none" stroke="currentColor" stroke-width="3"/>'
    '<path d="M1.5 27h29" stroke="currentColor" stroke-width="3.5" stroke-linecap="round"/>'
    '<path d="M12.5 15.5v7h7" fill="none" stroke="currentColor" stroke-width="3"/>'
)


def mark(size: int) -> SafeString:
    """Luukku's mark, `size` pixels wide and high."""
    return mark_safe(f'<svg width="{size}" height="{size}" viewBox="0 0 32 32" aria-hidden="true" focusable="false">{MARK_PATHS}</svg>')  # noqa: S308
