# SPDX-License-Identifier: MIT
"""Chromium without a window, by the DevTools protocol over a pair of pipes: no port to find."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any


def program() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome")


class Browser:
    """One page of one browser process."""

    def __init__(self, profile: Path) -> None:
        path = program()
        assert path
        read_end, self.commands = os.pipe()
        self.answers, write_end = os.pipe()
        # Chromium wants its pipes as descriptors 3 and 4: bash puts them there.
        high = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (read_end, write_end)]
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            f"--user-data-dir={profile}",
            "--remote-debugging-pipe",
            "about:blank",
        ]
        self.process = subprocess.Popen(
            [
                "bash",
                "-c",
                f'exec "$@" 3<&{high[0]} 4>&{high[1]} {high[0]}<&- {high[1]}>&-',
                "bash",
                path,
                *options,
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=high,
        )
        for each in high:
            os.close(each)
        os.close(read_end)
        os.close(write_end)
        self.waiting = b""
        self.number = 0
        self.session: str | None = None
        targets = self.send("Target.getTargets")["targetInfos"]
        page = next(each["targetId"] for each in targets if each["type"] == "page")
        self.session = self.send("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        self.send("Page.enable")

    def send(self, method: str, **parameters: Any) -> Any:
        self.number += 1
        message: dict[str, Any] = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self.waiting:
                part = os.read(self.answers, 65536)
                assert part, "the browser ended"
                self.waiting += part
            text, _, self.waiting = self.waiting.partition(b"\0")
            answer = json.loads(text)
            if answer.get("id") == self.number:
                assert "error" not in answer, answer
                return answer["result"]

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def until(self, script: str) -> None:
        for _ in range(600):
            if self.run(script):
                return
            time.sleep(0.05)
        raise AssertionError(
            f"never came true: {script}; the page has {self.run('document.body.innerText')!r}"
        )

    def open(self, address: str) -> None:
        """The page anew, when it shows what the address names."""
        self.send("Page.navigate", url="about:blank")
        self.send("Page.navigate", url=address)
        self.until(
            f"location.href === {json.dumps(address)} && document.body?.dataset.shows === location.hash"
        )

    def click(self, text: str) -> None:
        """The first link of this text; waits until the page shows what it leads to."""
        found = f"[...document.querySelectorAll('a')].find((each) => each.textContent === {json.dumps(text)})"
        self.until(f"{found} !== undefined")
        self.run(f"{found}.click()")
        self.until("document.body.dataset.shows === location.hash")

    def text(self, selector: str = "body") -> str:
        return self.run(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''")

    def close(self) -> None:
        self.session = None
        self.send("Browser.close")
        self.process.wait(timeout=60)
        os.close(self.commands)
        os.close(self.answers)
