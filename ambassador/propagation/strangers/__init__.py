"""How many people nobody has named before answer a post, and whom those bring: a law learned from past posts.

``learn_strangers`` learns a ``StrangerLaw`` from a ``PostRecord``; ``law.levels`` says what is known of given
people, ``expected_talkers`` how many their next post makes talk, ``draw_talkers`` lets launches happen.
"""
