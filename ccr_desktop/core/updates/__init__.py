"""New versions of this program: looked for, fetched, verified and handed to who installs them."""
