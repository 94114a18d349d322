"""Prints what was measured as tables of Markdown, and what follows for many learners by arithmetic alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from scripts.bench_storage.sizes import Dump, Size
from scripts.terminal import say

BEATS = "single beats"
_GROUPS = {
    BEATS: ("learning_beat",),
    "segments, beats packed in them": ("learning_segment",),
    "checks and verdicts": ("learning_check", "learning_verdict"),
    "sealed payloads of the ledger": ("ledger_payload",),
    "entries and tiles of the ledger": ("ledger_entry", "ledger_tile"),
}
REST = "the rest"
LEARNERS, HOURS_EACH, YEARS = 1_000_000, 60, 5


@dataclass(frozen=True, slots=True)
class PerUnit:
    """What tables grew by for each learner, enrolment, hour and settled place, in bytes, and what a backup and papers take."""

    learner: Mapping[str, Size]
    enrolment: Mapping[str, Size]
    hours: Mapping[str, Size]
    settled: Mapping[str, Size]


@dataclass(frozen=True, slots=True)
class Count:
    """How many there were."""

    learners: int
    hours: float


@dataclass(frozen=True, slots=True)
class Given:
    """Sizes of what is given out of one archive of so many hours, in bytes; None where it could not be made."""

    hours: float
    zip: int
    of_it_entries: int
    pdf: int | None


def group_of(table: str) -> str:
    """Return the group in which a table is reported."""
    return next((name for name, tables in _GROUPS.items() if table in tables), REST)


def grouped(tables: Mapping[str, Size]) -> dict[str, int]:
    """Return the bytes of each group, in the order in which groups are reported."""
    found = dict.fromkeys((*_GROUPS, REST), 0)
    for name, size in tables.items():
        found[group_of(name)] += size.whole
    return found


def say_tables(tables: Mapping[str, Size], rows: Mapping[str, int], hours: float) -> None:
    """Print what each table takes for an hour, largest first within its group."""
    say("\n| bytes for each learner-hour | rows | heap | indexes | TOAST | together |\n|---|---|---|---|---|---|")
    for group, whole in grouped(tables).items():
        own = {name: size for name, size in tables.items() if group_of(name) == group}
        for name, size in sorted(own.items(), key=lambda item: -item[1].whole):
            cells = (size.heap, size.indexes, size.toast, size.whole)
            say(f"| {name} | {rows[name] / hours:.1f} | " + " | ".join(f"{each / hours:,.0f}" for each in cells) + " |")
        say(f"| **{group}** | | | | | **{whole / hours:,.0f}** |")
    say(f"| **all** | | | | | **{_whole(tables) / hours:,.0f}** |")


def say_constants(found: PerUnit, count: Count) -> None:
    """Print what does not grow with the hours."""
    say("\n| constant, bytes | account, identity, consents | place in a class | its settlement |\n|---|---|---|---|")
    parts = [grouped(each) for each in (found.learner, found.enrolment, found.settled)]
    for group in parts[0]:
        if any(part[group] for part in parts):
            say(f"| {group} | " + " | ".join(f"{part[group] / count.learners:,.0f}" for part in parts) + " |")
    say("| **all** | " + " | ".join(f"**{sum(part.values()) / count.learners:,.0f}**" for part in parts) + " |")


def say_given(archives: list[Given]) -> None:
    """Print what is given out of an archive, on average."""
    hours = sum(each.hours for each in archives)
    zips, entries = sum(each.zip for each in archives), sum(each.of_it_entries for each in archives)
    pdfs = [each.pdf for each in archives if each.pdf is not None]
    say(f"\n| given out of an archive of {hours / len(archives):.1f} h | bytes | bytes an hour |\n|---|---|---|")
    say(f"| ARCHIVE.zip | {zips / len(archives):,.0f} | {zips / hours:,.0f}, of it entries {entries / hours:,.0f} |")
    if pdfs:
        say(f"| PDF | {sum(pdfs) / len(pdfs):,.0f} | {sum(pdfs) / len(pdfs) / hours * len(archives):,.0f} |")
    else:
        say("| PDF | not made: no Chinese font is installed | |")


def say_backup(found: PerUnit, count: Count, dump: Dump) -> None:
    """Print what a backup takes of what the hours have added to the database."""
    say("\n| backup (pg_dump, custom format) of the same hours | bytes an hour | of the database's |\n|---|---|---|")
    for name, bytes_ in (("whole", dump.whole), ("without single beats", dump.without_beats)):
        say(f"| {name} | {bytes_ / count.hours:,.0f} | {bytes_ / _whole(found.hours):.2f} |")


def say_arithmetic(found: PerUnit, count: Count, dump: Dump) -> None:
    """Print what a million learners take, by arithmetic."""
    hours = LEARNERS * HOURS_EACH
    groups = {name: bytes_ / count.hours * hours for name, bytes_ in grouped(found.hours).items()}
    groups["constant"] = sum(map(_whole, (found.learner, found.enrolment, found.settled))) / count.learners * LEARNERS
    say(f"\n| {LEARNERS:,} learners x {HOURS_EACH} h, TB | with single beats | without |\n|---|---|---|")
    for name, bytes_ in groups.items():
        say(f"| {name} | {_tb(bytes_)} | {'' if name == BEATS else _tb(bytes_)} |")
    whole = sum(groups.values())
    databases = (whole, whole - groups[BEATS])
    backups = [each / count.hours * hours for each in (dump.whole, dump.without_beats)]
    everything = [2 * each + backup for each, backup in zip(databases, backups, strict=True)]
    for name, values in {
        "database": databases,
        "with its synchronous copy": [2 * each for each in databases],
        "one backup": backups,
        "database, copy and one backup": everything,
        f"as much each year, after {YEARS} years: database": [YEARS * each for each in databases],
        f"after {YEARS} years: database, copy and one backup": [YEARS * each for each in everything],
    }.items():
        say(f"| **{name}** | " + " | ".join(f"**{_tb(each)}**" for each in values) + " |")


def _whole(tables: Mapping[str, Size]) -> int:
    return sum(size.whole for size in tables.values())


def _tb(bytes_: float) -> str:
    return f"{bytes_ / 1e12:.2f}"
