"""The page of a file shows its quality report, a preview for the staff, and takes captions (clauses T1.4, M3)."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.audit.models import AuditEntry
from jiangxue.courseware.errors import CaptionFault
from jiangxue.courseware.models import Course, Media, Upload
from jiangxue.courseware.rules.captions import MOST_CAPTION_BYTES
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.quality import Check, Finding, Mark, QualityReport, Verdict
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.portals.media.tickets import media_url
from jiangxue.portals.reports.timeline import timeline_of
from jiangxue.portals.reports.words import ADVICE, CAPTION_FAULTS, CHECKS, VERDICT_WORDS
from tests.factories import classes, people, uploads
from tests.factories.classes import Classroom
from tests.factories.questions import editor
from tests.portals.clients import client_of, text_of

LENGTH_MS = 300_000
SRT = b"1\n00:00:01,000 --> 00:00:04,000\nfirst\n"


@pytest.fixture
def course(room: Classroom, own_storage: Path) -> Course:
    return room.training_class.course


@pytest.fixture
def client(keeper: Account) -> Client:
    return client_of(keeper)


def report(*findings: Finding, kind: LessonKind = LessonKind.VIDEO, length: int = LENGTH_MS) -> QualityReport:
    levels = () if kind is LessonKind.DOCUMENT else (-20.0,) * 300
    return QualityReport(kind, length, findings, levels)


def film(of: QualityReport | None = None) -> Media:
    values = of.to_values() if of else {}
    return Media.objects.create(
        kind="video", folder="made/f/1", key_name="a" * 32, length_ms=LENGTH_MS, sha256="0" * 64, report=values
    )


@pytest.fixture
def keeps(course: Course, keeper: Account, clock: HandClock):
    """Return how to keep a ready file with some courseware."""

    def keep(media: Media) -> Upload:
        now = clock.now()
        fields = {"state": "ready", "kind": "mp4", "finished_at": now, "media": media}
        return uploads.kept(course, keeper, now, **{**fields, "kind": "video" if media.length_ms else "pdf"})

    return keep


def url_of(upload: Upload, act: str = "") -> str:
    return f"/institution/files/{upload.pk}/{act}"


def sent(client: Client, upload: Upload, content: bytes, name: str = "字幕.srt"):
    return client.post(url_of(upload, "captions/"), {"captions": SimpleUploadedFile(name, content)})


SILENCE = Finding(Check.SILENCE, "13.0 s", "≤ 10 s", Verdict.WARN, (Mark(192_000, 205_000),))
SMALL = Finding(Check.RESOLUTION, "320×180", "≥ 1280×720", Verdict.FAIL)
RATE = Finding(Check.FRAME_RATE, "25.0 fps", "≥ 24 fps", Verdict.PASS)
CODEC = Finding(Check.VIDEO_CODEC, "h264 Main", "", Verdict.INFORMATION)


def test_every_check_verdict_and_fault_has_words() -> None:
    assert set(CHECKS) == set(Check)
    assert set(VERDICT_WORDS) == set(Verdict)
    assert set(CAPTION_FAULTS) == set(CaptionFault)
    never_wrong = {Check.VIDEO_CODEC, Check.BIT_RATE, Check.FREEZE, Check.PAGES}
    assert set(ADVICE) == set(Check) - never_wrong


@pytest.mark.clause("T1.4")
@pytest.mark.parametrize(
    ("findings", "words"),
    [
        ((RATE, CODEC), "通过"),
        ((RATE, SILENCE), "有提醒"),
        ((SILENCE, SMALL), "不合格"),
    ],
)
def test_the_report_begins_with_its_verdict(keeps, client: Client, findings: tuple[Finding, ...], words: str) -> None:
    page = text_of(client, url_of(keeps(film(report(*findings)))))
    assert "质量检测报告" in page
    assert f"<strong>{words}</strong>" in page


def test_findings_stand_worst_first_with_what_to_do(keeps, client: Client) -> None:
    page = text_of(client, url_of(keeps(film(report(CODEC, RATE, SILENCE, SMALL)))))
    table = page[page.index("table-report") :]
    places = [table.index(f'id="finding-{check}"') for check in ("resolution", "silence", "frame_rate", "video_codec")]
    assert places == sorted(places)
    for words in ("320×180", "≥ 1280×720", "请用更大的画面录制", "较长时间没有声音"):
        assert words in table


def test_a_mark_leads_to_its_time_and_stands_on_the_timeline(keeps, client: Client) -> None:
    page = text_of(client, url_of(keeps(film(report(SILENCE)))))
    assert '<a class="mark figure" href="#preview" data-at="192000">03:12–03:25</a>' in page
    assert 'href="#finding-silence" tabindex="-1" data-at="192000"' in page
    assert "<title>静音 · 03:12–03:25</title>" in page
    assert "逐秒响度（静音不算）：多数时间约 -20 LUFS" in page


def test_many_places_are_folded(keeps, client: Client) -> None:
    still = Finding(
        Check.FREEZE, "90%", "", Verdict.INFORMATION, tuple(Mark(at, at + 500) for at in range(0, 20_000, 1000))
    )
    assert "其余 12 处" in text_of(client, url_of(keeps(film(report(still)))))


def test_the_pages_of_a_document_are_marked(keeps, client: Client) -> None:
    media = uploads.document()
    text = Finding(Check.TEXT, "1 / 2", "2 / 2", Verdict.WARN, (Mark(2, 2),))
    media.report = report(text, kind=LessonKind.DOCUMENT, length=2).to_values()
    media.save()
    page = text_of(client, url_of(keeps(media)))
    for words in (
        "第 2 页 · 没有文字",
        'data-pages="2"',
        "第 1 页，共 2 页",
        "/pages/0002.webp",
        'href="#finding-text"',
    ):
        assert words in page
    assert 'id="captions"' not in page


@pytest.mark.clause("M3")
def test_the_staff_see_every_page_and_others_none(
    room: Classroom, keeps, client: Client, own_storage: Path, clock: HandClock
) -> None:
    media = uploads.document()
    keeps(media)
    (own_storage / media.folder / "pages").mkdir(parents=True)
    (own_storage / media.folder / "pages" / "0002.webp").write_bytes(b"picture")
    address = media_url(media.folder, "pages/0002.webp")
    assert client.get(address).content == client_of(room.head_teacher).get(address).content == b"picture"
    assert client_of(editor(classes.institution(), clock.now())).get(address).status_code == 404
    assert client.get(media_url(media.folder, "pages/0003.webp")).status_code == 404


def test_a_report_that_is_not_there_yet_says_so(
    course: Course, keeper: Account, keeps, client: Client, clock: HandClock
) -> None:
    working = uploads.kept(course, keeper, clock.now(), state="working")
    assert "正在检测" in text_of(client, url_of(working))
    assert "没有检测报告" in text_of(client, url_of(keeps(film())))


def test_the_curve_of_a_long_film_is_thinned_out() -> None:
    levels = (-90.0, *(-20.0,) * 14_398, 3.0)
    timeline = timeline_of(QualityReport(LessonKind.AUDIO, 14_400_000, (SILENCE,), levels))
    assert timeline is not None
    heights = [int(point.partition(",")[2]) for point in timeline.points.split()]
    assert len(heights) <= 602
    assert (min(heights), max(heights)) == (0, 44)


@pytest.mark.clause("M3")
def test_teachers_see_report_and_preview_and_add_no_captions(room: Classroom, keeps, clock: HandClock) -> None:
    upload = keeps(film(report(SILENCE)))
    teacher = client_of(room.head_teacher)
    page = text_of(teacher, url_of(upload))
    assert 'data-source="/media/' in page
    assert "captions-file" not in page
    assert sent(teacher, upload, SRT).status_code == 403
    stranger = client_of(editor(classes.institution(), clock.now()))
    assert sent(stranger, upload, SRT).status_code == 404
    assert sent(client_of(people.account((Role.REVIEWER, None), now=clock.now())), upload, SRT).status_code == 403
    assert not Media.objects.get(folder="made/f/1").has_captions


def test_captions_are_added_written_anew_and_replaced(keeps, client: Client, own_storage: Path) -> None:
    upload = keeps(film(report(RATE)))
    assert "还没有字幕" in text_of(client, url_of(upload))
    for words in (b"first", b"second"):
        assert sent(client, upload, SRT.replace(b"first", words)).status_code == 302
    page = text_of(client, url_of(upload))
    for said in ("已有字幕", "更换字幕", '<track kind="captions"'):
        assert said in page
    media = Media.objects.get(folder="made/f/1")
    kept = client.get(media_url("made/f/1", media.captions)).content
    assert kept == b"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nsecond\n"
    assert hashlib.sha256(kept).hexdigest() == media.captions_sha256
    assert len(list((own_storage / "made/f/1").iterdir())) == 2, "the first stays for whom it was reviewed"
    assert AuditEntry.objects.filter(action="upload.captioned", object_id=str(upload.pk)).count() == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SRT + b"\n2\n00:00:06,000 --> 00:00:05,000\nb\n", "第 6 行：这条字幕的结束时间不晚于开始时间。"),
        (SRT.replace(b"00:00:04", b"00:09:04"), "第 2 行：这条字幕超出了影片时长"),
        ("1\n00:00:01,000 --> 00:00:02,000\n触电".encode("gb18030"), "第 3 行：文字不是 UTF-8 编码"),
        (b"x" * (MOST_CAPTION_BYTES + 1), "文件超过 1 MB"),
        (b"%PDF-1.7\n\n", "这不是字幕文件"),
    ],
)
def test_captions_that_cannot_be_shown_are_refused_in_words(keeps, client: Client, content: bytes, words: str) -> None:
    upload = keeps(film(report(RATE)))
    answer = sent(client, upload, content)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Media.objects.get(folder="made/f/1").has_captions


def test_captions_are_chosen_first_and_belong_to_films(keeps, client: Client) -> None:
    upload = keeps(film(report(RATE)))
    answer = client.post(url_of(upload, "captions/"))
    assert (answer.status_code, "请先选择文件。" in answer.content.decode()) == (400, True)
    assert client.get(url_of(upload, "captions/")).status_code == 302
    assert sent(client, keeps(uploads.document()), SRT).status_code == 409
