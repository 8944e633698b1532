"""What people wrote: matched, reviewed, labelled, answered, and credited to whoever started it."""
