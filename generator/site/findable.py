"""What a site tells search engines that only its address and the state of its edition can say."""

import json
import re
from pathlib import Path
from urllib.parse import urljoin

from generator.pages.dataset import in_page
from generator.pages.links import DATA, address
from generator.store.atomic import write_bytes
from generator.store.packing import gzipped

_DAY = re.compile(rb"\s*<lastmod>[^<]*</lastmod>")
_DATASET = re.compile(r'(<script type="application/ld\+json">)(.*?)(</script>)', re.DOTALL)


def drop_days(site: Path) -> None:
    """Take the days out of the site map: those of an edition in preparation are still to come.

    Args:
        site: Folder of the built site.
    """
    path = site / "sitemap.xml"
    data = _DAY.sub(b"", path.read_bytes())
    write_bytes(path, data)
    write_bytes(path.with_name("sitemap.xml.gz"), gzipped(data))


def place_downloads(site: Path, home: str) -> None:
    """Give the downloads whole addresses where machines read of them.

    Args:
        site: Folder of the built site.
        home: Address under which the edition lies for good.
    """
    page = address(DATA)
    path = site / page / "index.html"
    html = path.read_bytes().decode("utf-8")

    def placed(found: re.Match[str]) -> str:
        about = json.loads(found[2])
        about["url"] = urljoin(home, page)
        for one in about["distribution"]:
            one["contentUrl"] = urljoin(about["url"], one["contentUrl"])
        return f"{found[1]}{in_page(about)}{found[3]}"

    write_bytes(path, _DATASET.sub(placed, html, count=1).encode("utf-8"))
