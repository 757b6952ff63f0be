// Every word that the client says can be translated, and stands in the list that translators begin with.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

const SOURCES = path.join(process.cwd(), 'src');
const BUNDLE = path.join(process.cwd(), 'l10n/bundle.l10n.json');

/** Names, and words of the server's that the client recognises: said as they are. */
const KEPT = new Set(['Salesforce Org', 'sforg {}', 'API {}', 'Testing…', 'No deadline', 'Now']);
/** Constants that hold no words for people. */
const NOT_WORDS = new Set(['STYLE', 'SCRIPT', 'FORM_STYLE', 'FORM_SCRIPT', 'WORKFLOW']);
/** The log is for whoever helps, and stays as it is. */
const LOG = /\blog\.(?:trace|debug|info|warn|error)$/;

/** A literal that somebody would read: two words, or one that begins as a title does. */
const READ_BY_PEOPLE = /[A-Za-z]{2,}[,:.]? [A-Za-z{]|^[A-Z][a-z]+…?$/;

interface Found {
  readonly translated: Set<string>;
  readonly escaped: string[];
}

function look(file: string, { translated, escaped }: Found): void {
  const source = ts.createSourceFile(file, fs.readFileSync(path.join(SOURCES, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found = (node: ts.Node, text: string): void => {
    const words = text.replace(/<[^<>]*>|^[^<>]*>|<[^<>]*$/g, ' ').replace(/^Salesforce Org: /, '').trim();
    if (READ_BY_PEOPLE.test(words) && !KEPT.has(words)) {
      escaped.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${text.trim()}`);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || (ts.isVariableDeclaration(node) && NOT_WORDS.has(node.name.getText()))) {
      return;
    }
    if (ts.isCallExpression(node)) {
      const called = node.expression.getText();
      if (/(^|\.)l10n\.t$/.test(called)) {
        const [first, ...values] = node.arguments;
        assert.ok(first !== undefined && ts.isStringLiteral(first), `${file}: a translator needs the words, not ${first?.getText()}`);
        translated.add(first.text);
        values.forEach(visit);
        return;
      }
      if (LOG.test(called)) {
        return;
      }
    }
    if (ts.isStringLiteralLike(node)) {
      found(node, node.text);
    } else if (ts.isTemplateExpression(node)) {
      found(node, [node.head.text, ...node.templateSpans.map((span) => `{}${span.literal.text}`)].join(''));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

test('what the client says can be translated', () => {
  const found: Found = { translated: new Set(), escaped: [] };
  const files = fs.readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  files.sort().forEach((file) => look(file, found));
  assert.deepEqual(found.escaped, [], 'words that do not go through l10n.t');
  const wanted = Object.fromEntries([...found.translated].sort().map((text) => [text, text]));
  if (process.env['UPDATE_WORDS'] !== undefined) {
    fs.writeFileSync(BUNDLE, `${JSON.stringify(wanted, null, 2)}\n`);
  }
  assert.deepEqual(JSON.parse(fs.readFileSync(BUNDLE, 'utf8')), wanted, 'run the test with UPDATE_WORDS=1');
});
