"""The same services from a shell: ``main`` finds the verb, ``shell`` prints its answer.

Public names, loaded only when asked for: main, shell.
Read in this order: main, shell, then the module of any verb.
"""

__all__ = ["main", "shell"]
