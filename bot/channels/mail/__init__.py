"""Letters and codes by SMTP, or into a folder that stands in for a mail server."""
