import pytest

from generator.planted.benchmark import Planted, generate


@pytest.fixture(scope="session")
def planted() -> Planted:
    """The benchmark as it comes with the Atlas."""
    return generate()
