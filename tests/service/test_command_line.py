# SPDX-License-Identifier: MIT
from __future__ import annotations

import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from kernel_client import Service, newest_build


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--database"],
        ["--database", "{file}", "--port", "x"],
        ["--database", "{file}", "--port", "65536"],
        ["--database", "{file}", "--keepalive", "0"],
        ["--database", "{file}", "--verbose", "1"],
    ],
)
def test_wrong_usage(tmp_path: Path, arguments: list[str]) -> None:
    file = tmp_path / "kernel.db"
    command = [str(newest_build()), *(each.format(file=file) for each in arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: kernel_service --database FILE")
    assert not file.exists()


@pytest.mark.parametrize("value", ["", "-1", "x", "7 days", "1.5", "36501", "99999999999999999999"])
def test_days_that_are_none(tmp_path: Path, value: str) -> None:
    file = tmp_path / "kernel.db"
    command = [str(newest_build()), "--database", str(file), "--keep-days", value]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    cure = "--keep-days has to be a whole number of days, 1 to 36500, or 0 to remove nothing: "
    assert done.stderr == f"kernel_service: {cure}{value}\n"
    assert not file.exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [("--database", "/nowhere/kernel.db"), ("--listen", "nowhere"), ("--apps", "/nowhere")],
)
def test_what_cannot_be_started(tmp_path: Path, option: str, value: str) -> None:
    command = [str(newest_build()), "--database", str(tmp_path / "kernel.db"), "--port", "0", option, value]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("kernel_service: ")


@pytest.mark.parametrize(
    ("arguments", "cure"),
    [
        (["--listen", "localhost"], "--listen has to be an address, such as 127.0.0.1"),
        (["--listen", "192.0.2.1"], "choose another one by --port (0: any that is free) or --listen"),
    ],
)
def test_addresses_that_are_none_of_this_machine(tmp_path: Path, arguments: list[str], cure: str) -> None:
    command = [str(newest_build()), "--database", str(tmp_path / "kernel.db"), "--port", "0", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert cure in done.stderr
    assert arguments[1] in done.stderr


def test_the_file_is_for_its_owner_and_the_port_for_this_machine(start: Callable[..., Service]) -> None:
    service = start()
    assert stat.S_IMODE(service.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(service.file.parent.stat().st_mode) == 0o700
    listening = Path("/proc/net/tcp").read_text()
    assert f"0100007F:{service.port:04X} 00000000:0000 0A" in listening
    assert f"00000000:{service.port:04X} 00000000:0000 0A" not in listening
