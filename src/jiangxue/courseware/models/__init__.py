"""Tables of courses, their outlines, courseware, versions, uploads and the questions of lessons."""

from jiangxue.courseware.models.course import Contributor, Course, CourseAssessment, CourseLecturer, CoursePlanned
from jiangxue.courseware.models.media import Media
from jiangxue.courseware.models.outline import Lesson, LessonKnowledge, Module
from jiangxue.courseware.models.papers import CourseLicence
from jiangxue.courseware.models.questions import CourseQuestion
from jiangxue.courseware.models.uploads import Upload
from jiangxue.courseware.models.versions import CourseVersion, VersionLesson

__all__ = [
    "Contributor",
    "Course",
    "CourseAssessment",
    "CourseLecturer",
    "CourseLicence",
    "CoursePlanned",
    "CourseQuestion",
    "CourseVersion",
    "Lesson",
    "LessonKnowledge",
    "Media",
    "Module",
    "Upload",
    "VersionLesson",
]
