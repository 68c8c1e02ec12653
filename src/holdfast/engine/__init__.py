"""The only door to the query engine: DuckDB in memory, over Arrow tables and Parquet files."""
