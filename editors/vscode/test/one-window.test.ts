// Rules about the sources and the manifest: what shows text to a person, and which settings a workspace may choose.

import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';

const SOURCES = path.join(process.cwd(), 'src');

/** What shows words to a person, by where it may be called. */
const SHOWS_TEXT: readonly [call: RegExp, ...modules: string[]][] = [
  [/\bshow(?:Information|Warning|Error)Message\b/, 'window.ts'],
  [/\bcreateOutputChannel\b/, 'window.ts'],
  [/\b(?:createQuickPick|createInputBox)\b/, 'window.ts', 'wizard-window.ts'],
  [/\b(?:showQuickPick|showInputBox|showWorkspaceFolderPick)\b/, 'window.ts'],
  [/\b(?:withProgress|withScmProgress|setStatusBarMessage|createStatusBarItem|createLanguageStatusItem)\b/, 'window.ts'],
  [/\b(?:createWebviewPanel|registerWebviewViewProvider|createTreeView|createTerminal)\b/, 'window.ts'],
  [/\bnew (?:vscode\.)?MarkdownString\b/, 'shown-content.ts'],
];

test('the gates alone show messages, questions, progress and the log', () => {
  const files = fs.readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  assert.ok(files.includes('window.ts') && files.length > 10);
  for (const file of files) {
    const text = fs.readFileSync(path.join(SOURCES, file), 'utf8');
    for (const [call, ...modules] of SHOWS_TEXT) {
      assert.ok(modules.includes(file) || !call.test(text), `${file} calls ${call.source}; only ${modules.join(' and ')} may`);
    }
    assert.doesNotMatch(text, /isTrusted = true|supportHtml = true|isTrusted: true|supportHtml: true/, file);
    assert.doesNotMatch(text, /\bwindow\[/, `${file} names a member of the window by an expression`);
  }
});

test('what is a message is cleaned in the one function that shows it', () => {
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

test('every word in the boxes of the wizard is cleaned', () => {
  const text = fs.readFileSync(path.join(SOURCES, 'wizard-window.ts'), 'utf8');
  for (const [, member, value] of text.matchAll(/\b(?:box|pick|input)\.(title|prompt|placeholder) = (.*);/g)) {
    assert.match(value ?? '', /^plainLine\(/, member);
  }
  for (const [line] of text.matchAll(/^.*\b(?:label|description|detail|message): (?!string).*$/gm)) {
    assert.match(line, /plainLine\(|listText\(/, line);
  }
});
