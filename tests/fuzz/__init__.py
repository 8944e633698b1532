"""Made-up files, damaged in every way, given to every reader: ``python -m tests.fuzz --inputs 20000``."""
