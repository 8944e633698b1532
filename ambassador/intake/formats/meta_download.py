r"""How Meta's data downloads write letters: each byte of UTF-8 a character, ``\u00c3\u00a8`` for è."""


def whole_letters(text: str) -> str:
    """Put the letters together again; a text that was written rightly stays as it is.

    >>> whole_letters("perchÃ©"), whole_letters("perché"), whole_letters("☕")
    ('perché', 'perché', '☕')
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
