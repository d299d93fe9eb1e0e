"""How much a Word document may hold before it is refused, each limit with the reason for its size.

"Corpus" is a collection of 2,250 public Word files, made by many programs, that the limits were measured on.
"""

from __future__ import annotations

from typing import Final

MIB: Final = 1024 * 1024

LARGEST_FILE: Final = 25 * MIB
"""The largest sane file of the corpus lies far below."""
MOST_ENTRIES: Final = 1_000
"""Entries of the ZIP container; the corpus has 291 at most."""
LARGEST_UNPACKED: Final = 200 * MIB
"""All entries together, by what the directory announces; the corpus has 16.6 MB at most."""
LARGEST_RATIO: Final = 200
"""How much larger an entry may be than its packed bytes, as in the audit file: ZIP bombs reach 1,000 and more."""
RATIO_MATTERS_FROM: Final = 10 * MIB
"""Small entries of repeated text pack better than that, and do no harm."""
LARGEST_PART: Final = 32 * MIB
"""Unpacked bytes of one part that is read: 300 MB of text cost a parser 921 MB."""
MOST_TABLES: Final = 500
"""Tables of the body; 1,198 tables stand in 575 files of the corpus."""
MOST_ROWS: Final = 20_000
"""Rows of all tables together: four times the largest audit that is measured."""
LONGEST_CELL: Final = 100_000
"""Characters of one cell, as of one answer; what is beyond is cut off, and the reader says so."""
MOST_PARAGRAPHS: Final = 200_000
"""Paragraphs outside tables: a part of the largest size cannot hold many more that say anything."""

CHILD_SECONDS: Final = 20
"""Time that the reading process has; the slowest file of the corpus took 1.4 s."""
CHILD_MEMORY: Final = 1024 * MIB
"""Address space of the reading process: a hostile document asked for 2.9 GB and ended with an error under this."""
LARGEST_ANSWER: Final = 128 * MIB
"""What the reading process may send back; several times the text of the largest part."""
