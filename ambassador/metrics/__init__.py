"""One formula per function; no database, no screen, no data frames."""
