# SPDX-License-Identifier: MIT
"""Makes `python3 -m forge_codegen` the same as the launcher `codegen/forge`."""

import sys

from forge_codegen.cli import main

if __name__ == "__main__":
    sys.exit(main())
