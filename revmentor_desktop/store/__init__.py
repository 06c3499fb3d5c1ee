"""The one file: open, lock, guard, transactions, migrations, backup."""
