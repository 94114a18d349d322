"""Courseware of the demonstration that comes as files of other kinds: Word, PPT, PDF and sound, and one file to refuse.

It needs the packages of the dependency group `serve` and the font files of npm; it knows no database and prints nothing.
"""

from jiangxue.project.demonstration.documents.building import SLUGS, build_document, build_refused_file, build_sources
from jiangxue.project.demonstration.sources import MODULE_TITLE, RefusedFile, SourceFile

__all__ = [
    "MODULE_TITLE",
    "SLUGS",
    "RefusedFile",
    "SourceFile",
    "build_document",
    "build_refused_file",
    "build_sources",
]
