"""Addresses: which are the same page, which belong to one site, which may be asked at all. Pure.

The registrable domain comes from the public suffix list bundled with tldextract; nothing is downloaded.
"""

import ipaddress
import re
from functools import cache, lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tldextract import TLDExtract

MAX_LENGTH = 2000
"""Characters of an address; longer ones are traps."""

_TRACKER = re.compile(
    r"utm_\w+|[gwb]?clid|fbclid|dclid|gclsrc|msclkid|yclid|igshid|mc_[ce]id|mkt_tok|_hs\w+|vero_\w+|oly_\w+|"
    r"ref_?src|ref_?url|cmpid|ncid|ocid|sr_share|smid|at_(?:medium|campaign|custom\d)|spm|s_cid|wt\.mc_\w+|"
    r"ga_\w+|pk_\w+|mtm_\w+|piwik_\w+|trk\w*|xtor|jsessionid|phpsessid|sessionid",
    re.IGNORECASE,
)
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f]")
_DEFAULT_PORT = {"http": 80, "https": 443}
_COPY_QUERY = {"amp", "outputtype", "output", "print", "printable", "printpage", "view", "m", "format"}
_COPY_VALUE = {"", "1", "true", "amp", "print", "yes"}
_COPY_PATH = re.compile(
    r"(?:^|/)(?:amp|print|drucken|imprimer)(?:/|$)|\.amp(?:\.html?)?$|[-_.]print(?:\.html?)?$"
)


def clean(url: str) -> str | None:
    """The address without fragment, tracking parameters, credentials and default port, host in lower case;
    None for anything but a plain web address of bearable length."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in _DEFAULT_PORT or not host or len(url) > MAX_LENGTH:
        return None
    if _UNPRINTABLE.search(url.strip()):
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORT[scheme]:
        netloc = f"{netloc}:{port}"
    query = _without_trackers(parts.query) if parts.query else ""
    return urlunsplit((scheme, netloc, parts.path or "/", query, ""))


def _without_trackers(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKER.fullmatch(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)  # untouched, it stays as it was written


def key(url: str) -> str:
    """What two spellings of one address share: scheme, ``www.`` and a closing slash do not matter."""
    cleaned = clean(url)
    return url if cleaned is None else key_of_clean(cleaned)


def key_of_clean(url: str) -> str:
    """``key`` of an address that was cleaned before."""
    place = url.partition("://")[2].removeprefix("www.")
    path, mark, query = place.partition("?")
    return f"{path.rstrip('/')}{mark}{query}"


def is_copy(url: str) -> bool:
    """Whether the address says that the page is the AMP or the print copy of another one."""
    parts = urlsplit(clean(url) or "")
    if (parts.hostname or "").startswith("amp.") or _COPY_PATH.search(parts.path.lower()):
        return True
    pairs = parse_qsl(parts.query.lower(), keep_blank_values=True)
    return any(name in _COPY_QUERY and value in _COPY_VALUE for name, value in pairs)


def host_of(url: str) -> str:
    """``host:port``, the port always written."""
    try:
        parts = urlsplit(url)
        return f"{(parts.hostname or '').rstrip('.')}:{parts.port or _DEFAULT_PORT.get(parts.scheme, 0)}"
    except ValueError:
        return ":0"


def site_of(url: str) -> str:
    """The registrable domain of an address (``example.co.uk``); an IP address or a bare name as it is."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return domain_of(host)


@lru_cache(10_000)
def domain_of(host: str) -> str:
    """The registrable domain of a host name; an IP address or a bare name as it is."""
    host = host.lower()
    parts = _suffixes()(host)
    if parts.suffix or parts.ipv4 or parts.ipv6:
        return parts.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])  # a top-level domain that the list lacks is one all the same


@cache
def _suffixes() -> TLDExtract:
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet: not private, loopback, link-local, reserved, or an
    IPv6 wrapping of one that is."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if wrapped is None and ip in ipaddress.IPv6Network("64:ff9b::/96"):
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    return ip.is_global and not ip.is_multicast


def is_loopback(host: str) -> bool:
    """Whether a host name, as written, is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
