"""Who asks: the address of the connection, or what trusted proxies say of it; never what a client says of itself."""

import logging

import pytest
from django.test import RequestFactory, override_settings

from gate import client_address
from gate.client_address import address_of, faults, network, network_of

PEER = "127.0.0.1"


def asked(forwarded: str = "", peer: str = PEER):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=peer, **headers)


@pytest.mark.parametrize(
    ("trusted", "forwarded", "address"),
    [
        ([], "", PEER),
        ([], "198.51.100.7", PEER),  # nobody is trusted: the header is a stranger's word
        (["1"], "198.51.100.7", "198.51.100.7"),
        (["1"], "192.0.2.66, 198.51.100.7", "198.51.100.7"),  # the first one is what the client wrote itself
        (["2"], "192.0.2.66, 198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (["2"], "", PEER),  # fewer hops than proxies: asked past them
        (["127.0.0.0/8"], "192.0.2.66, 198.51.100.7", "198.51.100.7"),
        (["127.0.0.0/8", "203.0.113.0/24"], "192.0.2.66, 198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (["127.0.0.0/8"], "127.0.0.1, 127.0.0.1", "127.0.0.1"),
        (["10.0.0.0/8"], "198.51.100.7", PEER),  # asked by somebody who is no proxy of ours
    ],
)
def test_address__is_the_nearest_that_no_trusted_proxy_has(trusted, forwarded, address) -> None:
    with override_settings(TRUSTED_PROXIES=trusted):
        assert address_of(asked(forwarded)) == address


@override_settings(TRUSTED_PROXIES=["127.0.0.0/8"])
def test_address__behind_a_unix_socket__is_what_the_proxy_says() -> None:
    assert address_of(asked("198.51.100.7", peer="")) == "198.51.100.7"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("198.51.100.7", "198.51.100.200", True),
        ("198.51.100.7", "198.51.101.7", False),
        ("2001:db8:1:2::1", "2001:db8:1:ffff::9", True),
        ("2001:db8:1::1", "2001:db8:2::1", False),
        ("::ffff:198.51.100.7", "198.51.100.7", True),
        ("198.51.100.7:4711", "198.51.100.7", True),
        ("[2001:db8:1::1]:4711", "2001:db8:1::1", True),
        ("fe80::1%eth0", "fe80::1", True),
    ],
)
def test_network__is_a_prefix_of_the_size_that_one_client_is_given(one, other, same) -> None:
    assert (network_of(one) == network_of(other)) is same
    assert one not in network_of(one)


@pytest.mark.parametrize("peer", ["", "unknown", "a\nb", "999.1.1.1"])
def test_network__of_what_is_no_address__is_one_that_all_of_them_share(peer) -> None:
    with override_settings(TRUSTED_PROXIES=[]):
        assert network_of(peer) == ""
        assert network(asked(peer=peer)) == network(asked(peer="")) != ""


def test_faults__name_what_is_neither_a_number_nor_a_network() -> None:
    assert faults(["1"]) == faults(["10.0.0.0/8", "::1/128", "192.0.2.1"]) == faults([]) == []
    assert faults(["nginx"]) == ["nginx"]
    assert faults(["0"]) == ["0"]
    assert faults(["99"]) == ["99"], "a header with fewer hops would be believed from its first word on"
    assert faults(["0.0.0.0/0", "10.0.0.0/8", "::/0"]) == ["0.0.0.0/0", "::/0"], "everybody would be a proxy"
    assert faults(["1", "10.0.0.0/33"]) == ["1", "10.0.0.0/33"]


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "CF-Connecting-IP"])
def test_header_of_a_proxy_that_is_not_named__is_said_in_the_log_once(caplog, monkeypatch, header) -> None:
    monkeypatch.setattr(client_address, "_warned", False)
    with override_settings(TRUSTED_PROXIES=[], DEBUG=False), caplog.at_level(logging.WARNING):
        for _ in range(3):
            address_of(RequestFactory().get("/", headers={header: "198.51.100.7"}))
    assert [row.getMessage().count("TRUSTED_PROXIES") for row in caplog.records] == [1]
