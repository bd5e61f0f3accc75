# SPDX-License-Identifier: MIT
"""Seed files: rows in YAML, checked against the spec, that become CSV texts in a header."""
