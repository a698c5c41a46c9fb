"""A browser in plain words: its name and system, nothing that tells one machine from another."""

_NAMES = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Chromium/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"), ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def plain_browser(user_agent: str) -> str:
    """`Firefox, Windows`; empty when neither is known."""
    found = (next((name for sign, name in table if sign in user_agent), "") for table in (_NAMES, _SYSTEMS))
    return ", ".join(part for part in found if part)
