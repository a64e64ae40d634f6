"""Pure decisions about places: names compared, points on a plane, files read. No database."""
