"""The doctor: looks a whole workspace through, names every fault and the verb that mends it.

Public names: examine, mend.
Read in this order: examining, mending.
"""

from ambassador.services.doctor.examining import examine
from ambassador.services.doctor.mending import mend

__all__ = ["examine", "mend"]
