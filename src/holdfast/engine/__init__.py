"""The only door to a query engine: DuckDB in memory, or Spark, over Arrow tables and Parquet files."""
