"""HLS packaging of one film or sound: opened in a caged process, cut into segments of four seconds, locked, kept whole or not at all.

It owns the folder of a packaged film and its record (`package.json`), and measures the quality of a film. It refuses files
that can be neither seen nor heard, and knows no course, no lesson and no database.
"""

from jiangxue.courseware.packaging.errors import PackagingRefused
from jiangxue.courseware.packaging.packages import package_film, report_of_film, write_package
from jiangxue.courseware.packaging.progress import read_progress
from jiangxue.courseware.packaging.record import read_package
from jiangxue.courseware.packaging.shapes import PackagedFilm, PackagingLimits, Rendition
from jiangxue.courseware.packaging.whole_folder import made_whole
from jiangxue.kernel.cage import end_with_parent

__all__ = [
    "PackagedFilm",
    "PackagingLimits",
    "PackagingRefused",
    "Rendition",
    "end_with_parent",
    "made_whole",
    "package_film",
    "read_package",
    "read_progress",
    "report_of_film",
    "write_package",
]
