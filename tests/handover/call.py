"""Calls the REST API with the session of the environment, and keeps it for the test."""

import json
import os
import pathlib
import urllib.request

token = os.environ["SF_ACCESS_TOKEN"]
pathlib.Path("token").write_text(token)
url = f"{os.environ['SF_INSTANCE_URL']}/services/data/v{os.environ['SF_ORG_API_VERSION']}/limits"
request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
with urllib.request.urlopen(request) as answer:
    assert json.load(answer)["DailyApiRequests"]["Remaining"] > 0
