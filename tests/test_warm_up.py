"""Kernels are compiled at set-up; later processes find them on disk."""

import importlib
import pkgutil
import subprocess
import sys

from ambassador import propagation
from ambassador.propagation.kernels.compiled import KERNELS
from ambassador.warm_up import warm_up


def run_warm_up() -> str:
    command = [sys.executable, "-m", "ambassador.warm_up"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_fresh_process_compiles_nothing_after_the_warm_up() -> None:
    run_warm_up()
    assert run_warm_up().endswith("kernels ready, 0 compiled now\n")


def called_from_python() -> dict[str, object]:
    """Give every kernel that a module outside ``kernels`` holds by name."""
    found = pkgutil.walk_packages(propagation.__path__, "ambassador.propagation.")
    names = [module.name for module in found if not module.ispkg and "kernels" not in module.name]
    modules = [importlib.import_module(name) for name in names]
    return {
        name: found
        for module in modules
        for name, found in vars(module).items()
        if any(found is kernel for kernel in KERNELS)
    }


def test_the_warm_up_leaves_no_kernel_out() -> None:
    warm_up()
    assert [name for name, kernel in called_from_python().items() if not kernel.signatures] == []
