"""What the marketer watches: the brand, the product, and a competitor people talk about besides."""

import csv
import random
from datetime import timedelta
from io import StringIO
from typing import Final

from ambassador.services.mentions import refresh_mentions
from ambassador.services.perimeters import add_perimeter
from ambassador.services.perimeters.views import save_view
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.perimeters import PerimeterDraft, PerimeterKind, SavedViewDraft
from ambassador.values.status import ImportKind
from seed.cast import PLATFORM
from seed.exports import bring_in
from seed.stage import BRAND, Stage

_KEY: Final = 47
_FIRST, _LAST = -40, -2
_POSTS: Final = 46
_SAID: Final = (
    "Il nuovo Zefiro ha uno schermo enorme, in tasca non ci sta #zefiro",
    "Zefiro in offerta da oggi, qualcuno lo ha preso?",
    "Passato a Zefiro: linea ottima in centro, niente in metro",
    "Preso lo Zefiro per mia madre, lo usa senza chiedermi niente #zefiro",
    "Zefiro Phone on sale near the station, long queue outside",
    "Their Zefiro Phone gets hot when I film #zefiro",
)
_BRAND: Final = PerimeterRule(words=("brezza",), accounts=(f"{PLATFORM}:{BRAND}",), exclude_words=("meteo",))
_PRODUCT: Final = PerimeterRule(words=("q1",), hashtags=("#q1brezza", "#q1preview"))
_COMPETITOR: Final = PerimeterRule(words=("zefiro", "zefiro phone"), hashtags=("#zefiro",))


def play_watching(stage: Stage) -> None:
    """Bring in what is said of the competitor, watch three things, keep a view."""
    work = stage.on(-1, 11)
    bring_in(work, ImportKind.MENTIONS, "zefiro.csv", _talk_of_zefiro(stage))
    refresh_mentions(work)
    kinds = PerimeterKind
    add_perimeter(work, PerimeterDraft("Brezza", kinds.BRAND, _BRAND))
    product = add_perimeter(work, PerimeterDraft("Q1", kinds.PRODUCT, _PRODUCT))
    add_perimeter(work, PerimeterDraft("Zefiro", kinds.COMPETITOR, _COMPETITOR))
    save_view(work, SavedViewDraft("Battery of the Q1", product, search="batteria OR battery"))


def _talk_of_zefiro(stage: Stage) -> bytes:
    dice, written = random.Random(_KEY), StringIO()
    rows = csv.writer(written)
    rows.writerow(("post_id", "platform", "author", "created_at", "text", "likes"))
    for number in range(_POSTS):
        at = stage.moment(dice.randint(_FIRST, _LAST), dice.randint(8, 22)) + timedelta(
            minutes=dice.randrange(60)
        )
        who, said = dice.choice(stage.cast.ordinary), dice.choice(_SAID)
        rows.writerow((f"z{number}", PLATFORM, who, at.isoformat(), said, dice.randint(0, 90)))
    return written.getvalue().encode()
