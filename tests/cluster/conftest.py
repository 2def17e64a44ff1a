"""A cluster and object stores on this machine: `make test-cluster`."""

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


@pytest.fixture(scope="session")
def google_store() -> Iterator[None]:
    """A server that speaks as Google Cloud Storage does, and an environment that leads to it."""
    need("gcsfs", "gcp_storage_emulator")
    from gcp_storage_emulator.server import create_server  # noqa: PLC0415  for these tests alone

    server = create_server("127.0.0.1", 0, in_memory=True)
    server.start()
    answering = server._api._httpd
    # A client that leaves early is no fault; told here it would mix with what a command says.
    answering.handle_error = lambda *_: None
    host, port = answering.server_address
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORAGE_EMULATOR_HOST", f"http://{host}:{port}")
        patch.setenv("GOOGLE_CLOUD_PROJECT", "test")
        patch.setenv("NO_GCE_CHECK", "true")  # of a machine of Google there is none to be asked
        # Kinds of buckets that the server does not have; asking for them takes a real key.
        patch.setenv("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")
        yield
    server.stop()


@pytest.fixture
def bucket(request: pytest.FixtureRequest) -> str:
    """Address of a folder in an empty bucket; of S3 where a test asks for no other."""
    scheme = getattr(request, "param", "s3")
    request.getfixturevalue({"s3": "object_store", "gs": "google_store"}[scheme])
    import fsspec  # noqa: PLC0415  an extra

    name = f"atlas-{uuid.uuid4().hex}"
    fsspec.get_filesystem_class(scheme).clear_instance_cache()
    fsspec.filesystem(scheme).mkdir(name)
    return f"{scheme}://{name}/one"


@pytest.fixture(scope="session")
def dask_cluster(object_store: None, google_store: None, tmp_path_factory) -> Iterator:
    """A scheduler and two workers, each a process of its own, that reach the object stores."""
    del object_store, google_store
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
