"""``import``: any file, its preview, the questions it raises and their answers.

Public names, each a module with ``register``, loaded when its verb is asked for: answers, imports.
Read in this order: imports, answers.
"""

__all__ = ["answers", "imports"]
