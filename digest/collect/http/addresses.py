"""Which addresses of the internet may be asked: the public ones.

`ipaddress.is_global` alone lets through ways into private networks; the rows of `_INWARD` name
them.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Network:
    """A network that is refused, and what it is."""

    block: str
    what: str


_INWARD = (
    Network("64:ff9b::/96", "NAT64: holds any IPv4 address"),
    Network("64:ff9b:1::/48", "local NAT64"),
    Network("2002::/16", "6to4: holds any IPv4 address"),
    Network("2001::/32", "Teredo: holds any IPv4 address"),
    Network("fec0::/10", "site-local"),
    Network("::/96", "IPv4-compatible"),
    Network("192.0.0.0/24", "protocol assignments"),
    Network("192.88.99.0/24", "6to4 relays"),
)
_NETWORKS = tuple((ipaddress.ip_network(row.block), row.what) for row in _INWARD)


def refusal(address: str) -> str:
    """Why an address must not be asked: one word or two; "" for a public address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "no address"
    mapped = getattr(found, "ipv4_mapped", None)
    if mapped is not None:
        found = mapped
    for network, what in _NETWORKS:
        if found.version == network.version and found in network:
            return what.partition(":")[0]
    kinds = (
        (found.is_unspecified, "unspecified"),
        (found.is_loopback, "loopback"),
        (found.is_link_local, "link-local"),
        (found.is_multicast, "multicast"),
        (found.is_private, "private"),
        (found.is_reserved, "reserved"),
        (not found.is_global, "not public"),
    )
    return next((what for holds, what in kinds if holds), "")
