"""Fixtures of every test. The database's are in ``tests/database.py``."""

pytest_plugins = ["tests.database"]

# personas
