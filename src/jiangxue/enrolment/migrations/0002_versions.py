"""Classes are taught by versions: what they were taught by before there were any becomes the first version of their course."""

import hashlib
import json
from datetime import timedelta
from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models


def first_versions(apps: Any, schema_editor: Any) -> None:
    """Make a published version of each course that is taught, as its outline stands; nobody has reviewed it."""
    training_class = apps.get_model("enrolment", "TrainingClass")
    version = apps.get_model("courseware", "CourseVersion")
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        (now,) = cursor.fetchone()
    for course in apps.get_model("courseware", "Course").objects.filter(
        pk__in=training_class.objects.values("course_id")
    ):
        modules = list(course.modules.order_by("position"))
        content = _content(course, modules)
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        made = version.objects.create(
            course=course,
            serial=1,
            title=course.title,
            content=content,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            submitted_at=now,
            state="published",
            published_at=now,
            review_due_on=now.date() + timedelta(days=365),
        )
        _keep_outline(apps, made, modules)
        training_class.objects.filter(course=course).update(version=made)


def _keep_outline(apps: Any, made: Any, modules: list[Any]) -> None:
    rows = [
        apps.get_model("courseware", "VersionLesson")(
            version=made,
            lesson=lesson,
            module_position=module_position,
            module_title=module.title,
            position=position,
            title=lesson.title,
            captions=lesson.media.captions,
            question_ids=list(lesson.questions.filter(retired_at=None).order_by("pk").values_list("pk", flat=True)),
        )
        for module_position, module in enumerate(modules, 1)
        for position, lesson in enumerate(module.lessons.order_by("position"), 1)
    ]
    apps.get_model("courseware", "VersionLesson").objects.bulk_create(rows)


def _content(course: Any, modules: list[Any]) -> dict[str, Any]:
    """Return a course in format 1 of docs/formats/course-version.md."""
    return {
        "format": 1,
        "facts": {
            "title": course.title,
            "summary": course.summary,
            "occupation": None,
            "level": None,
            "special_ability": "",
            "project_type": None,
            "basis": {"name": "", "number": "", "edition": ""},
            "target_group": "",
            "entry_conditions": "",
            "goals": "",
            "methods": "",
            "materials": "",
            "hours": {"online": 0, "live": 0, "practice": 0},
            "fee": "paid",
            "free_for": [],
            "supplier": "",
            "is_imported": False,
        },
        "modules": [
            {"title": module.title, "lessons": [_lesson(lesson) for lesson in module.lessons.order_by("position")]}
            for module in modules
        ],
        "planned": [],
        "assessment": [],
        "lecturers": [],
        "licences": [],
    }


def _lesson(lesson: Any) -> dict[str, Any]:
    media = lesson.media
    return {
        "ref": lesson.pk,
        "title": lesson.title,
        "kind": media.kind,
        "length_ms": media.length_ms,
        "pages": len(media.page_sizes),
        "source_sha256": media.source_sha256 or media.sha256,
        "captions_sha256": "",
        "knowledge": [],
        "questions": [
            {
                "ref": question.pk,
                "purpose": "check_in",
                "text": question.text,
                "options": question.options,
                "right_index": question.right_index,
            }
            for question in lesson.questions.filter(retired_at=None).order_by("pk")
        ],
    }


class Migration(migrations.Migration):
    """A class keeps the version that it began with."""

    dependencies: ClassVar = [("courseware", "0004_versions"), ("enrolment", "0001_tables")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="trainingclass",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="courseware.courseversion",
            ),
        ),
        migrations.RunPython(first_versions, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="trainingclass",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courseware.courseversion"
            ),
        ),
    ]
