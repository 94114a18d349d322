"""The media of the demonstration's course, made at set-up from text alone: slides, Mandarin speech, film, captions, HLS.

It needs the packages of the dependency group `serve` and the font files of npm; it knows no database and prints nothing.
"""

from jiangxue.project.demonstration.media.building import Progress, build_course_media, build_test_lesson
from jiangxue.project.demonstration.media.course import COURSE
from jiangxue.project.demonstration.media.errors import MediaNotMade
from jiangxue.project.demonstration.media.lessons import BuiltLesson
from jiangxue.project.demonstration.media.text import CourseText, LessonText, ModuleText

__all__ = [
    "COURSE",
    "BuiltLesson",
    "CourseText",
    "LessonText",
    "MediaNotMade",
    "ModuleText",
    "Progress",
    "build_course_media",
    "build_test_lesson",
]
