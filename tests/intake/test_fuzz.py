import random

import pytest

from ambassador.values.drafts import Drafts
from tests.fuzz.bringing import bring, empty_workspace
from tests.fuzz.readers import READERS, read_any
from tests.fuzz.seeds import kept

_A_FEW = 60


@pytest.mark.parametrize("given", kept(), ids=lambda given: given[0])
def test_what_once_broke_a_reader_is_refused_or_read(given):
    read_any(given)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_damaged_file_is_refused_or_read_and_no_row_is_lost(reader):
    with empty_workspace() as work:
        for number in range(_A_FEW):
            found = reader.read(reader.make(random.Random(f"suite:{reader.name}:{number}")))
            if isinstance(found, Drafts) and not number % 6:
                bring(work, found)
