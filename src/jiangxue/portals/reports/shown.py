"""What the page of a file shows beside its standing: the quality report, the preview for the staff, and the captions. Clause T1.4."""

from django.utils.translation import gettext as _

from jiangxue.courseware.models import Media, Upload
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.quality import Finding, Mark, QualityReport, Verdict
from jiangxue.portals.media.tickets import media_url
from jiangxue.portals.reports.timeline import boxes_of, spoken_mark, timeline_of
from jiangxue.portals.reports.words import (
    CHECKS,
    SENTENCES,
    VERDICT_ICONS,
    VERDICT_WORDS,
    advice_of,
)

_WORST_FIRST = (Verdict.FAIL, Verdict.WARN, Verdict.PASS, Verdict.INFORMATION)
_SHOWN_MARKS = 8
_BEING_MEASURED = (Upload.State.WAITING, Upload.State.WORKING)


def report_context(upload: Upload, *, may_edit: bool, caption_fault: str = "") -> dict[str, object]:
    """Return what `institution/report.html` asks for."""
    media = upload.media
    return {
        "report": report_of(media) if media else None,
        "is_being_measured": upload.state in _BEING_MEASURED,
        "is_measured_never": media is not None and not media.report,
        "preview": preview_of(media, upload.name, media.captions) if media else None,
        "captions": _captions(media, may_edit=may_edit, fault=caption_fault) if media else None,
    }


def report_of(media: Media) -> dict[str, object] | None:
    """Return the quality report of courseware as its table shows it, None where it was never measured."""
    if not media.report:
        return None
    report = QualityReport.from_values(media.report)
    findings = sorted(report.findings, key=lambda finding: _WORST_FIRST.index(finding.verdict))
    verdict = report.verdict
    return {
        "verdict": verdict.value,
        "label": VERDICT_WORDS[verdict],
        "icon": VERDICT_ICONS[verdict],
        "sentence": SENTENCES[verdict],
        "counts": _counts(report),
        "lines": [_line(finding, report.kind, media) for finding in findings],
        "timeline": timeline_of(report),
        "boxes": boxes_of(report),
        "has_marks": any(finding.marks for finding in findings),
    }


def _counts(report: QualityReport) -> str:
    """Return how much is to be mended (1 项不合格，4 项提醒)."""
    failed = sum(finding.verdict is Verdict.FAIL for finding in report.findings)
    warned = sum(finding.verdict is Verdict.WARN for finding in report.findings)
    said = [_("%(number)d failed") % {"number": failed}] if failed else []
    return _(", ").join([*said, *([_("%(number)d with remarks") % {"number": warned}] if warned else [])])


def _limit(limit: str) -> str:
    least, dots, most = limit.partition("…")
    return _("%(least)s to %(most)s") % {"least": least, "most": most} if dots else limit


def _line(finding: Finding, kind: LessonKind, media: Media) -> dict[str, object]:
    marks = [
        {"at": mark.at, "label": spoken_mark(mark, kind), "url": _page_url(media, mark) if media.pages else "#preview"}
        for mark in finding.marks
    ]
    return {
        "id": f"finding-{finding.check}",
        "label": CHECKS[finding.check],
        "value": finding.value,
        "limit": _limit(finding.limit),
        "verdict": finding.verdict.value,
        "verdict_label": VERDICT_WORDS[finding.verdict],
        "icon": VERDICT_ICONS[finding.verdict],
        "advice": advice_of(finding.check, kind, finding.verdict),
        "marks": marks[:_SHOWN_MARKS],
        "more_marks": marks[_SHOWN_MARKS:],
    }


def _page_url(media: Media, mark: Mark) -> str:
    return media_url(media.folder, f"pages/{mark.at:04d}.webp")


def preview_of(media: Media, title: str, captions: str) -> dict[str, object]:
    """Return where the courseware itself is to be had, with a file of captions: all of it, for staff and reviewers."""
    if media.kind == LessonKind.DOCUMENT:
        width, height = media.page_sizes[0]
        return {
            "kind": media.kind,
            "title": title,
            "pages": media.pages,
            "pages_url": media_url(media.folder, "pages/"),
            "first_url": media_url(media.folder, "pages/0001.webp"),
            "width": width,
            "height": height,
        }
    return {
        "kind": media.kind,
        "title": title,
        "source": media_url(media.folder, "master.m3u8"),
        "captions": media_url(media.folder, captions) if captions else "",
        "poster": media_url(media.folder, "poster.webp") if media.has_poster else "",
    }


def _captions(media: Media, *, may_edit: bool, fault: str) -> dict[str, object] | None:
    if media.kind == LessonKind.DOCUMENT:
        return None
    return {"url": _captions_url(media), "may_edit": may_edit, "fault": fault}


def _captions_url(media: Media) -> str:
    return media_url(media.folder, media.captions) if media.captions else ""
