"""What reading and emitting XBRL share: names, safe parsing, transformations, periods and units, linkbases."""
