"""Fewer looks for circles while much is made, and as before afterwards."""

import gc

import pytest

from pawfile.lib.garbage import fewer_collections


def test_python_looks_less_often_meanwhile() -> None:
    before = gc.get_threshold()
    with fewer_collections():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before


def test_it_is_as_before_after_a_failure_too() -> None:
    before = gc.get_threshold()
    with pytest.raises(LookupError), fewer_collections():
        raise LookupError
    assert gc.get_threshold() == before
