"""New versions of the app: looked for from time to time, shown, and installed when wanted."""
