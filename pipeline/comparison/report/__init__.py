"""What people see of a comparison: one HTML file, one workbook.

In: a ``Comparison``.  Out: ``html.render`` and ``workbook.write``.

Both show the same tables (``views``), which are made once, without regard to who shows them; words
come from the catalogue through ``speech``.  The HTML file adds pictures (``pictures``), the
sentences behind every cell (``evidence``) and bounds on what it lists; the workbook has everything.
"""
