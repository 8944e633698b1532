"""Run the program as a module: ``python -m ambassador``."""

import sys

from ambassador.cli.main import main

sys.exit(main())
