# SPDX-License-Identifier: MIT
"""FORGE_DB_FULL=1 (`make test-full`) gives sweeps their full counts; FAULT_SEED chooses other moments."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from crashes import FaultPoints
from legacy_files import legacy, program  # noqa: F401


def pytest_configure() -> None:
    pytest.full = os.environ.get("FORGE_DB_FULL", "0") not in ("", "0")


@pytest.fixture(scope="session")
def fault_points(tmp_path_factory: pytest.TempPathFactory) -> FaultPoints:
    return FaultPoints(tmp_path_factory.mktemp("fault_points"))
