"""Files to drafts and rejected rows; no database. The door is ``reading``."""
