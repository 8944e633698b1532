"""Selection: the people from whom word travels farthest, with a certificate."""
