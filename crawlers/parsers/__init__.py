"""Pure parsers: bytes of one document and its address in, typed statements out. No Django, no network, no disk."""
