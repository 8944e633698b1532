"""What is indexed of a text is what taking it apart gives, word by word."""

from hypothesis import example, given
from hypothesis import strategies as st

from ambassador.values.mentions.search_words import indexed, marked, parts_of, stem

SIGNS = st.sampled_from(
    [" ", "#", "@", ".", "_", "-", "&", "/", "è", "İ", "ﬁ", "😍", "🇮🇹", "ा", "क", "1", "a"]
)


@given(st.lists(st.one_of(SIGNS, st.text(max_size=6), st.sampled_from(["telefoni", "stories"]))).map("".join))
@example("@nina.neri. snake_case #q1_b a_b")
def test_a_text_is_indexed_part_by_part(text: str) -> None:
    parts = parts_of(text)
    words = [word for part in parts for word in part.words]
    stems = {stem(word) for word in words} | {marked(part) for part in parts if part.mark}
    found = indexed(text)
    assert found.words.split(" ")[1:-1] == words
    assert set(found.stems.split(" ")[1:-1]) == stems
