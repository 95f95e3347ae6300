"""The guard of the file: keys, header, cipher, migrations, backups, audit chain."""
