"""The words of a course that are looked through for sensitive ones, each with where it stands. Clause T1.4."""

from collections.abc import Iterator
from itertools import accumulate

from jiangxue.courseware.errors import UnfitCaptions
from jiangxue.courseware.rules.caption_text import shown_words
from jiangxue.courseware.rules.captions import read_captions
from jiangxue.courseware.rules.content import CourseContent, TaughtLesson
from jiangxue.screening.rules.places import Place, ScreenedText, Where

KIND = "course_version"


def place_of(version_id: int) -> Place:
    """Return a version as a place that is screened."""
    return Place(KIND, str(version_id))


def texts_of(content: CourseContent) -> Iterator[ScreenedText]:
    """Yield every text that the editors have written."""
    yield from _of_facts(content)
    for module in content.modules:
        yield from _texts({"field": "module"}, module.title)
        for lesson in module.lessons:
            yield from _of_lesson(lesson)


def captions_screened(written: str, where: Where, *, length_ms: int) -> ScreenedText:
    """Return all words that a file of captions shows as one text, whose parts lead to their times; a file that cannot be read is taken as it is."""
    try:
        cues = read_captions(written.encode(), length_ms)
    except UnfitCaptions:
        return ScreenedText(written, where)
    said = [(cue.start_ms, shown_words(cue.text)) for cue in cues]
    lines = [(start, words[0]) for start, words in said]
    lines += [(start, f"\n{aside}") for start, words in said for aside in words[1:]]
    begins = accumulate((len(line) + 1 for _, line in lines), initial=0)
    parts = [(begin, {"at_ms": start}) for begin, (start, _) in zip(begins, lines, strict=False)]
    return ScreenedText("\n".join(line for _, line in lines), where, parts)


def _of_facts(content: CourseContent) -> Iterator[ScreenedText]:
    facts = content.facts
    written = {
        "title": facts.title,
        "summary": facts.summary,
        "special_ability": facts.special_ability,
        "target_group": facts.target_group,
        "entry_conditions": facts.entry_conditions,
        "goals": facts.goals,
        "basis": " ".join((facts.basis.name, facts.basis.number, facts.basis.edition)),
        "methods": facts.methods,
        "materials": facts.materials,
        "supplier": facts.supplier,
    }
    for field, text in written.items():
        yield from _texts({"field": field}, text)
    for item in content.planned:
        yield from _texts({"field": "planned"}, item.title, item.place, item.work_content)
    for part in content.assessment:
        yield from _texts({"field": "assessment"}, part.name, part.method)
    for lecturer in content.lecturers:
        yield from _texts({"field": "lecturers"}, lecturer.name, lecturer.qualification)
    for licence in content.licences:
        yield from _texts({"field": "licences"}, licence.title, licence.holder)


def _of_lesson(lesson: TaughtLesson) -> Iterator[ScreenedText]:
    yield from _texts({"lesson": lesson.ref, "field": "title"}, lesson.title)
    for point in lesson.knowledge:
        yield from _texts({"lesson": lesson.ref, "field": "knowledge"}, point.text, point.work_content)
    for question in lesson.questions:
        where: Where = {"lesson": lesson.ref, "field": "question", "question": question.ref}
        yield from _texts(where, question.text, *question.options)


def _texts(where: Where, *texts: str) -> Iterator[ScreenedText]:
    return (ScreenedText(text, where) for text in texts if text)
