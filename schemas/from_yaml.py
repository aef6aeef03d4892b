"""Words that stand in YAML beside the code that reads them."""

from __future__ import annotations

from typing import Any


def from_yaml(text: str | bytes) -> Any:  # whatever the file holds
    """By libyaml where PyYAML has it, in a tenth of the time; the same either way. PyYAML is loaded when it is needed.

    >>> from_yaml("small: [de, du]")
    {'small': ['de', 'du']}
    """
    import yaml

    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
