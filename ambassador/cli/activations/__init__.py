"""The verbs of what is started together with people.

Public names: register.
"""

from ambassador.cli.activations.activations import register

__all__ = ["register"]
