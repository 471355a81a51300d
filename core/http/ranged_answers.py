"""A file that is known by its hash, answered whole, in part or not at all: ETag, Range and If-Range (RFC 9110)."""

from base64 import b64encode
from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import parse_etags

from core.http.byte_ranges import Unsatisfiable, requested


def ranged(
    request: HttpRequest, *, sha256: str, size: int, kind: str, bytes_of: Callable[[int, int], Iterable[bytes] | bytes]
) -> HttpResponseBase:
    """The bytes, whole or in part. The entity tag is the hash of the whole file, so a download that was cut is resumed
    only in the same file. size: bytes. bytes_of: (first, last) byte, inclusive, to the bytes or pieces of them."""
    etag = f'"{sha256}"'
    response: HttpResponseBase
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in known or etag in (tag.removeprefix("W/") for tag in known):
        return _labelled(HttpResponseNotModified(), etag)
    wanted = request.headers.get("Range", "") if request.headers.get("If-Range", etag) == etag else ""
    try:
        part = requested(wanted, size)
    except Unsatisfiable:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return _labelled(response, etag)
    if part is None:
        response = _sent(bytes_of(0, size - 1), kind, 200)
        response["Content-Length"] = str(size)
        response["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:"  # RFC 9530
    else:
        response = _sent(bytes_of(*part), kind, 206)
        response["Content-Length"] = str(part[1] - part[0] + 1)
        response["Content-Range"] = f"bytes {part[0]}-{part[1]}/{size}"
    return _labelled(response, etag)


def _sent(content: Iterable[bytes] | bytes, kind: str, status: int) -> HttpResponseBase:
    if isinstance(content, bytes):
        return HttpResponse(content, content_type=kind, status=status)
    return StreamingHttpResponse(content, content_type=kind, status=status)


def _labelled(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    return response
