# SPDX-License-Identifier: MIT
"""From YAML text to a checked model: nodes, keys, then meaning."""
