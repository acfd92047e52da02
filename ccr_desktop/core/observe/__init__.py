"""Events, log lines and redaction."""
