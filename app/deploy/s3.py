"""Storage that speaks S3 as a target: AWS, and many others by their endpoint. boto3 speaks; it finds the credentials itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..assets import DIGEST
from ..policy import FOREVER
from ..release.manifest import NAME, Item, type_of
from ..release.refusal import Refused

AT_ONCE = 8
"""How many files are on their way at a time."""

MOST = 1000
"""How many files one request can delete."""

HINTS = {
    "NoSuchBucket": "make it first, or correct the name",
    "AccessDenied": "these credentials may not do this",
    "InvalidAccessKeyId": "look at the credentials",
    "SignatureDoesNotMatch": "look at the credentials",
}


@dataclass(frozen=True, slots=True)
class S3:
    """What of a bucket begins with a prefix, which is empty or ends with a slash."""

    client: Any
    bucket: str
    prefix: str

    @classmethod
    def opened(cls, place: str, endpoint: str = "") -> S3:
        """The storage at `bucket/folder`, of AWS or of another service."""
        if not find_spec("boto3"):
            raise Refused("S3 needs boto3, which is not installed: pip install boto3")
        bucket, _, folder = place.partition("/")
        with told(bucket):
            # Other services do not all know the checksums that boto3 adds of itself.
            settings = import_module("botocore.config").Config(
                request_checksum_calculation="when_required", response_checksum_validation="when_required"
            )
            client = import_module("boto3").Session().client("s3", endpoint_url=endpoint or None, config=settings)
            return cls(client, bucket, f"{folder}/" if folder else "")

    def sizes(self) -> Mapping[str, int]:
        """The objects of the prefix."""
        with told(self.bucket):
            pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix)
            found = [(one["Key"].removeprefix(self.prefix), one["Size"]) for page in pages for one in page.get("Contents", ())]
        return {path: size for path, size in found if path and not path.endswith("/")}

    def record(self) -> bytes | None:
        """The record beside the files."""
        with told(self.bucket):
            try:
                data: bytes = self.client.get_object(Bucket=self.bucket, Key=self.prefix + NAME)["Body"].read()
            except self.client.exceptions.NoSuchKey:
                return None
        return data

    def begin(self, record: bytes) -> None:
        """Put the record there."""
        self.put(NAME, record)

    def send(self, release: Path, items: Sequence[Item]) -> None:
        """Put objects, several at a time."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda item: self.put(item.path, (release / item.path).read_bytes()), items))

    def delete(self, paths: Sequence[str]) -> None:
        """Delete objects, many with one request."""
        for start in range(0, len(paths), MOST):
            keys = [{"Key": self.prefix + path} for path in paths[start : start + MOST]]
            with told(self.bucket):
                answer = self.client.delete_objects(Bucket=self.bucket, Delete={"Objects": keys, "Quiet": True})
            if errors := answer.get("Errors"):
                raise Refused(f"'{errors[0]['Key']}' could not be deleted: {errors[0].get('Message', '')}; deploy again")

    def finish(self, record: bytes) -> None:
        """Put the record there."""
        self.put(NAME, record)

    def put(self, path: str, data: bytes) -> None:
        """Put one object, with its type and for how long it may be kept."""
        kept = FOREVER if path.startswith("static/") and DIGEST.fullmatch(path) else "no-cache"
        with told(self.bucket):
            self.client.put_object(
                Bucket=self.bucket, Key=self.prefix + path, Body=data, ContentType=content_type(path), CacheControl=kept
            )


def content_type(path: str) -> str:
    """The media type of a file, with its encoding where it is text."""
    type = type_of(path)
    text = type.startswith("text/") or type.endswith(("json", "xml"))
    return f"{type}; charset=utf-8" if text else type


@contextmanager
def told(bucket: str) -> Iterator[None]:
    """Raise what boto3 says against work in a bucket as `Refused`."""
    errors = import_module("botocore.exceptions")
    try:
        yield
    except errors.NoCredentialsError as error:
        hint = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run 'aws configure'"
        raise Refused(f"there are no credentials for the bucket '{bucket}'; {hint}") from error
    except errors.ClientError as error:
        code, message = error.response["Error"].get("Code", ""), error.response["Error"].get("Message", "")
        raise Refused(f"the bucket '{bucket}' refused: {message or code}; {HINTS.get(code, 'deploy again')}") from error
    except (errors.BotoCoreError, ValueError) as error:
        raise Refused(f"the bucket '{bucket}' could not be reached: {error}; look at the network and the endpoint") from error
