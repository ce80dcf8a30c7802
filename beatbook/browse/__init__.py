"""The database in the browser: Datasette with titles, units, facets, queries and a dashboard of charts."""
