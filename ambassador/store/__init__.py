"""The only SQL: tables, migrations, queries and writes. Functions take a session, flush, never commit."""
