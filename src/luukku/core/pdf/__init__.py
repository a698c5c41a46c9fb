"""Papers to keep, sign or send: blocks in, an accessible PDF (PDF/UA-1) out. See docs/adr/0011-papers-by-typst.md."""

from luukku.core.pdf.blocks import Block, Boxed, Break, Facts, Heading, Items, Paper, Small, Table, Text
from luukku.core.pdf.making import pdf_of
from luukku.core.pdf.serving import pdf_response

__all__ = [
    "Block",
    "Boxed",
    "Break",
    "Facts",
    "Heading",
    "Items",
    "Paper",
    "Small",
    "Table",
    "Text",
    "pdf_of",
    "pdf_response",
]
