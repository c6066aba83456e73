"""The kit for paper: fonts, styles, text, tables, charts, page furniture."""
