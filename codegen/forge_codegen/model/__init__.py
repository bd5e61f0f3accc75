# SPDX-License-Identifier: MIT
"""What a spec means, as frozen values. Decisions are properties here; templates only print."""
