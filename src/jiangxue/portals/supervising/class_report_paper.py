"""The report of a class on paper."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from jiangxue.archive.models import Settlement
from jiangxue.archive.queries.settlements import state_of
from jiangxue.archive.rules.settlement import SettlementState
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.kernel.clock import from_ms, learning_day
from jiangxue.learning.queries.board import ClassFigures
from jiangxue.ledger.queries.state import LogState
from jiangxue.portals.attendance_words import hours_said, reason_label
from jiangxue.portals.stars import average_shown
from jiangxue.portals.supervising.hours_proof_words import MINUTE_MS
from jiangxue.rating.queries.figures import Figures as Ratings
from jiangxue.supervision.queries.cases import Filed
from jiangxue.supervision.rules.hours_proofs import MODES, ProvedHours, proved_hours
from jiangxue.typesetting.shapes import Block, Column, Facts, Heading, Paper, Row, SealSpace, Table, Text
from jiangxue.typesetting.words import page_words, plain
from jiangxue.ui.checks import CHECK_OUTCOMES
from jiangxue.ui.course_words import MODES as MODE_WORDS
from jiangxue.ui.durations import duration
from jiangxue.ui.kinds import KINDS
from jiangxue.ui.masking import masked_name
from jiangxue.ui.moments import moment
from jiangxue.ui.terms import state_label


@dataclass(frozen=True, slots=True)
class Told:
    """All that the report of a class tells; `figures` are those of the settlement page by enrolment, `appeals` open and settled ones."""

    training_class: TrainingClass
    at: datetime
    places: Sequence[Enrolment]
    figures: Mapping[int, Mapping[str, Any]]
    settlement: Settlement | None
    sums: ClassFigures
    checks: Mapping[str, int]
    appeals: tuple[int, int]
    cases: Sequence[Filed]
    ratings: Ratings
    log: LogState

    @property
    def is_settled(self) -> bool:
        """Say whether the hours are settled."""
        return state_of(self.settlement) is SettlementState.SETTLED

    def hours_of(self, place: Enrolment) -> ProvedHours | None:
        """Return what a place comes to, None where nothing is kept of it any more."""
        found = self.figures.get(place.pk)
        return proved_hours(found, is_settled=self.is_settled) if found else None

    @property
    def refused_ms(self) -> Counter[str]:
        """Return what was refused in the whole class, by reason."""
        return sum((Counter(each["time"]["refused_ms"]) for each in self.figures.values()), Counter())

    @property
    def absent_ms(self) -> Counter[str]:
        """Return what was not counted of live and practice lessons in the whole class, by reason; older settlements know nothing of them."""
        items = (item for each in self.figures.values() for item in each.get("attendance", ()))
        return sum((Counter(item["refused_ms"]) for item in items), Counter())


def paper_of(told: Told) -> Paper:
    """Return the report of a class as a paper."""
    of = told.training_class
    return Paper(
        title=_("Report of the class"),
        subject=plain(of.name),
        running_head=(plain(of.institution.name), of.code),
        page_words=page_words(),
        issuer=plain(of.institution.name),
        written_on=learning_day(told.at),
        blocks=tuple(_blocks(told)),
        is_landscape=True,
    )


def _blocks(told: Told) -> Iterator[Block]:
    of = told.training_class
    facts = (
        (_("Training institution"), plain(of.institution.name)),
        (_("Course"), plain(of.version.title)),
        (_("Head teacher"), masked_name(of.head_teacher.name)),
        (_("Dates"), f"{of.opens_on:%Y-%m-%d} – {of.closes_on:%Y-%m-%d} · {state_label(of.term, told.at)}"),
        (_("Learners"), str(sum(place.left_at is None for place in told.places))),
        (_("Settlement"), _settled(told)),
        (_("Credited in all"), duration(told.sums.credited_ms)),
        (_("Of this confirmed"), duration(told.sums.confirmed_ms)),
        (_("As of"), moment(told.at)),
    )
    yield Facts(facts)
    yield from _roster(told)
    yield from _refused(told)
    yield from _people(told)
    yield from _proof(told)
    yield SealSpace(_("Seal"), plain(of.institution.name), "")


def _settled(told: Told) -> str:
    found = told.settlement
    match state_of(found):
        case SettlementState.SETTLED if found is not None:
            return _("settled on {day}, confirmed by a second person").format(
                day=f"{learning_day(found.review.at):%Y-%m-%d}"
            )
        case SettlementState.PROPOSED:
            return _("proposed, waits for the second person")
        case _:
            return _("provisional: the class is not settled yet, and the hours may change")


def _roster(told: Told) -> Iterator[Block]:
    yield Heading(_("Roster with hours"))
    known = [(place, told.hours_of(place)) for place in told.places]
    modes = [name for name in MODES if any(hours and name in hours.modes for _place, hours in known)]
    columns = (
        Column("", 5),
        Column(_("Learner"), 30),
        *(Column(_("{mode} (学时)").format(mode=MODE_WORDS[name]), 12, is_figure=True) for name in modes),
        Column(_("Class hours (学时)"), 12, is_figure=True),
        Column(_("Minutes of training"), 12, is_figure=True),
        Column(_("Confirmed online"), 14, is_figure=True),
        Column(_("Corrected by hand"), 12, is_figure=True),
        Column(_("Being looked into"), 12, is_figure=True),
    )
    rows = [_row(number, place, hours, modes) for number, (place, hours) in enumerate(known, 1)]
    found = [hours for _place, hours in known if hours]
    total = (
        "",
        _("Together"),
        *(hours_said(sum(each.modes[name].hours for each in found if name in each.modes)) for name in modes),
        hours_said(sum(each.hours for each in found)),
        str(sum(each.ms // MINUTE_MS for each in found)),
        duration(sum(each.confirmed_ms for each in found)),
        duration(sum(each.corrected_ms for each in found)),
        duration(sum(each.frozen_ms for each in found)),
    )
    yield Table(columns, (*rows, Row(total, is_total=True)))
    notes = (
        _("One class hour (学时) is 45 minutes; names are masked."),
        _("Time that is being looked into (暂缓认定) is not among the hours."),
    )
    yield Text(notes, is_note=True)


def _row(number: int, place: Enrolment, hours: ProvedHours | None, modes: Sequence[str]) -> Row:
    name = plain(masked_name(place.learner.staff_name)) + (_(" (left)") if place.left_at else "")
    if hours is None:
        return Row((str(number), name, *("—" for _mode in modes), "—", "—", "—", "—", "—"))
    return Row(
        (
            str(number),
            name,
            *(hours_said(hours.modes[mode].hours) if mode in hours.modes else "—" for mode in modes),
            hours_said(hours.hours),
            str(hours.ms // MINUTE_MS),
            duration(hours.confirmed_ms),
            duration(hours.corrected_ms) if hours.corrected_ms else "—",
            duration(hours.frozen_ms) if hours.frozen_ms else "—",
        )
    )


def _refused(told: Told) -> Iterator[Block]:
    yield Heading(_("Time that was not counted, by reason"))
    yield _by_reason(told.refused_ms, lambda kind: str(KINDS[kind].label))
    if told.absent_ms:
        yield Heading(_("Of live and practice lessons, by reason"))
        yield _by_reason(told.absent_ms, lambda reason: str(reason_label(reason)))


def _by_reason(found: Counter[str], called: Callable[[str], str]) -> Block:
    if not found:
        return Text((_("None."),))
    columns = (Column(_("Reason"), 60), Column(_("Time"), 40, is_figure=True))
    rows = [Row((called(reason), duration(ms))) for reason, ms in found.most_common()]
    return Table(columns, (*rows, Row((_("Together"), duration(found.total())), is_total=True)))


def _people(told: Told) -> Iterator[Block]:
    yield Heading(_("Checks, appeals, cases, ratings"))
    outcomes = [f"{CHECK_OUTCOMES[outcome]} {times}" for outcome, times in sorted(told.checks.items())]
    waiting, settled = told.appeals
    undecided = sum(filed.decision is None for filed in told.cases)
    yield Facts(
        (
            (_("Random check-ins"), " · ".join(outcomes) or _("None.")),
            (_("Appeals"), _("{settled} settled, {waiting} open").format(settled=settled, waiting=waiting)),
            (
                _("Cases"),
                _("{decided} decided, {waiting} open").format(decided=len(told.cases) - undecided, waiting=undecided),
            ),
            (_("Ratings of the course"), _rated(told.ratings)),
        )
    )


def _rated(ratings: Ratings) -> str:
    shown = average_shown(ratings.average)
    return f"{shown['figure']} · {shown['people']}" if ratings.average.count else str(shown["people"])


def _proof(told: Told) -> Iterator[Block]:
    yield Heading(_("State of the proof"))
    checkpoint, log = told.log.checkpoint, told.log
    facts = [
        (_("Records of the log"), str(log.size)),
        (_("Wait to be sealed"), str(log.waiting) if log.waiting else ""),
    ]
    if checkpoint is not None:
        facts += [
            (
                _("Checkpoint"),
                _("{size} records, {time}").format(size=checkpoint.size, time=moment(from_ms(checkpoint.at_ms))),
            ),
            (_("Root of the checkpoint"), checkpoint.root.hex()),
            (
                _("Countersigned by"),
                "\n".join(
                    f"{seen.witness.title} {moment(seen.signed_at)}"
                    for seen in log.active
                    if seen.signed_at is not None
                ),
            ),
        ]
    yield Facts(tuple(fact for fact in facts if fact[1]))
    yield Text(
        (
            _(
                "What this paper says is read from records that are sealed in the log. Each learner's archive, given out as a ZIP file, is verified by anybody without the platform: the program and the steps stand under /ledger/. A paper proves nothing by itself; the archives do."
            ),
        ),
        is_note=True,
    )
