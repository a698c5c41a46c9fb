"""Structured logs on stderr. What is logged is named field by field where it is logged, and none of it is about a person."""

import logging
import sys
import traceback
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict, Processor


def place_of(error: BaseException) -> list[str]:
    """Where the code broke: file, line and function, innermost last. Never the error's words, which may quote a row."""
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)[-8:]]


def _tell_errors_by_place(logger: Any, method: str, event: EventDict) -> EventDict:
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error is not None:
        event["error"], event["at"] = type(error).__name__, place_of(error)
    return event


class WholeLines:
    """Writes each line with its end in one go, so that lines of threads and processes never run together."""

    def __init__(self, *_names: str) -> None:
        self._stream = sys.stderr

    def msg(self, line: str) -> None:
        self._stream.write(f"{line}\n")
        self._stream.flush()

    debug = info = warning = warn = error = critical = exception = log = failure = fatal = msg


def configure_logs(*, json: bool, level: str) -> None:
    """One line per event: JSON for machines, or plain for a terminal. Django's own loggers go the same way, from warnings up."""
    renderer: Processor = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    shared: list[Processor] = [structlog.processors.add_log_level, stamp, _tell_errors_by_place]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=WholeLines,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    # Its messages carry request paths, and our paths may carry a customer's link; LogMiddleware tells the route instead.
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    logging.getLogger("django.security").setLevel(logging.ERROR)
