"""What is kept: SQLAlchemy tables, sealed columns, the audit chain, migrations, retention."""
