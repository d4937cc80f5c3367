"""Where the official documents of notifications are. Pure."""

from __future__ import annotations

from urllib.parse import quote

DOCUMENTS_ONLINE = "https://docs.wto.org/dol2fe/Pages/FE_Search/FE_S_S006.aspx"


def wto_documents(symbol: str) -> str:
    """Where the WTO's Documents Online lists the documents with a symbol, in all its languages."""
    return f"{DOCUMENTS_ONLINE}?Query={quote(f'@Symbol={symbol}', safe='')}&Language=ENGLISH"
