"""Forty phones with serials and two valid IMEIs each, as the warehouse's file would list them."""

import random
from dataclasses import dataclass

PHONES = 40
COST_EURO = 389
_TYPE_CODE = "35942711"  # invented; the first eight digits of an IMEI name the type
_COLOURS = ("Notte", "Sabbia", "Mare")


@dataclass(frozen=True)
class Phone:
    """One phone."""

    serial: str
    imei1: str
    imei2: str
    colour: str


def invent_phones(key: int) -> tuple[Phone, ...]:
    """Invent the stock from a key."""
    dice = random.Random(key)
    numbers = dice.sample(range(1_000_000), 2 * PHONES)
    return tuple(
        Phone(
            serial=f"BZQ1{index + 1:04d}",
            imei1=_imei(numbers[2 * index]),
            imei2=_imei(numbers[2 * index + 1]),
            colour=_COLOURS[index % len(_COLOURS)],
        )
        for index in range(PHONES)
    )


def _imei(number: int) -> str:
    """Complete fourteen digits with the one that satisfies Luhn's rule."""
    digits = f"{_TYPE_CODE}{number:06d}"
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(digits))
    total = sum(value // 10 + value % 10 for value in doubled)
    return digits + str(-total % 10)
