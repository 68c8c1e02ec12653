"""Splink 5 on DuckDB: first word, second word and the whole name, trained without labels.

``linkage.py REGISTER NAMES OUT``.
"""

from __future__ import annotations

import sys

import duckdb
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.internals.duckdb.database_api import DuckDBAPI

_CLEAN = r"""
SELECT CAST(row_number() OVER () AS BIGINT) AS unique_id, '{which}' AS source_dataset, {id} AS id, clean AS name,
    split_part(clean, ' ', 1) AS first, split_part(clean, ' ', 2) AS second, left(clean, 6) AS begins,
    right(clean, 6) AS ends
FROM (
    SELECT *, trim(regexp_replace(regexp_replace(regexp_replace(
        upper(replace(name, '&', ' AND ')), '[^A-Z0-9 ]', '', 'g'),
        '\b(LIMITED|LTD|PLC|LLP|CIC|COMMUNITY INTEREST COMPANY)\b', ' ', 'g'), ' +', ' ', 'g')) AS clean
    FROM read_csv('{path}', all_varchar=true, header=true, parallel=false)
)
"""


def main(register: str, names: str, out: str) -> None:
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    asked_sql = _CLEAN.format(which="asked", id="NULL", path=names)
    listed_sql = _CLEAN.format(which="listed", id="id", path=register)
    connection.execute(f"CREATE TABLE asked AS {asked_sql}")
    connection.execute(f"CREATE TABLE listed AS {listed_sql}")
    api = DuckDBAPI(connection)
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.85]),
            cl.JaroWinklerAtThresholds("first", [0.92]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("second", [0.92]).configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("begins"),
            block_on("first", "second"),
            block_on("ends"),
            block_on("name"),
        ],
        additional_columns_to_retain=["id"],
    )
    linker = Linker([api.register("asked"), api.register("listed")], settings, log_level=40)
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("begins"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("ends"))
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    connection.execute(
        f"""
        COPY (
            SELECT coalesce(best.id, '') AS id FROM asked LEFT JOIN (
                SELECT CASE WHEN source_dataset_l = 'asked' THEN unique_id_l ELSE unique_id_r END AS asked,
                    arg_max(CASE WHEN source_dataset_l = 'asked' THEN id_r ELSE id_l END, match_probability) AS id
                FROM {pairs.physical_name} GROUP BY 1
            ) best ON best.asked = asked.unique_id ORDER BY asked.unique_id
        ) TO '{out}' (HEADER)
        """
    )


if __name__ == "__main__":
    main(*sys.argv[1:4])
