import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import * as oniguruma from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry, type IGrammar } from 'vscode-textmate';

const SCOPE = 'source.json.salesforce-org';

async function grammar(): Promise<IGrammar> {
  const wasm = fs.readFileSync(path.join('node_modules', 'vscode-oniguruma', 'release', 'onig.wasm'));
  await oniguruma.loadWASM(new Uint8Array(wasm).buffer);
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => {
      const file = 'syntaxes/salesforce-org.tmLanguage.json';
      return parseRawGrammar(fs.readFileSync(file, 'utf8'), file);
    },
  });
  const loaded = await registry.loadGrammar(SCOPE);
  assert.ok(loaded);
  return loaded;
}

const loading = grammar();

/** `text=scope` for every token but white space; the scope is the innermost one without the common ending. */
async function tokens(text: string): Promise<string[]> {
  const loaded = await loading;
  let state = INITIAL;
  return text.split('\n').flatMap((line) => {
    const result = loaded.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens
      .map((token) => ({ text: line.slice(token.startIndex, token.endIndex), scope: token.scopes.at(-1) ?? '' }))
      .filter((token) => token.text.trim() !== '')
      .map((token) => `${token.text.trim()}=${token.scope.replace(/(\.json)?\.salesforce-org$/, '')}`);
  });
}

/** The tokens without punctuation. */
async function words(text: string): Promise<string[]> {
  return (await tokens(text)).filter((token) => !/=punctuation\./.test(token));
}

test('members, values and secret references', async () => {
  const text = `{
  "name": "Acme \\u0041 production",
  "sandbox": false,
  "apiVersion": "64.0",
  "auth": {
    "type": "basic",
    "password": "\${env:ACME_PASSWORD}",
    "clientSecret": "\${keyring:acme secret}"
  }
}`;
  assert.deepEqual(await words(text), [
    'name=support.type.property-name',
    'Acme=string.quoted.double',
    '\\u0041=constant.character.escape',
    'production=string.quoted.double',
    'sandbox=support.type.property-name',
    'false=constant.language',
    'apiVersion=support.type.property-name',
    '64.0=constant.numeric.version',
    'auth=support.type.property-name',
    'type=support.type.property-name',
    'basic=constant.other.auth-type',
    'password=support.type.property-name.json.secret',
    'env=keyword.other.secret-store',
    'ACME_PASSWORD=variable.other.secret-name',
    'clientSecret=support.type.property-name.json.secret',
    'keyring=keyword.other.secret-store',
    'acme secret=variable.other.secret-name',
  ]);
});

test('what only looks like a reference is a plain string', async () => {
  const values = ['$', '${env:}', '${env:1A}', '${vault:A}', 'x${env:A}', '${env:A}x', '$${env:A}'];
  const found = await words(`[${values.map((value) => `"${value}"`).join(', ')}]`);
  assert.deepEqual(
    found,
    values.map((value) => `${value}=string.quoted.double`),
  );
});

test('an unfinished string ends with its line', async () => {
  assert.deepEqual(await words('{\n  "name": "Acme\n  "sandbox": true\n}'), [
    'name=support.type.property-name',
    'Acme=string.quoted.double',
    'sandbox=support.type.property-name',
    'true=constant.language',
  ]);
});

test('comments are comments, also where JSON has none', async () => {
  assert.deepEqual(await words('{ // note\n  "sandbox": /* yes */ true }'), [
    'note=comment.line.double-slash',
    'sandbox=support.type.property-name',
    'yes=comment.block',
    'true=constant.language',
  ]);
});

test('stray text is marked as wrong', async () => {
  assert.deepEqual(await words('{ "sandbox": yes }'), [
    'sandbox=support.type.property-name',
    'y=invalid.illegal.expected-value',
    'e=invalid.illegal.expected-value',
    's=invalid.illegal.expected-value',
  ]);
});
