"""``ambassador run`` says as JSON what it opens, and leaves stdout to that alone."""

import json
import os
import signal
import subprocess
import sys
import threading
from typing import Any

import pytest

from ambassador.cli.main import main
from ambassador.cli.workspace import running


def test_what_is_opened_is_the_only_thing_on_stdout(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    started: list[list[str]] = []
    real = subprocess.Popen

    def talkative(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        started.append(command)
        return real([sys.executable, "-c", "print('You can now view your app')"], **options)

    monkeypatch.setattr(running.subprocess, "Popen", talkative)
    assert main(["--database", sqlite_url, "run", "--port", "8599", "--json"]) == 0
    shown = capfd.readouterr()
    assert json.loads(shown.out)["url"] == sqlite_url
    assert json.loads(shown.out)["port"] == 8599
    assert "You can now view your app" in shown.err
    assert started[0][-2:] == ["--server.port", "8599"]


def test_the_server_ends_with_the_program_that_is_terminated(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def lasting(_command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        servers.append(real([sys.executable, "-c", "import time; time.sleep(600)"], **options))
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
        return servers[0]

    monkeypatch.setattr(running.subprocess, "Popen", lasting)
    before = signal.getsignal(signal.SIGTERM)
    assert main(["--database", sqlite_url, "run"]) == 0
    assert servers[0].poll() is not None
    assert signal.getsignal(signal.SIGTERM) == before
