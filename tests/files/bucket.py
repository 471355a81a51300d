"""A bucket to test with. It is a double: moto speaks the protocol of S3 over real HTTP, but it is no object store.

What it cannot show: how a real one behaves when it is slow, away, or asked by many at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

NAME = "library-of-2099"
KEYS = {"S3_BUCKET": NAME, "S3_REGION": "us-east-1", "S3_ACCESS_KEY": "fictitious", "S3_SECRET_KEY": "fictitious"}


@contextmanager
def served() -> Iterator[str]:
    """Address of a store that holds one empty bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client(address).create_bucket(Bucket=NAME)
    yield address
    server.stop()


def client(address: str) -> Any:
    return boto3.client(
        "s3", endpoint_url=address, region_name=KEYS["S3_REGION"],
        aws_access_key_id=KEYS["S3_ACCESS_KEY"], aws_secret_access_key=KEYS["S3_SECRET_KEY"],
    )  # fmt: skip


def names(address: str) -> list[str]:
    return [each["Key"] for each in client(address).list_objects_v2(Bucket=NAME).get("Contents", [])]
