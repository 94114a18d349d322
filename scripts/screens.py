"""`make screens`: pictures of every page at 390 and 1440 px in screens/, for looking at; the tests' own site is the sitter."""

import os
import shutil
import sys

from scripts.environment import PYTHON
from scripts.layout import REPOSITORY
from scripts.supervisor import run_in_foreground
from scripts.terminal import run_as_program, say

FOLDER = REPOSITORY / "screens"
SITTINGS = (
    "tests/browser/screens.py",
    "tests/browser/screens_of_a_class.py",
    "tests/browser/screens_appeals.py",
    "tests/browser/screens_deciding.py",
    "tests/browser/screens_reading.py",
    "tests/browser/screens_files.py",
    "tests/browser/screens_occupations.py",
    "tests/browser/screens_words.py",
    "tests/browser/screens_ledger.py",
    "tests/browser/screens_course_editor.py",
    "tests/browser/screens_reviews.py",
    "tests/browser/screens_lesson_tests.py",
    "tests/browser/screens_ratings.py",
    "tests/browser/screens_retention.py",
    "tests/browser/screens_rosters.py",
    "tests/browser/screens_face.py",
    "tests/browser/screens_exports.py",
)


def main() -> int:
    """Take the pictures anew and say where they are."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    status = run_in_foreground(
        [PYTHON, "-m", "scripts.test", *SITTINGS, "-q", "-n", "0", "-p", "no:randomly", *sys.argv[1:]],
        os.environ,
    )
    say(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")
    return status


if __name__ == "__main__":
    run_as_program(main)
