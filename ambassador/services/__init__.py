"""Use cases: one verb each, one transaction each. They return values, never rows."""
