"""The main job with a typed client that others wrote: every message of the server is checked against LSP's types.

SERVER=…/sforg SIMULATOR=…/sforg-simulator pytest -W error::pytest_lsp.LspSpecificationWarning test_story.py
"""

import asyncio
import json
import os
import pathlib
import re
import subprocess

import pytest
import pytest_lsp
from lsprotocol import types as t
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

ROOT = pathlib.Path(__file__).parents[3]
SERVER = os.environ["SERVER"]
CONVERT = "Convert to OAuth 2.0 client credentials"
LOGIN = "Test Salesforce Login"
WRONG_SECRET = "0" * 64
HANG_GUARD_SECONDS = 30


def start_simulator():
    """The process, which ends with us, and what its first line says."""
    process = subprocess.Popen(
        [os.environ["SIMULATOR"], "--json", "--until-stdin-closes"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return process, json.loads(process.stdout.readline())


SIMULATOR, HELLO = start_simulator()
ORIGIN = HELLO["httpUrl"]
(ACCOUNT,) = [a for a in HELLO["accounts"] if a["organizationName"] == "Acme UAT"]


class Editor:
    """The little that an editor does around the client: the text, its version, and edits by the server."""

    def __init__(self, client: LanguageClient, folder: pathlib.Path):
        self.client = client
        self.folder = folder
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.questions: list[t.ShowMessageRequestParams] = []
        self._answer_server_requests()

    def _answer_server_requests(self):
        @self.client.feature(t.WINDOW_SHOW_MESSAGE_REQUEST)
        def ask(params: t.ShowMessageRequestParams):
            self.questions.append(params)
            return next(a for a in params.actions if a.title in ("Send", "Not Now"))

        @self.client.feature(t.WORKSPACE_APPLY_EDIT)
        def apply(params: t.ApplyWorkspaceEditParams):
            self.apply(params.edit)
            return t.ApplyWorkspaceEditResult(applied=True)

        @self.client.feature(t.CLIENT_REGISTER_CAPABILITY)
        def register(params: t.RegistrationParams):
            return None

        @self.client.feature(t.WORKSPACE_CODE_LENS_REFRESH)
        def refresh(params):
            return None

        @self.client.feature(t.WORKSPACE_INLAY_HINT_REFRESH)
        def refresh_hints(params):
            return None

    def open(self, name: str) -> str:
        path = self.folder / name
        uri = path.as_uri()
        self.texts[uri] = path.read_text() if path.exists() else ""
        self.versions[uri] = 1
        self.client.text_document_did_open(
            t.DidOpenTextDocumentParams(
                t.TextDocumentItem(uri, "salesforce-org", 1, self.texts[uri])
            )
        )
        return uri

    def set_text(self, uri: str, text: str):
        self.texts[uri] = text
        self.versions[uri] += 1
        self.client.text_document_did_change(
            t.DidChangeTextDocumentParams(
                t.VersionedTextDocumentIdentifier(self.versions[uri], uri),
                [t.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def set_value(self, uri: str, member: str, value: str):
        pattern = re.compile(rf'("{member}": *)"[^"]*"')
        self.set_text(uri, pattern.sub(lambda m: f'{m[1]}"{value}"', self.texts[uri]))

    def offset(self, uri: str, position: t.Position) -> int:
        """The example is ASCII, so a character is one unit in every encoding."""
        lines = self.texts[uri].split("\n")
        return sum(len(line) + 1 for line in lines[: position.line]) + position.character

    def text_in(self, uri: str, range_: t.Range) -> str:
        return self.texts[uri][self.offset(uri, range_.start) : self.offset(uri, range_.end)]

    def apply(self, edit: t.WorkspaceEdit):
        changes = dict(edit.changes or {})
        for change in edit.document_changes or []:
            changes[change.text_document.uri] = change.edits
        for uri, edits in changes.items():
            assert uri in self.texts, f"an edit of a file that is not open: {uri}"
            text = self.texts[uri]
            for e in sorted(edits, key=lambda e: self.offset(uri, e.range.start), reverse=True):
                start, end = self.offset(uri, e.range.start), self.offset(uri, e.range.end)
                text = text[:start] + e.new_text + text[end:]
            self.set_text(uri, text)

    async def run(self, command: str, uri: str):
        await self.client.workspace_execute_command_async(
            t.ExecuteCommandParams(command, [{"uri": uri}])
        )

    async def code_action_titles(self, uri: str):
        start = t.Range(t.Position(0, 0), t.Position(0, 0))
        actions = await self.client.text_document_code_action_async(
            t.CodeActionParams(t.TextDocumentIdentifier(uri), start, t.CodeActionContext([]))
        )
        return [action.title for action in actions]

    def diagnostics(self, uri: str, code: str):
        return [d for d in self.client.diagnostics.get(uri, []) if d.code == code]

    def said(self) -> str:
        return "\n".join(message.message for message in self.client.messages)


async def eventually(condition):
    """What `condition` gives as soon as that is truthy; the limit only guards against hanging."""
    async with asyncio.timeout(HANG_GUARD_SECONDS):
        while not (value := condition()):
            await asyncio.sleep(0.02)
        return value


def copy_project(folder: pathlib.Path):
    host = ORIGIN.removeprefix("http://")
    for source in (ROOT / "tests/example-project").rglob("*"):
        if source.is_file():
            target = folder / source.relative_to(ROOT / "tests/example-project")
            target.parent.mkdir(parents=True, exist_ok=True)
            data = source.read_bytes()
            data = re.sub(rb"https://[\w.-]+\.salesforce\.com", ORIGIN.encode(), data)
            target.write_bytes(re.sub(rb"[\w-][\w.-]*\.salesforce\.com", host.encode(), data))


@pytest_lsp.fixture(
    params=["visual_studio_code", "neovim", "emacs"],
    config=ClientServerConfig(
        # A state folder of its own for each: what was confirmed for one is not asked about again.
        server_command=["sh", "-c", 'SFORG_STATE_DIR=$(mktemp -d) exec "$0" "$@"', SERVER, "lsp", "--allow-login-host", ORIGIN],
        server_env={"SFORG_TODAY": "2026-11-24", "SFORG_UPGRADE_PROMPT": "off", "HOME": "/nonexistent", "XDG_STATE_HOME": "/nonexistent"},
    ),
)
async def client(request, lsp_client: LanguageClient, tmp_path: pathlib.Path):
    copy_project(tmp_path)
    answer = await lsp_client.initialize_session(
        t.InitializeParams(
            capabilities=client_capabilities(request.param),
            workspace_folders=[t.WorkspaceFolder(tmp_path.as_uri(), "acme")],
        )
    )
    assert answer.server_info.name == "sforg"
    yield
    await lsp_client.shutdown_session()


@pytest.mark.asyncio
async def test_edit_convert_log_in(client: LanguageClient, tmp_path: pathlib.Path):
    editor = Editor(client, tmp_path)
    uri = editor.open("orgs/acme-uat.sforg.json")
    (retiring,) = await eventually(lambda: editor.diagnostics(uri, "basic-auth-retiring"))
    assert editor.text_in(uri, retiring.range) == '"basic"'
    assert retiring.source == "sforg"
    assert retiring.code_description.href

    assert {CONVERT, LOGIN} <= set(await editor.code_action_titles(uri))
    await editor.run("sforg.convertToOAuth", uri)
    auth = await eventually(lambda: converted(editor.texts[uri]))
    assert auth["clientSecret"] == "${env:ACME_UAT_CLIENT_SECRET}"
    await eventually(lambda: not editor.diagnostics(uri, "basic-auth-retiring"))

    editor.set_value(uri, "instanceUrl", ORIGIN)
    editor.set_value(uri, "clientId", ACCOUNT["clientId"])
    (tmp_path / ".env").write_text(f"ACME_UAT_CLIENT_SECRET={ACCOUNT['clientSecret']}\n")
    await editor.run("sforg.testLogin", uri)
    await eventually(lambda: ACCOUNT["username"] in editor.said())
    assert ORIGIN.removeprefix("http://") in editor.questions[-1].message
    assert ACCOUNT["clientSecret"] not in editor.said()

    editor.set_value(uri, "clientSecret", WRONG_SECRET)
    await editor.run("sforg.testLogin", uri)
    (failed,) = await eventually(lambda: editor.diagnostics(uri, "login-failed"))
    assert editor.text_in(uri, failed.range) == f'"{WRONG_SECRET}"'
    assert "secret" in client.messages[-1].message.lower()
    assert WRONG_SECRET not in editor.said() + failed.message

    editor.set_value(uri, "clientSecret", "${env:ACME_UAT_CLIENT_SECRET}")
    await eventually(lambda: not editor.diagnostics(uri, "login-failed"))


@pytest.mark.asyncio
async def test_completion_hover_and_lenses(client: LanguageClient, tmp_path: pathlib.Path):
    editor = Editor(client, tmp_path)
    uri = editor.open("orgs/acme-uat.sforg.json")
    document = t.TextDocumentIdentifier(uri)
    row, line = next((i, l) for i, l in enumerate(editor.texts[uri].split("\n")) if '"username"' in l)
    hover = await client.text_document_hover_async(
        t.HoverParams(document, t.Position(row, line.index("username")))
    )
    assert "Multi-Factor Authentication for API Logins" in hover.contents.value

    lenses = await client.text_document_code_lens_async(t.CodeLensParams(document))
    assert [lens.command.title for lens in lenses] == [LOGIN, "Convert to OAuth"]

    editor.set_text(uri, '{\n  "name": "New",\n  "\n}')
    completion = await client.text_document_completion_async(
        t.CompletionParams(document, t.Position(2, 3))
    )
    items = completion.items if isinstance(completion, t.CompletionList) else completion
    assert {"sandbox", "serverHost", "auth: basic"} <= {item.label for item in items}


def converted(text: str):
    try:
        auth = json.loads(text)["auth"]
    except ValueError:
        return None
    return auth if auth["type"] == "oauth2-client-credentials" else None
