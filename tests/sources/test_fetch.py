import httpx
import pytest

from generator.errors import InputError, OutsideError
from generator.sources.cache import cached_file, is_present, part_file
from generator.sources.download import ATTEMPTS
from generator.sources.fetch import fetch
from tests.sources.files import (
    CONTENT,
    URL,
    Network,
    dropped,
    rest,
    source_file,
    status,
    whole,
)

FILE = source_file()


@pytest.fixture
def waits():
    return []


@pytest.fixture
def get(tmp_path, waits):
    """Fetch one file from a made-up network and return the bytes in the cache."""

    def run(network, file=FILE, **options):
        fetch([file], tmp_path, transport=network, sleep=waits.append, **options)
        return cached_file(tmp_path, file).read_bytes()

    return run


def leave_part(tmp_path, content):
    part = part_file(tmp_path, FILE)
    part.parent.mkdir(parents=True)
    part.write_bytes(content)
    return part


def test_a_file_arrives_under_its_checksum_and_nothing_else_is_left(tmp_path, get):
    assert get(Network(whole())) == CONTENT
    assert is_present(tmp_path, FILE)
    assert [path.name for path in (tmp_path / "sources" / FILE.sha256[:2]).iterdir()] == [
        FILE.sha256
    ]


def test_unpacked_bytes_are_asked_for(get):
    network = Network(whole())
    get(network)
    assert network.requests[0].headers["Accept-Encoding"] == "identity"
    assert network.ranges == [None]


def test_a_present_file_is_not_asked_for_again(tmp_path, get):
    get(Network(whole()))
    network = Network(httpx.ConnectError("no network"))
    done = fetch([FILE], tmp_path, transport=network)
    assert (done.present, done.fetched, network.requests) == ((FILE,), (), [])


def test_a_damaged_file_in_the_cache_is_fetched_again(tmp_path, get):
    get(Network(whole()))
    cached_file(tmp_path, FILE).write_bytes(b"x" * len(CONTENT))
    assert get(Network(whole())) == CONTENT


def test_a_dropped_download_is_continued_where_it_stopped(get, waits):
    network = Network(dropped(at=1000), rest())
    assert get(network) == CONTENT
    assert network.ranges == [None, "bytes=1000-"]
    assert waits == [1.0]


def test_the_next_call_continues_what_an_earlier_call_left(tmp_path, get):
    leave_part(tmp_path, CONTENT[:77])
    network = Network(rest())
    assert get(network) == CONTENT
    assert network.ranges == ["bytes=77-"]


def test_a_complete_part_needs_no_network(tmp_path, get):
    leave_part(tmp_path, CONTENT)
    network = Network(httpx.ConnectError("no network"))
    assert get(network) == CONTENT
    assert network.requests == []


def test_a_server_without_ranges_makes_the_download_start_again(tmp_path, get):
    leave_part(tmp_path, b"old bytes")
    assert get(Network(whole())) == CONTENT


def test_a_refused_range_makes_the_download_start_again(tmp_path, get):
    leave_part(tmp_path, CONTENT[:10])
    network = Network(status(416), whole())
    assert get(network) == CONTENT
    assert network.ranges == ["bytes=10-", None]


@pytest.mark.parametrize(
    "span", ["bytes 0-9/10240", "bytes 10-10239/99", "bytes ten-99/*", "items 10-10239/10240", ""]
)
def test_a_part_that_was_not_asked_for_is_not_appended(tmp_path, get, span):
    leave_part(tmp_path, CONTENT[:10])
    body = httpx.ByteStream(CONTENT[10:])
    wrong = httpx.Response(206, stream=body, headers={"Content-Range": span})
    network = Network(wrong, whole())
    assert get(network) == CONTENT
    assert network.ranges == ["bytes=10-", None]


def test_continued_bytes_that_were_wrong_are_fetched_anew(tmp_path, get):
    leave_part(tmp_path, b"?" * 500)
    network = Network(rest(), whole())
    assert get(network) == CONTENT
    assert network.ranges == ["bytes=500-", None]


def test_a_part_longer_than_the_file_is_thrown_away(tmp_path, get):
    leave_part(tmp_path, CONTENT + b"more")
    assert get(Network(whole())) == CONTENT


def test_a_wrong_checksum_is_refused(tmp_path, get):
    other = CONTENT[:-1] + b"?"
    got = source_file(other).sha256
    with pytest.raises(InputError) as caught:
        get(Network(whole(other)))
    assert str(caught.value) == (
        f"{URL}: expected sha256 {FILE.sha256}, got {got}: the file is not the one pinned as "
        "part; if upstream replaced it on purpose, pin the new one in benchmark.yml"
    )
    assert not is_present(tmp_path, FILE)
    assert not part_file(tmp_path, FILE).exists()


@pytest.mark.parametrize("announced", [10_239, 10_241])
def test_another_size_is_refused_before_a_byte_is_read(get, announced):
    answer = httpx.Response(
        200, stream=httpx.ByteStream(CONTENT), headers={"Content-Length": str(announced)}
    )
    with pytest.raises(InputError, match=f"expected 10240 bytes, got {announced} announced"):
        get(Network(answer))


def test_more_bytes_than_pinned_are_refused_while_they_come(tmp_path, get):
    def endless():
        while True:
            yield b"x" * 5000

    with pytest.raises(InputError, match="expected 10240 bytes, got more"):
        get(Network(lambda _request: httpx.Response(200, content=endless())))
    assert not part_file(tmp_path, FILE).exists()


def test_a_server_that_recovers_is_asked_again_after_longer_waits(get, waits):
    assert get(Network(status(500), status(503), whole())) == CONTENT
    assert waits == [1.0, 2.0]


def test_the_wait_that_a_server_asks_for_is_kept(get, waits):
    assert get(Network(status(429, **{"Retry-After": "7"}), whole())) == CONTENT
    assert waits == [7.0]


def test_a_date_to_wait_for_may_have_passed(get, waits):
    past = "Wed, 21 Oct 2015 07:28:00 GMT"
    assert get(Network(status(503, **{"Retry-After": past}), whole())) == CONTENT
    assert waits == [0.0]


def test_a_wait_that_is_too_long_ends_the_fetch(get, waits):
    with pytest.raises(OutsideError, match="status 429, and the server asks to wait 3600 seconds"):
        get(Network(status(429, **{"Retry-After": "3600"})))
    assert waits == []


def test_a_network_that_stays_away_is_given_up_and_what_came_is_kept(tmp_path, get, waits):
    network = Network(dropped(at=1000), httpx.ConnectError("no route"))
    with pytest.raises(OutsideError) as caught:
        get(network)
    assert str(caught.value) == (
        f"{URL}: no route, after {ATTEMPTS} attempts: expected 10240 bytes, have 1000: run fetch "
        "again to go on from there, or give a local copy with --mirror"
    )
    assert len(network.requests) == ATTEMPTS
    assert waits == [1.0, 2.0, 4.0, 8.0, 16.0]
    assert part_file(tmp_path, FILE).read_bytes() == CONTENT[:1000]


def test_a_body_that_ends_early_without_an_error_is_continued(get):
    assert get(Network(httpx.Response(200, content=iter([CONTENT[:9]])), rest())) == CONTENT


def test_a_missing_file_is_not_asked_for_twice(get, waits):
    network = Network(status(404))
    with pytest.raises(OutsideError, match="status 404, expected 200: check the address"):
        get(network)
    assert (len(network.requests), waits) == (1, [])


def test_a_redirect_to_https_is_followed_with_the_range(tmp_path, get):
    leave_part(tmp_path, CONTENT[:5])
    network = Network(status(302, Location="https://other.example/x"), rest())
    assert get(network) == CONTENT
    assert [str(request.url) for request in network.requests] == [URL, "https://other.example/x"]
    assert network.ranges == ["bytes=5-", "bytes=5-"]


@pytest.mark.parametrize(
    "target", ["http://data.example/x", "file:///etc/hosts", "ftp://x.example"]
)
def test_a_redirect_away_from_https_is_refused(get, target):
    network = Network(status(302, Location=target), whole())
    with pytest.raises(OutsideError, match=f"leads to {target}: only https is followed"):
        get(network)
    assert len(network.requests) == 1


def test_redirects_without_end_are_refused(get):
    with pytest.raises(OutsideError, match="more than 5 redirects"):
        get(Network(status(302, Location="/again")))


def test_a_wrong_file_does_not_keep_the_others_away(tmp_path):
    good, short = source_file(b"good", name="good"), source_file(b"good", name="short", bytes=3)
    bad = source_file(b"bad!", name="bad")
    with pytest.raises(InputError) as caught:
        fetch([bad, short, good], tmp_path, transport=Network(whole(b"good")))
    assert [line.split(": expected")[1][:7] for line in str(caught.value).splitlines()] == [
        " sha256",
        " 3 byte",
    ]
    assert is_present(tmp_path, good)


def test_progress_counts_the_bytes_of_a_file_that_are_here(get):
    heard = []
    get(
        Network(dropped(at=1000), rest()),
        on_progress=lambda file, done: heard.append((file.name, done)),
    )
    assert heard[0] == ("part", 0)
    assert ("part", 1000) in heard
    assert heard[-1] == ("part", len(CONTENT))


def test_a_cache_that_cannot_be_written_says_how_to_move_it(tmp_path):
    (tmp_path / "sources").write_text("a file where the folder should be")
    with pytest.raises(InputError, match="set ERRORATLAS_CACHE to a folder of yours"):
        fetch([FILE], tmp_path, transport=Network(whole()))
