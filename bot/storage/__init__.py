"""Persistence: SQLAlchemy tables, sealed columns, the audit chain, migrations, retention."""
