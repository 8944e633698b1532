"""``run``, ``demo`` and ``db``: the app, the invented campaign, the tables of a database.

Public names, each a module with ``register``, loaded when its verb is asked for: databases, demo, running.
Read in this order: running, demo, databases.
"""

__all__ = ["databases", "demo", "running"]
