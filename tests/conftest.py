"""Fixtures of every test: the database's and the people."""

pytest_plugins = ["tests.database", "tests.personas"]
