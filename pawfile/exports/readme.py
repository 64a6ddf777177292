"""What somebody reads who opens the file without Pawfile at hand."""

README = """\
A whole company of Pawfile, the client-and-pet book.

manifest.json   what is in here: every table with its columns, sizes, SHA-256 checksums, and how
                secrets are sealed
tables/         every table, one row a line, as JSON
sheets/         the same for people, as CSV; without secrets
files/          photos and other files, as they were uploaded or made from uploads

"client_id": 57 in one table is the row with "id": 57 in the table that the manifest names under
"points_at". Moments are in UTC, decimals are text, empty is null or "".

A secret is the text v1.<key id>.<base64>: AES-256-GCM, 12 bytes nonce, then ciphertext and tag;
"v1.<key id>" is authenticated with it. The key comes from the passphrase by scrypt, with the
numbers in the manifest. A cell that begins with ' and then one of = + - @ has the ' only so that
no spreadsheet program runs it.

pawfile restore FILE    brings it into a new installation, on SQLite or PostgreSQL.
"""
