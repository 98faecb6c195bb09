"""One running process: workers, web server, metrics, signals."""
