"""Everything a person sees: ``kit`` is what all screens are made of, every other room is one subject's parts.

Public names, each a room with its own front door: kit, home, people, campaigns, devices, mentions, results.
Read in this order: kit, home, then the room of any page.
"""
