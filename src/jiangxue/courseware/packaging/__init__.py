"""HLS packaging of one video: opened in a caged process, cut into four-second segments, kept whole or not at all.

It owns the folder of a packaged video and its record (`package.json`). It refuses files that are no playable video,
and knows no course, no lesson and no database.
"""

from jiangxue.courseware.packaging.errors import PackagingRefused
from jiangxue.courseware.packaging.packages import package_video, write_package
from jiangxue.courseware.packaging.record import read_package
from jiangxue.courseware.packaging.shapes import PackagedVideo, PackagingLimits, Rendition
from jiangxue.courseware.packaging.whole_folder import made_whole
from jiangxue.kernel.cage import end_with_parent

__all__ = [
    "PackagedVideo",
    "PackagingLimits",
    "PackagingRefused",
    "Rendition",
    "end_with_parent",
    "made_whole",
    "package_video",
    "read_package",
    "write_package",
]
