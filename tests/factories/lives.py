"""A whole life of an archive: one learner's way through a class in which everything happens that leaves evidence, by the services that pages use."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from jiangxue.accounts.models import Account
from jiangxue.accounts.rules.consents import Purpose
from jiangxue.accounts.services.consents import withdraw_consent
from jiangxue.archive.rules.freezes import Days
from jiangxue.archive.services.settling import Because, Review, propose, review, settle_again
from jiangxue.assessment.services import end_lapsed
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.services.versions import show_no_more
from jiangxue.enrolment.evidence import append_agreements, append_consent, verify_learner
from jiangxue.enrolment.queries import place_for
from jiangxue.enrolment.services import adopt_version
from jiangxue.facecheck.rules.allowances import Allowance
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.facecheck.services.allowances import Wish
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.learning.models import Check, Lease, StudySession
from jiangxue.learning.rules.face_reviews import ReviewStep
from jiangxue.learning.rules.shapes import Flag
from jiangxue.learning.services.allowances import arrange
from jiangxue.learning.services.answering import CheckAnswer, answer_check, show_check
from jiangxue.learning.services.appealing import open_appeal
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.facing import begin_face, hear_face
from jiangxue.rating.rules.drafts import Standing
from jiangxue.rating.services.deciding import SeenComment, hide_comment, show_comment
from tests.factories import cases, people, supervising
from tests.factories.appeals import LEAVE, administrator, draft_of, proposed, reviewed, silent_session
from tests.factories.assessment import begun, submitted, with_test
from tests.factories.attendance import item, objects
from tests.factories.attendance import reviews as signs_roll
from tests.factories.attendance import signs as signs_in
from tests.factories.attendance import states as calls_roll
from tests.factories.classes import Classroom, classroom, published
from tests.factories.enrolled_faces import compared
from tests.factories.face_cases import says
from tests.factories.facing import came_to, chooses_staff, enrolled
from tests.factories.identity import NOT_SEEN, SENT_BACK, signs, states
from tests.factories.learning import opened, watched
from tests.factories.policies import set_rule
from tests.factories.ratings import moderator, rated
from tests.factories.words import word_list

AN_HOUR = 3_600_000
UP_TO_A_CHECK = 51
"""Beats of 30 s until the rule asks, at the latest."""


@dataclass(frozen=True)
class Life:
    """Whose life it is, by which clock, and the second person of the institution."""

    room: Classroom
    clock: HandClock
    second: Account

    def withdraw(self) -> None:
        """Agree no longer to having comments shown."""
        said = withdraw_consent(
            account_id=self.room.learner.pk, purpose=Purpose.COMMENTS, by=PROGRAM, now=self.clock.now()
        )
        assert said is not None
        append_consent(said, now=self.clock.now())

    def learn(self, *, answers: bool) -> StudySession:
        """Learn until a check is asked; answer it, or let it pass and be signed out."""
        session = opened(self.room, self.clock)
        for _ in range(UP_TO_A_CHECK):
            if Lease.objects.get(pk=self.room.learner.pk).asked_at_ms is None:
                watched(session, self.clock, 1)
        if answers:
            self.answer()
            watched(session, self.clock, 1, flags=LEAVE)
        else:
            self.clock.advance(10 * 60_000)
        end_overdue(clock=self.clock)
        return session

    def answer(self) -> None:
        """Answer the open check rightly."""
        shown = show_check(self.room.viewer, clock=self.clock, chance=lambda: 0.5)
        assert shown is not None
        right = Check.objects.get(pk=shown.check).prompt["right"]
        answer_check(
            self.room.viewer,
            CheckAnswer(shown.check, shown.nonce, right, 4_000),
            clock=self.clock,
            chance=lambda: 0.999_999,
        )

    def show_face(self) -> None:
        """Let the class check faces for an hour: have more time arranged, enrol one, have it compared with the document, begin to learn, and show it twice until it is confirmed."""
        learner, head = self.room.learner, people.viewer(self.room.head_teacher)
        place = place_for(head, self.room.training_class.pk, self.room.enrolment.pk)
        wish = Wish(Allowance(more_time=True), "本人说明动作较慢", after=0)
        arrange(head, place, wish, by=PROGRAM, now=self.clock.now())
        enrolled(learner, self.clock.now(), archives=[self.room.enrolment.aid])
        set_rule(self.room, self.clock.now(), face_checks=1)
        compared(head, self.room, self.clock)
        self.review_face()
        session = opened(self.room, self.clock)
        self.try_face(AttemptOutcome.AGAIN)
        self.try_face(AttemptOutcome.PASSED)
        watched(session, self.clock, 1, flags=LEAVE)
        end_overdue(clock=self.clock)
        set_rule(self.room, self.clock.now(), face_checks=0)

    def seen_by_staff(self) -> None:
        """Decline to show a face, learn for some minutes, and be seen by two persons: the first statement is sent back."""
        set_rule(self.room, self.clock.now(), face_checks=1)
        chooses_staff(self.room.learner, self.clock.now())
        session = opened(self.room, self.clock)
        self.answer()
        watched(session, self.clock, 4, flags=LEAVE)
        end_overdue(clock=self.clock)
        head, second = people.viewer(self.room.head_teacher), people.viewer(self.second)
        states(head, self.room, self.clock, NOT_SEEN)
        signs(second, self.room, self.clock, SENT_BACK)
        states(head, self.room, self.clock, after=1)
        signs(second, self.room, self.clock, after=2)

    def review_face(self) -> None:
        """Show a face that is not seen well three times, and have people say who it was."""
        opened(self.room, self.clock)
        for _ in range(3):
            self.try_face(AttemptOutcome.AGAIN)
        unclear = Check.objects.get(outcome="unclear")
        head, second = people.viewer(self.room.head_teacher), people.viewer(self.second)
        says(head, unclear, ReviewStep.DOUBTED, self.clock)
        says(second, unclear, ReviewStep.SENT_BACK, self.clock, after=1)
        says(head, unclear, ReviewStep.CONFIRMED, self.clock, after=2)

    def asked(self) -> str:
        """Return the open check."""
        shown = show_check(self.room.viewer, clock=self.clock, chance=lambda: 0.5)
        assert shown is not None
        return shown.check

    def begin_face(self) -> str:
        """Begin an attempt at the open check."""
        check = self.asked()
        begin_face(self.room.viewer, check, device="电脑 · Chrome", address="198.51.100.7", clock=self.clock)
        return check

    def try_face(self, outcome: AttemptOutcome) -> None:
        """Show a face to the open check once."""
        check = self.begin_face()
        self.clock.advance(5_000)
        came_to(self.room.learner, outcome, self.clock.now())
        hear_face(self.room.viewer, check, clock=self.clock, chance=lambda: 0.999_999)

    def appeal(self) -> UUID:
        """Lose a minute, appeal, have the first proposal sent back and the second approved."""
        found = open_appeal(
            self.room.viewer, draft_of(silent_session(self.room, self.clock), self.clock), clock=self.clock
        )
        viewer = people.viewer(self.second)
        proposed(self.room, self.clock, found.pk, None)
        reviewed(viewer, self.clock, found.pk, approves=False)
        proposed(self.room, self.clock, found.pk, 60_000, after=2)
        reviewed(viewer, self.clock, found.pk, after=3)
        return found.pk

    def look_into_hours(self) -> None:
        """Have the hours of some days looked into: asked on, explained by both sides, a proposal against a day sent back, and decided that all stand."""
        now, day = self.clock.now(), learning_day(self.clock.now())
        first, second = (people.viewer(cases.officer(now, name=name)) for name in ("陈科员", "林科长"))
        case = cases.opened_case(first, self.room, self.clock, Days(day - timedelta(days=30), day))
        cases.explained(self.room.viewer, case.pk, self.clock, pictures=(b"picture",))
        cases.explained(people.viewer(self.room.head_teacher), case.pk, self.clock)
        cases.asks_on(first, case.pk, self.clock)
        cases.proposes(first, case.pk, self.clock, day)
        cases.decides(second, case.pk, self.clock, approves=False)
        cases.proposes(first, case.pk, self.clock)
        cases.decides(second, case.pk, self.clock)

    def finish(self) -> None:
        """Learn the lesson to its end and answer the check that this asks."""
        session = opened(self.room, self.clock)
        for _ in range(UP_TO_A_CHECK * 3):
            lease = Lease.objects.get(pk=self.room.learner.pk)
            if lease.asked_at_ms is not None:
                self.answer()
            if lease.end_reason or lease.session_id is None:
                break
            watched(session, self.clock, 1, flags=Flag.ENDED if lease.reached_ms >= lease.length_ms else 0)
        end_overdue(clock=self.clock)

    def tests(self) -> None:
        """Fail the test, let an attempt expire, have one withdrawn with its course, and pass by the newer version."""
        submitted(self.room, begun(self.room, self.clock), self.clock, 1)
        begun(self.room, self.clock)
        self.clock.advance(61 * 60_000)
        end_lapsed(clock=self.clock)
        begun(self.room, self.clock)
        show_no_more(course_id=self.room.training_class.course_id, now=self.clock.now())
        self.clock.advance(61 * 60_000)
        end_lapsed(clock=self.clock)
        published(self.room.training_class.course, self.clock.now())
        adopt_version(
            viewer=people.viewer(self.second), class_id=self.room.training_class.pk, by=PROGRAM, now=self.clock.now()
        )
        self.clock.advance(24 * 3_600_000)
        submitted(self.room, begun(self.room, self.clock), self.clock, 4)

    def rate(self) -> None:
        """Rate with a word at which a person must look, change it, and have it hidden."""
        now = self.clock.now()
        word_list(now)
        decider = people.viewer(moderator(now))
        self.room.enrolment.training_class.refresh_from_db()
        held = rated(self.room.enrolment, now, 4, "想学的加微信")
        show_comment(viewer=decider, seen=_seen(held), by=PROGRAM, now=now)
        changed = rated(self.room.enrolment, now, 2, "讲得太快，加微信")
        hide_comment(viewer=decider, seen=_seen(changed), reason="广告", by=PROGRAM, now=now)

    def attend(self) -> None:
        """Sign in to a practice lesson, not out of it, say that this is wrong, and have two persons state who was there; the first statement is sent back."""
        of = item(self.room, self.clock.now())
        signs_in(self.room.learner, of, self.clock)
        self.clock.at = of.ends_at
        objects(self.room.learner, of, self.clock)
        head, second = people.viewer(self.room.head_teacher), people.viewer(self.second)
        calls_roll(head, of, self.clock, None)
        signs_roll(second, of, self.clock, agrees=False)
        calls_roll(head, of, self.clock, (of.starts_at, of.ends_at - timedelta(minutes=45)), {self.room.enrolment: 1})
        signs_roll(second, of, self.clock)

    def settle(self) -> None:
        """Let the class end and be settled by two persons."""
        self.room.training_class.refresh_from_db()
        self.clock.at = self.room.training_class.term.closes_at + timedelta(hours=1)
        self.settle_now()

    def settle_now(self) -> None:
        """Let two persons settle the class, which is over."""
        head, second = people.viewer(self.room.head_teacher), people.viewer(self.second)
        with people.looking(head):
            found = propose(head, self.room.training_class.pk, by=PROGRAM, clock=self.clock)
        said = Review(found.ordinal, confirms=True, text="")
        with people.looking(second):
            review(second, self.room.training_class.pk, said, by=PROGRAM, clock=self.clock)


def _seen(rating: object) -> SeenComment:
    return SeenComment(rating.pk, rating.serial, Standing(rating.standing))  # type: ignore[attr-defined]


def life(clock: HandClock) -> Life:
    """Make a class of one lesson of an hour, with a test, which runs for some months from three weeks ago on."""
    today = learning_day(clock.now())
    term = today - timedelta(days=21), today + timedelta(days=200)
    room = classroom(clock.now(), lesson_ms=AN_HOUR, lessons=1, term=term)
    append_agreements([room.enrolment], now=clock.now())
    verify_learner(room.learner.pk, by=PROGRAM, now=clock.now())
    with_test(room, clock.now())
    return Life(room, clock, administrator(room, clock))


def life_begun(clock: HandClock) -> Life:
    """Make a class whose learner has learned until a check, and answered it."""
    found = life(clock)
    found.learn(answers=True)
    return found


def life_learned(clock: HandClock) -> Life:
    """Make a class whose learner has learned the whole lesson in one day and passed its test."""
    found = life(clock)
    found.finish()
    found.tests()
    return found


def whole_life(clock: HandClock) -> Life:
    """Let everything happen that leaves evidence."""
    found = life(clock)
    found.withdraw()
    found.seen_by_staff()
    found.clock.advance(24 * 3_600_000)
    found.show_face()
    found.learn(answers=True)
    found.learn(answers=False)
    found.look_into_hours()
    supervising.one_of_each(found.room, found.clock)
    found.clock.advance(24 * 3_600_000)
    appeal_id = found.appeal()
    found.finish()
    found.tests()
    found.rate()
    found.attend()
    found.settle()
    persons = found.room.head_teacher.pk, found.second.pk
    settle_again(found.room.enrolment.pk, because=Because(appeal=appeal_id), persons=persons, now=clock.now())
    return found
