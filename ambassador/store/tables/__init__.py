"""The tables, one module per subject; ``ambassador.store.schema`` loads them all."""
