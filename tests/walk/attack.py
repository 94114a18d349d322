"""Whoever asks for what is not theirs: who they are, what belongs to whom, and what they changed by asking."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.walk.addresses import Address
from tests.walk.answers import Answer, Walker, nobody, walker
from tests.walk.rows import Rows, jobs_since, references_of, rows_written, undone, written
from tests.walk.sides import Side
from tests.walk.world import World

OF_JOBS = {
    "export_id": "reporting_export",
    "recomputation_id": "learning_recomputation",
    "upload_id": "courseware_upload",
    "version_id": "courseware_courseversion",
}
"""What the jobs are given that pages ask for, and in which table it stands; a new one is missed here by its name."""


@dataclass(frozen=True)
class Stranger:
    """Somebody of a side to whom what is of another side, or of their own, is nobody's business; `of` says which arguments name such things (none: all)."""

    side: str
    who: str
    other: str = "west"
    of: frozenset[str] = frozenset()

    def __str__(self) -> str:
        """Return what a test is called by."""
        return f"{self.side}.{self.who}-{self.other}"

    def attacks(self, world: World) -> "Attack":
        """Return them with their browser."""
        own, other = getattr(world, self.side), getattr(world, self.other)
        return Attack(walker(own, self.who), own, other, world.rows, world.last_job, self.of)


@dataclass(frozen=True)
class Attack:
    """A stranger who sends what was harvested from those whose it is."""

    who: Walker
    own: Side
    other: Side
    before: Rows
    last_job: int
    of: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_inside(self) -> bool:
        """Say whether they ask for what is of their own side, whose name every page of theirs shows."""
        return self.own is self.other

    def names_in(self, text: str) -> list[str]:
        """Return the names of the others in a text."""
        return [] if self.is_inside else self.other.names.pattern.findall(text)

    def may_call(self, address: Address) -> bool:
        """Say whether the guard of roles lets them through to something that is not theirs."""
        return address.may_be_called_by(self.who.role) and bool(self.foreign(address))

    def foreign(self, address: Address) -> tuple[str, ...]:
        """Return the arguments that name something which is not theirs."""
        return tuple(each for each in address.owned if not self.of or each in self.of)

    def sends(
        self, address: Address, keys: Mapping[str, object], data: Mapping[str, object] | None, *, may_add: bool = False
    ) -> tuple[Answer, list[str]]:
        """Send a form, or only look where it is None; return the answer, and what was changed; where something may be added, what of it touches the others."""
        with undone():
            answer = self.who.look(address.url(keys), data)
            harm = self._harm(may_add=may_add)
        return answer, harm

    def _harm(self, *, may_add: bool) -> list[str]:
        found = []
        for table, key in rows_written(self.before):
            if not may_add or key in self.other.rows[table]:
                found.append(f"changes {table} {key}")
            elif columns := references_of(table, key, self.other.rows):
                found.append(f"adds {table} {key}, which refers to others by {columns}")
        return [*found, *self._asked(may_add=may_add)]

    def _asked(self, *, may_add: bool) -> Iterator[str]:
        """Yield the jobs that were asked for and would act on what is of others: they see all, and no page stands before them."""
        for given in jobs_since(self.last_job) if "procrastinate_jobs" in written() else ():
            of_others = [name for name, key in given.items() if str(key) in self.other.rows[OF_JOBS[name]]]
            if of_others or not may_add:
                yield f"asks for a job with {given}"


_OF_A_CLASS = frozenset(
    {"class_id", "enrolment_id", "item_id", "session_id", "appeal_id", "check_id", "case_id", "code", "picture_id"}
)
_OF_A_LEARNER = frozenset(
    {"session_id", "attempt_id", "appeal_id", "check_id", "case_id", "picture_id", "notice_id", "request_id"}
)
_OF_AN_AUTHORITY = frozenset({"draw_id", "membership_id", "invitation_id", "export_id"})
STRANGERS = (
    *(
        Stranger("east", who)
        for who in ("administrator", "head", "teacher", "editor", "reviewer", "officer", "district", "learner")
    ),
    *(Stranger("works", who) for who in ("administrator", "learner")),
    Stranger("west", "learner", "east"),
    Stranger("east", "district", "works"),
)
"""Who is nobody on another side, whatever they are on their own; the last is of the same city, and of another district."""
INSIDERS = (
    Stranger("west", "aside", "west", _OF_A_CLASS),
    Stranger("west", "mate", "west", _OF_A_LEARNER),
    Stranger("west", "district", "west", _OF_AN_AUTHORITY),
)
"""Who belongs to a side, and not to what some arguments name there: a teacher of other classes, a learner of the same class, the district below the city."""
ROLES = (
    *("administrator", "head", "teacher", "editor", "reviewer", "officer", "learner"),
    *("system", "security", "auditor"),
)
"""Somebody of each role, who is turned away from the pages of all others."""


def outsider(world: World, who: str) -> Attack:
    """Return somebody of the east, or somebody who is not signed in, before the west."""
    looks = nobody() if who == "nobody" else walker(world.east, who)
    return Attack(looks, world.east, world.west, world.rows, world.last_job)
