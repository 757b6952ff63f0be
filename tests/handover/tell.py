"""Prints the session and the client secret in every spelling that comes to mind, one a line."""

import base64
import html
import json
import os
import pathlib
import sys
import urllib.parse

token, secret = os.environ["SF_ACCESS_TOKEN"], os.environ["ACME_SECRET"]
pathlib.Path("token").write_text(token)
for value in (token, secret):
    data = value.encode()
    tell = print
    tell(value)
    tell(value, file=sys.stderr)
    tell(value.lower())
    tell(repr(value), json.dumps({"token": value}), html.escape(value), sep=" | ")
    tell(urllib.parse.quote(value, safe=""))
    tell(urllib.parse.quote(urllib.parse.quote(value, safe=""), safe=""))
    tell("".join(f"%{byte:02x}" for byte in data))
    tell("".join(f"\\u{byte:04x}" for byte in data))
    tell("".join(f"\\\\u{byte:04X}" for byte in data))
    tell("".join(f"\\x{byte:02x}" for byte in data))
    tell("".join(f"\\{byte:03o}" for byte in data))
    tell("".join(f"&#{byte};" for byte in data))
    tell("".join(f"&#x{byte:x};" for byte in data))
    tell(data.hex())
    tell(data.hex(" ").upper())
    for before in (b"", b"a", b"ab"):
        tell(base64.b64encode(before + data).decode())
        tell(base64.urlsafe_b64encode(before + data).decode())
    tell(base64.b64encode(value.encode("utf-16-le")).decode())
    for character in value:
        sys.stdout.write(character)
        sys.stdout.flush()
    tell()
