// Rules about the sources and the manifest: what shows text to a person, and which settings a workspace may choose.

import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';

const SOURCES = path.join(process.cwd(), 'src');

/** What shows words to a person, by where it may be called. */
const SHOWS_TEXT: readonly [call: RegExp, module: string][] = [
  [/\bshow(?:Information|Warning|Error)Message\b/g, 'window.ts'],
  [/\bcreateOutputChannel\b/g, 'window.ts'],
  [/\b(?:showQuickPick|showInputBox|createQuickPick|createInputBox|showWorkspaceFolderPick)\b/g, 'window.ts'],
  [/\b(?:withProgress|withScmProgress|setStatusBarMessage|createStatusBarItem|createLanguageStatusItem)\b/g, 'window.ts'],
  [/\b(?:createWebviewPanel|registerWebviewViewProvider|createTreeView|createTerminal)\b/g, 'window.ts'],
  [/\bnew (?:vscode\.)?MarkdownString\b/g, 'shown-content.ts'],
];

test('one module shows messages, questions, progress and the log', () => {
  const files = fs.readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  assert.ok(files.includes('window.ts') && files.length > 10);
  for (const file of files) {
    const text = fs.readFileSync(path.join(SOURCES, file), 'utf8');
    for (const [call, module] of SHOWS_TEXT) {
      assert.ok(file === module || !call.test(text), `${file} calls ${call.source}; only ${module} may`);
      call.lastIndex = 0;
    }
    assert.doesNotMatch(text, /isTrusted = true|supportHtml = true|isTrusted: true|supportHtml: true/, file);
    assert.doesNotMatch(text, /\bwindow\[/, `${file} names a member of the window by an expression`);
  }
});

test('that module cleans whatever it shows', () => {
  const text = fs.readFileSync(path.join(SOURCES, 'window.ts'), 'utf8');
  const calls = [...text.matchAll(/\bshow(?:Information|Warning|Error)Message\b\(?/g)].map((match) => match[0]);
  // Three functions behind `notify`, which cleans, and the dialog, whose words are plain text.
  assert.deepEqual(calls.sort(), ['showErrorMessage', 'showInformationMessage', 'showWarningMessage', 'showWarningMessage(']);
  assert.match(text, /notificationOf\(severity\)\(messageText\(text\), \.\.\.titles\)/);
  assert.match(text, /modal: true/);
});

test('no setting of a workspace that is not trusted is taken, and none ever says where credentials go or what runs', () => {
  const manifest = JSON.parse(fs.readFileSync(path.join(process.cwd(), 'package.json'), 'utf8')) as {
    capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
    contributes: { configuration: { properties: Record<string, { scope: string }> } };
  };
  const settings = manifest.contributes.configuration.properties;
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.sort(), Object.keys(settings).sort());
  for (const name of ['sforg.server.path', 'sforg.allowedLoginHosts']) {
    assert.equal(settings[name]?.scope, 'machine', name);
  }
  for (const [name, { scope }] of Object.entries(settings)) {
    assert.ok(scope === 'machine' || !/path|host|proxy|ca|url|env|arg|command/i.test(name), `${name} is of ${scope} scope`);
  }
});
