"""curl, Python and the Salesforce CLI with sessions of `sforg exec`, and a program that prints all it has."""

import fcntl
import json
import os
import pathlib
import pty
import struct
import subprocess
import sys
import tempfile
import termios
import unittest
import urllib.error
import urllib.request
import xml.etree.ElementTree

SFORG = os.environ["SERVER"]
SALESFORCE_CLI = os.environ["SALESFORCE_CLI"].splitlines()
HERE = pathlib.Path(__file__).parent
# Longer than any of them takes: only what hangs is ended.
LONGEST = 300


class Handover(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulator = subprocess.Popen(
            [os.environ["SIMULATOR"], "--json", "--until-stdin-closes"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        started = json.loads(cls.simulator.stdout.readline())
        cls.url = started["httpUrl"]
        cls.account = next(one for one in started["accounts"] if one["organizationName"] == "Acme production")

    @classmethod
    def tearDownClass(cls):
        cls.simulator.stdin.close()
        cls.simulator.stdout.close()
        cls.simulator.wait(LONGEST)

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="sforg-handover-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        org = {
            "name": "Acme", "apiVersion": "61.0",
            "auth": {
                "type": "oauth2-client-credentials", "instanceUrl": self.url,
                "clientId": self.account["clientId"], "clientSecret": "${env:ACME_SECRET}",
            },
        }
        (self.folder / "acme.sforg.json").write_text(json.dumps(org))
        self.get("/simulator/reset")

    def get(self, path, token=None):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        with urllib.request.urlopen(urllib.request.Request(self.url + path, headers=headers)) as answer:
            return json.load(answer)

    def exec(self, *command, options=()):
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "ACME_SECRET": self.account["clientSecret"],
            "SF_DISABLE_TELEMETRY": "true", "SF_SKIP_NEW_VERSION_CHECK": "true", "SF_AUTOUPDATE_DISABLE": "true",
            "FORCE_COLOR": "0",
        }
        begin = [SFORG, "exec", "--allow-login-host", self.url, "--allow-secret", "ACME_*", "--org", "Acme"]
        ran = subprocess.run(
            [*begin, *options, "--", *command],
            cwd=self.folder, env=environment, capture_output=True, timeout=LONGEST, check=False,
        )
        self.assertEqual(ran.returncode, 0, ran)
        return ran

    def on_a_terminal(self, *command, options=(), typed=()):
        """What a terminal of 101 columns shows of a command, and its exit code. Each text of `typed` is typed when the one
        in front of it has appeared."""
        child, terminal = pty.fork()
        if child == 0:
            # Not before the terminal has its size.
            sys.stdin.readline()
            os.chdir(self.folder)
            environment = {
                "PATH": os.environ["PATH"], "HOME": str(self.folder), "ACME_SECRET": self.account["clientSecret"], "TERM": "xterm",
            }
            begin = [SFORG, "exec", "--allow-login-host", self.url, "--allow-secret", "ACME_*", "--org", "Acme"]
            os.execve(SFORG, [*begin, *options, "--", *command], environment)
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 33, 101, 0, 0))
        os.write(terminal, b"\n")
        shown, left = b"", list(typed)
        while True:
            try:
                piece = os.read(terminal, 65536)
            except OSError:  # Linux, when everybody has closed it
                piece = b""
            if piece == b"":
                break
            shown += piece
            if left and left[0][0].encode() in shown:
                os.write(terminal, left.pop(0)[1].encode())
        os.close(terminal)
        _, status = os.waitpid(child, 0)
        return shown.decode(), os.waitstatus_to_exitcode(status)

    def ended(self):
        return self.get("/simulator/stats")["paths"].get("POST /services/oauth2/revoke", 0)

    def test_curl_calls_the_rest_api(self):
        script = (
            'curl -sS -H "Authorization: Bearer $SF_ACCESS_TOKEN"'
            ' "$SF_INSTANCE_URL/services/data/v$SF_ORG_API_VERSION/limits"'
        )
        answer = json.loads(self.exec("sh", "-c", script).stdout)
        self.assertEqual(answer["DailyApiRequests"]["Max"], 15000)
        self.assertEqual(self.ended(), 1)

    def test_curl_may_show_what_it_sends(self):
        script = (
            'curl -sS -v -H "Authorization: Bearer $SF_ACCESS_TOKEN"'
            ' "$SF_INSTANCE_URL/services/data/v61.0/limits"'
        )
        self.assertIn(b"> Authorization: Bearer [hidden]", self.exec("sh", "-c", script).stderr)

    def test_python_calls_the_rest_api_and_the_session_ends_behind_it(self):
        self.exec(sys.executable, str(HERE / "call.py"))
        token = (self.folder / "token").read_text()
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.get("/services/data/v61.0/limits", token)
        self.assertEqual((refused.exception.code, self.ended()), (401, 1))
        refused.exception.close()

    def test_the_salesforce_cli_knows_the_org(self):
        shown = self.exec(*SALESFORCE_CLI, "org", "display", "--json").stdout
        result = json.loads(shown)["result"]
        self.assertEqual((result["connectedStatus"], result["instanceUrl"]), ("Connected", self.url))
        self.assertNotIn(b"NOTREAL", shown)
        self.assertEqual(self.ended(), 1)

    def test_the_salesforce_cli_queries(self):
        query = ["data", "query", "--json", "-q", "SELECT Id, Name FROM Organization"]
        records = json.loads(self.exec(*SALESFORCE_CLI, *query).stdout)["result"]["records"]
        self.assertEqual([record["Name"] for record in records], ["Acme production"])
        # What it keeps in its folder is no session.
        kept = [path for path in self.folder.rglob("*") if path.is_file()]
        self.assertEqual([path for path in kept if b"AQ.NOTREAL" in path.read_bytes()], [])

    def test_the_salesforce_cli_takes_the_app_of_a_conversion(self):
        org = {
            "name": "Acme & Söhne", "apiVersion": "61.0",
            "auth": {"type": "basic", "username": "integration@acme.example", "password": "${env:ACME_PASSWORD}"},
        }
        file = self.folder / "basic.sforg.json"
        file.write_text(json.dumps(org))
        convert = [SFORG, "convert", str(file), "--app", "apps", "--contact", "it@acme.example"]
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "SF_DISABLE_TELEMETRY": "true"}

        def run(command, folder):
            ran = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, timeout=LONGEST, check=False
            )
            self.assertEqual(ran.returncode, 0, ran)

        run(convert, self.folder)
        apps = self.folder / "apps"
        convert = ["project", "convert", "source", "--root-dir", "ACME_S_HNE_APP", "--output-dir", "out", "--json"]
        run([*SALESFORCE_CLI, *convert], apps)
        manifest = (apps / "out/package.xml").read_text()
        for kind in (
            "ExternalClientApplication", "ExtlClntAppOauthSettings", "ExtlClntAppGlobalOauthSettings",
            "ExtlClntAppOauthConfigurablePolicies",
        ):
            self.assertIn(f"<name>{kind}</name>", manifest)
        for written in apps.rglob("*.xml"):
            xml.etree.ElementTree.parse(written)

    TERMINAL = (
        "import os, shutil; print([os.isatty(at) for at in range(3)], shutil.get_terminal_size().columns);"
        "print(os.environ['SF_ACCESS_TOKEN'])"
    )

    def test_on_a_terminal_a_program_can_be_typed_to_and_knows_the_width_and_shows_no_session(self):
        shown, code = self.on_a_terminal(sys.executable, "-c", self.TERMINAL)
        self.assertIn("[True, False, False] 101\r\n[hidden]\r\n", shown)
        self.assertEqual((code, self.ended()), (0, 1))

    def test_without_masking_a_program_has_the_terminal(self):
        shown, code = self.on_a_terminal(sys.executable, "-c", self.TERMINAL, options=["--no-masking"])
        self.assertIn("[True, True, True] 101\r\n00D", shown)
        self.assertEqual((code, self.ended()), (0, 1))

    def test_a_prompt_answers_and_ctrl_c_is_its_own(self):
        tell = "import os; print(os.environ['SF_ACCESS_TOKEN'])\n"
        typed = [(">>>", tell), ("[hidden]", "\x03"), ("KeyboardInterrupt", "exit(7)\n")]
        shown, code = self.on_a_terminal(sys.executable, "-i", "-q", typed=typed)
        self.assertNotIn("AQ.NOTREAL", shown)
        self.assertEqual((code, self.ended()), (7, 1), shown)

    def test_ctrl_c_ends_a_program_and_then_the_session(self):
        shown, code = self.on_a_terminal("sh", "-c", "echo ready; sleep 100", typed=[("ready", "\x03")])
        self.assertEqual((code, self.ended()), (130, 1), shown)

    def test_nothing_that_a_program_prints_has_a_secret_in_it(self):
        printed = self.exec(sys.executable, str(HERE / "tell.py"))
        token = (self.folder / "token").read_text()
        key = token.split("!")[1]
        secret = self.account["clientSecret"]
        everything = printed.stdout + printed.stderr
        for part in (key, key[:16], key[-16:], secret):
            for form in (part, part.encode().hex(), part.encode().hex(" ")):
                self.assertNotIn(form.encode().lower(), everything.lower(), form)
        lines = printed.stdout.decode().splitlines()
        self.assertGreater(len(lines), 30)
        self.assertEqual([line for line in lines if "[hidden]" not in line], [], "a spelling was not known")
        self.assertEqual([line for line in lines if len(line) > 60], [], "more than the secret's edges")


if __name__ == "__main__":
    unittest.main()
