"""Kernels are compiled at set-up; later processes find them on disk."""

import subprocess
import sys


def run_warm_up() -> str:
    command = [sys.executable, "-m", "ambassador.warm_up"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_fresh_process_compiles_nothing_after_the_warm_up() -> None:
    run_warm_up()
    assert run_warm_up().endswith("kernels ready, 0 compiled now\n")
