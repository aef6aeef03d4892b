"""Tests, and what is measured: with numbers reckoned as `carnet` reckons them."""

from carnet.flows.settings import with_one_thread

with_one_thread()
