"""The texts of the window, and their translations in `resources/i18n`."""
