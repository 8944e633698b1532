import random

import pytest

from tests.fuzz.readers import READERS, attempt
from tests.fuzz.seeds import kept

_A_FEW = 60


@pytest.mark.parametrize("given", kept(), ids=lambda given: given[0])
def test_what_once_broke_a_reader_is_refused_or_read(given):
    assert attempt(given) in {True, False}


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_damaged_file_is_refused_or_read_and_no_row_is_lost(reader):
    for number in range(_A_FEW):
        reader.attempt(reader.make(random.Random(f"suite:{reader.name}:{number}")))
