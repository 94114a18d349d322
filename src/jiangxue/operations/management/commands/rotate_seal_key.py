"""Seal everything anew under the current sealing key (更换封存密钥). docs/keys.md says when and how."""

from collections.abc import Iterable, Iterator

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.djangokit.resealing import Step
from jiangxue.operations.errors import KeyIsUnproven, KeysAreLacking, MayNotReseal, OperationsRefusal, WrongKey
from jiangxue.operations.queries import SealingKeys, sealing_keys
from jiangxue.operations.services.rotating import Rotation, require_rotatable, rotate_seal_key

_SAID_EVERY = 10_000
_NAMED = 20


class Command(BaseCommand):
    """Seal everything anew under the current key; may be killed and begun again. Exit status 1 when something is left."""

    help = "Seal everything anew under the current sealing key, while the platform runs. Run it as jiangxue_owner, as `migrate`."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to count only, and the proof that the platform has the same key."""
        parser.add_argument("--check", action="store_true", help="count what each key seals, and change nothing")
        parser.add_argument(
            "--fingerprint",
            default="",
            metavar="DIGITS",
            help="fingerprint of the current key, as the administrators' page 平台状态 shows it; needed while nothing is sealed under it",
        )

    def handle(self, *args: object, check: bool, fingerprint: str, **options: object) -> None:
        """Count, seal anew, count again."""
        self._say(_counts(sealing_keys()))
        try:
            if check:
                return self._say(_conclusion(require_rotatable(fingerprint)))
            rotation = rotate_seal_key(fingerprint=fingerprint, clock=DatabaseClock(), said=_Progress(self))
        except OperationsRefusal as refusal:
            raise CommandError(f"{_why(refusal)} Nothing was changed.") from None
        return self._end(rotation)

    def _end(self, rotation: Rotation) -> None:
        self._say([f"sealed anew: {rotation.resealed}", *_counts(rotation.keys), *_conclusion(rotation.keys)])
        for column, row in sorted(rotation.unopened, key=str)[:_NAMED]:
            self._say([f"does not open: {column} of row {row}"])
        if rotation.unopened:
            raise CommandError(
                f"{len(rotation.unopened)} values do not open under any key here: they were altered, moved or sealed under another"
                " key. They were left as they are; bring them back from a backup. Taking the old key away loses nothing more of them."
            )
        if not rotation.is_complete:
            raise CommandError(
                "A program still seals under another key: start all of them with the same keys, then run this again."
            )

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)
        self.stdout.flush()


class _Progress:
    """Says now and then how far it is."""

    def __init__(self, command: Command) -> None:
        self._command, self._title, self._done, self._said = command, "", 0, 0

    def __call__(self, step: Step) -> None:
        if step.title != self._title:
            self._title, self._done, self._said = step.title, 0, -_SAID_EVERY
        self._done += step.resealed
        if self._done - self._said >= _SAID_EVERY:
            self._said = self._done
            self._command.stdout.write(f"{self._title}: {self._done}")
            self._command.stdout.flush()


def _counts(keys: SealingKeys) -> Iterator[str]:
    for column, counted in keys.columns.items():
        said = [f"{'no sealed value' if number is None else f'key {number}'}: {counted[number]}" for number in counted]
        yield f"{column}  {', '.join(sorted(said)) or 'empty'}"


def _conclusion(keys: SealingKeys) -> Iterator[str]:
    yield f"key {keys.current} is the current one; under others are sealed: {keys.waiting}"
    for number in keys.removable:
        yield f"key {number} seals nothing any more: once every program runs without sealing under it, it may be taken away"


def _why(refusal: OperationsRefusal) -> str:
    match refusal:
        case KeysAreLacking(values=values):
            named = ", ".join(f"key {number} ({count} values)" for number, count in sorted(values.items()))
            return f"These keys still seal something and are not configured here: {named}. Name them in JIANGXUE_SEAL_KEYS."
        case WrongKey(number=number):
            return f"Key {number} is another one than the platform's: nothing that was tried opens under it, or its fingerprint differs."
        case KeyIsUnproven():
            return (
                "Nothing is sealed under the current key yet, so nothing shows that the platform has the same one as this terminal."
                " Start every program with it, read its fingerprint on the page 平台状态, and give it with --fingerprint."
            )
        case MayNotReseal(columns=columns):
            return f"This role of the database may not change {', '.join(columns)}: run it as jiangxue_owner, as `migrate`."
    return str(refusal)
