"""Backup and restore of all that cannot be made again: the database and the stored files.

A backup is a folder named by its moment (UTC)::

    20260102T030405Z/
        manifest.json      what it was made of, and with which versions
        SHA256SUMS         of every file, the manifest among them; ``sha256sum -c`` reads it
        database           SQLite, or pg_dump's custom format
        files/ snapshots/ media/

**Order.** A file is stored before the row that names it is committed, so the database is copied first and the files
after it: every row of the copy finds its file. The other way round, a row could name a file that came after the files
were read. A file too many does no harm.

**Increments.** Every backup is complete by itself, but a file that the backup before it has already (same name, size
and time) is the same file on the disk, by a hard link.

**The index** is not in it: it is made of the database alone, so a restore builds it anew and compares the two. Building
it takes a while for millions of records; where ``ELASTICSEARCH_SNAPSHOTS`` names a snapshot repository, Elasticsearch
keeps a snapshot for each backup, and a restore starts from that.
"""
