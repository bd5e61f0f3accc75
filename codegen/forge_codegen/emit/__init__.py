# SPDX-License-Identifier: MIT
"""From the model to files: C++ views of tables, templates that print them, a writer that writes all or
nothing.
"""
