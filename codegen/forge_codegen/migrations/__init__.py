# SPDX-License-Identifier: MIT
"""Migration files: reading, replay, comparison with the spec, hashes, and writing the next one."""
