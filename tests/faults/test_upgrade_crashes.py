# SPDX-License-Identifier: MIT
"""promptforge_db killed while it upgrades: the next start completes, and leaves what an undisturbed
upgrade leaves, to the row."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from crashes import KILLED, Content, FaultPoints, Wreck, fresh_copy, kill_after, processor_seconds, side_files
from legacy_files import MIGRATIONS, Program, assert_upgraded, fill, query
from legacy_schema import create, entries_of_era


@dataclass
class Undisturbed:
    before: Path
    after: Path
    content: Content
    command: list[str]
    file: Path  # the command's

    def start_again(self, program: Program) -> None:
        """The next start completes what was begun, and nothing tells that it was."""
        done = program.run("upgrade", self.file)
        assert done.returncode == 0, done.stderr
        assert side_files(self.file) == []
        assert Content(self.file, self.before).differences(self.content) == []
        assert program.run("verify", self.file).returncode == 0


@pytest.fixture(scope="module")
def undisturbed(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("old")
    before = folder / "before.db"
    create(str(before), entries_of_era(38), "orm", kernel="orm")
    # Five hours ahead: no run of the file becomes stale while the tests run.
    fill(before, 1500, datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=5))
    after = fresh_copy(before, folder / "undisturbed" / "legacy.db")
    done = program.run("upgrade", after)
    assert done.returncode == 0, done.stderr
    assert side_files(after) == [], "an undisturbed upgrade leaves nothing beside the file"
    assert_upgraded(before, after)
    file = folder / "run" / "legacy.db"
    return Undisturbed(before, after, Content(after, before), [str(program.path), "upgrade", str(file)], file)


def moments(count: int, first: float, last: float) -> Iterator[float]:
    """Random, and spread evenly."""
    seed = os.environ.get("FAULT_SEED", "7")
    print(f"FAULT_SEED={seed}")
    pick = random.Random(seed)
    for number in range(count):
        yield first + (last - first) * (number + pick.random()) / count


def test_a_second_undisturbed_upgrade_has_the_same_content(
    program: Program, undisturbed: Undisturbed
) -> None:
    """Otherwise the comparisons below would say nothing."""
    fresh_copy(undisturbed.before, undisturbed.file)
    undisturbed.start_again(program)


def test_killed_at_random_moments(program: Program, undisturbed: Undisturbed, tmp_path: Path) -> None:
    kills = 200 if pytest.full else 20
    runs = []
    for _ in range(3):
        fresh_copy(undisturbed.before, undisturbed.file)
        runs.append(processor_seconds(undisturbed.command))
    loading = processor_seconds([str(program.path), "--help"])
    landed = 0
    reached: list[int] = []
    for moment in moments(kills, loading, min(runs)):
        fresh_copy(undisturbed.before, undisturbed.file)
        end = kill_after(undisturbed.command, moment)
        assert end in (0, KILLED)
        wreck = Wreck.of(undisturbed.file, tmp_path / "wreck")
        begun = wreck.applied > 0 or wreck.size > 0
        landed += end == KILLED and begun and not (wreck.applied == len(MIGRATIONS) and wreck.size == 0)
        reached.append(wreck.applied)
        undisturbed.start_again(program)
    times = ", ".join(f"{seconds:.3f}" for seconds in runs)
    print(f"{landed} of {kills} kills inside the upgrade; undisturbed runs took {times} s of processor time")
    print(f"migrations on record when it was killed: {sorted(reached)}")
    assert landed >= 0.8 * kills
    assert len(set(reached)) >= 5, "the kills hit different migrations"


@pytest.mark.parametrize("kind", ["kill", "torn"])
def test_killed_between_two_operations_on_files(
    program: Program, undisturbed: Undisturbed, fault_points: FaultPoints, kind: str
) -> None:
    fresh_copy(undisturbed.before, undisturbed.file)
    operations = fault_points.count(undisturbed.command, undisturbed.file)
    points = 150 if pytest.full else 4
    landed = 0
    for number in range(points):
        at = 1 + number * (operations - 1) // (points - 1)
        fresh_copy(undisturbed.before, undisturbed.file)
        done = program.run(
            "upgrade", undisturbed.file, env=fault_points.environment(undisturbed.file, kind, at)
        )
        assert done.returncode in (0, KILLED), (at, done.stderr)
        landed += done.returncode == KILLED
        undisturbed.start_again(program)
    assert landed >= points - 1, "a run may have an operation less than the one that was counted"


def test_killed_again_and_again(program: Program, undisturbed: Undisturbed) -> None:
    """Each start gets a little further than the one before."""
    fresh_copy(undisturbed.before, undisturbed.file)
    whole = processor_seconds(undisturbed.command)
    fresh_copy(undisturbed.before, undisturbed.file)
    ends = [kill_after(undisturbed.command, whole / 5) for _ in range(4)]
    assert KILLED in ends
    undisturbed.start_again(program)


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM prompt_versions WHERE rowid = 5",
        "INSERT INTO prompt_versions SELECT 'again', prompt_id, version + 1000, content, optimization_id, "
        "created_at FROM prompt_versions LIMIT 1",
        "UPDATE prompts SET content = content || ' ' WHERE rowid = (SELECT max(rowid) FROM prompts)",
        "UPDATE optimizations SET prompt_id = NULL WHERE rowid = (SELECT max(rowid) FROM optimizations "
        "WHERE prompt_id IS NOT NULL)",
        "DROP INDEX ix_prompts_project_id",
    ],
)
def test_the_comparison_notices(undisturbed: Undisturbed, tmp_path: Path, harm: str) -> None:
    """The instrument itself: a lost row, a doubled one, a changed cell, a lost link, a lost index."""
    harmed = fresh_copy(undisturbed.after, tmp_path / "harmed" / "legacy.db")
    query(harmed, harm)
    assert Content(harmed, undisturbed.before).differences(undisturbed.content)
