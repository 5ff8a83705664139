"""The pure core: strings and dataclasses in, (result, problems) out.

Imports no MkDocs, logs nothing, reads no current directory, keeps no state.
"""
