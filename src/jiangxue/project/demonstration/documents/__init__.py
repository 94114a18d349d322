"""Courseware of the demonstration that comes as files of other kinds: Word, PPT, PDF and sound, and one file to refuse.

It needs the packages of the dependency group `serve` and the font files of npm; it knows no database and prints nothing.
"""
