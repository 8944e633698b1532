"""Who is known: listed, edited, scored, merged, erased, looked at one by one."""
