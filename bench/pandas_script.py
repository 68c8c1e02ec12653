"""What an analyst writes today: ``python pandas_script.py PAYMENTS SUPPLIERS POSTCODES AUTHORITIES OUT``.

Reads a folder of Manchester's monthly files, parses amounts and dates, cleans supplier names, finds the suppliers'
postcodes by clean name and the postcodes' authorities, and writes totals by fiscal year, the local share of all money
and of the top 300 suppliers, and the top 300. No reconciliation, no ranges, no scope, no report. ``AUTHORITIES`` are
the codes that count as local, divided by commas.
"""

import sys
from pathlib import Path

import pandas as pd

COLUMNS = ["Service Area", "Expenses Type", "Invoice Payment Date", "Net Amount", "Supplier Name"]


def read(folder: Path) -> pd.DataFrame:
    frames = []
    for path in sorted(folder.glob("*.csv")):
        frame = pd.read_csv(path, encoding="cp1252", dtype=str).rename(columns=str.strip)
        frames.append(frame.rename(columns={"Amount": "Net Amount"})[COLUMNS])
    return pd.concat(frames, ignore_index=True)


def clean(names: pd.Series) -> pd.Series:
    return (
        names.str.upper()
        .str.replace("&", " AND ", regex=False)
        .str.replace(r"[^A-Z0-9 ]", "", regex=True)
        .str.replace(r"\b(LIMITED|LTD|PLC|LLP|THE)\b", "", regex=True)
        .str.replace(r"\s+", " ", regex=True)
        .str.strip()
    )


def main(payments: Path, suppliers: Path, postcodes: Path, local: set[str], out: Path) -> None:
    df = read(payments)
    df["amount"] = pd.to_numeric(df["Net Amount"].str.replace(r"[£,\s]", "", regex=True), errors="coerce")
    df["date"] = pd.to_datetime(df["Invoice Payment Date"], format="%d.%m.%Y", errors="coerce")
    df["year"] = df["date"].dt.year - (df["date"].dt.month < 4)
    df["supplier"] = clean(df["Supplier Name"])

    register = pd.read_csv(suppliers, dtype=str)
    register = register.rename(columns={"EmployerName": "name", "PostCode": "postcode"})[["name", "postcode"]]
    register["supplier"] = clean(register["name"])
    register = register.drop_duplicates("supplier")
    places = pd.read_csv(postcodes, dtype=str, usecols=["postcode", "lad_code"])
    register = register.merge(places, on="postcode", how="left")

    by_supplier = df.groupby("supplier", as_index=False)["amount"].sum().sort_values("amount", ascending=False)
    top = by_supplier.head(300).merge(register, on="supplier", how="left")
    df = df.merge(register[["supplier", "lad_code"]], on="supplier", how="left")
    df["local"] = df["lad_code"].isin(local)
    by_year = df.pivot_table(index="year", columns="local", values="amount", aggfunc="sum", fill_value=0)

    out.mkdir(parents=True, exist_ok=True)
    by_year.to_csv(out / "by_year.csv")
    top.to_csv(out / "top_300.csv", index=False)
    df.groupby("Expenses Type")["amount"].sum().sort_values(ascending=False).to_csv(out / "by_category.csv")
    total, local_money = df["amount"].sum(), df.loc[df["local"], "amount"].sum()
    top_local = top.loc[top["lad_code"].isin(local), "amount"].sum()
    top_share = top_local / top["amount"].sum()
    print(f"rows {len(df)}  total {total:.2f}  local {local_money / total:.4f}  top 300 {top_share:.4f}")


if __name__ == "__main__":
    folder, supplier_file, postcode_file, codes, target = sys.argv[1:]
    main(Path(folder), Path(supplier_file), Path(postcode_file), set(codes.split(",")), Path(target))
