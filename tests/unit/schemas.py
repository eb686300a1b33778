"""The JSON Schemas of our own files, ready to validate with."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from ticktie.resources import data_folder


def schema(name: str) -> Draft202012Validator:
    """The validator of ``facts`` or ``report``; the second refers to the first."""
    facts = _load("facts")
    registry: Registry[Any] = Registry().with_resource(facts["$id"], Resource.from_contents(facts))
    return Draft202012Validator(_load(name), registry=registry)


def _load(name: str) -> Any:
    return json.loads((data_folder("schemas") / f"{name}.schema.json").read_text(encoding="utf-8"))
