"""The forms of network files, each read into nodes and edges as they come; the door is ``intake.graphs``."""
