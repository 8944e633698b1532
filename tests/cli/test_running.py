"""``ambassador run`` says as JSON what it opens, and leaves stdout to that alone."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from ambassador.cli.main import main
from ambassador.cli.workspace import running


@pytest.fixture(autouse=True)
def warmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let every kernel be compiled already."""
    mark = tmp_path / "warmed"
    mark.touch()
    monkeypatch.setattr(running, "marker", lambda: mark)
    return mark


def test_what_is_not_compiled_yet_is_compiled_behind_the_app_and_ends_with_it(
    sqlite_url: str, warmed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warmed.unlink()
    started: list[tuple[list[str], subprocess.Popen[bytes]]] = []
    real = subprocess.Popen

    def watched(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        seconds = 600 if "--behind" in command else 0
        process = real([sys.executable, "-c", f"import time; time.sleep({seconds})"], **options)
        started.append((command, process))
        return process

    monkeypatch.setattr(running.subprocess, "Popen", watched)
    assert main(["--database", sqlite_url, "run"]) == 0
    assert [command[2] for command, _ in started] == ["ambassador.warm_up", "streamlit"]
    assert all(process.poll() is not None for _, process in started)


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
