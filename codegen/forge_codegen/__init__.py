# SPDX-License-Identifier: MIT
"""The `forge` command: compiles YAML specs into the C++ headers of a ForgeDB data layer.

Read in this order: spec/ (text to checked values), model/ (the values), migrations/ (replay, compare, hash),
emit/ (values to headers), commands.py (what the command line does with all of it).
"""

VERSION_MAJOR = 0
VERSION_MINOR = 1
VERSION = "0.1.0"
