"""A cluster and an object store on this machine: `make test-cluster`."""

import importlib.util
import logging
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pass over sockets that Dask leaves open where its workers are killed."""
    for item in items:
        if item.path.parent == HERE:
            left = "ignore::pytest.PytestUnraisableExceptionWarning"
            item.add_marker(pytest.mark.filterwarnings(left))
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))


def need(*names: str) -> None:
    """Skip where a package of the extra is not installed."""
    for name in names:
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed: run make test-cluster")


@pytest.fixture(scope="session")
def object_store() -> Iterator[None]:
    """A server that speaks as S3 does, and an environment that leads to it."""
    need("s3fs", "moto")
    from moto.server import ThreadedMotoServer  # noqa: PLC0415  for these tests alone

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "test-key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test-secret-never-said")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        yield
    server.stop()


@pytest.fixture
def bucket(object_store: None) -> str:
    """Address of a folder in an empty bucket."""
    del object_store
    import s3fs  # noqa: PLC0415  an extra

    name = f"atlas-{uuid.uuid4().hex}"
    s3fs.S3FileSystem.clear_instance_cache()
    s3fs.S3FileSystem().mkdir(name)
    return f"s3://{name}/one"


@pytest.fixture(scope="session")
def dask_cluster(object_store: None, tmp_path_factory) -> Iterator:
    """A scheduler and two workers, each a process of its own, that reach the object store."""
    del object_store
    need("distributed")
    from distributed import LocalCluster  # noqa: PLC0415  an extra

    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=str(tmp_path_factory.mktemp("dask")),
        silence_logs=logging.CRITICAL,
    ) as cluster:
        yield cluster
