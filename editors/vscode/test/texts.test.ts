import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const read = (name: string): unknown => JSON.parse(fs.readFileSync(path.join(process.cwd(), name), 'utf8'));

/** What people read of a manifest, by the names of its members. */
const SHOWN = new Set(['displayName', 'description', 'markdownDescription', 'title', 'category', 'name', 'contextualTitle', 'contents', 'altText', 'patternErrorMessage', 'enumDescriptions']);

/** The texts of the manifest that people read: of the extension, and of what it contributes. */
function shown(value: unknown, member: string | undefined, into: string[]): void {
  if (typeof value === 'string') {
    if (member !== undefined && SHOWN.has(member)) {
      into.push(value);
    }
  } else if (Array.isArray(value)) {
    value.forEach((one) => shown(one, member, into));
  } else if (typeof value === 'object' && value !== null) {
    Object.entries(value).forEach(([name, one]) => shown(one, name, into));
  }
}

test('what people read of the manifest can be translated', () => {
  const { displayName, description, capabilities, contributes } = read('package.json') as Record<string, unknown>;
  const texts: string[] = [];
  shown({ displayName, description, capabilities, contributes }, undefined, texts);
  const keys = texts.map((text) => /^%(.+)%$/.exec(text)?.[1] ?? assert.fail(`not in package.nls.json: ${text}`));
  const bundle = read('package.nls.json') as Record<string, string>;
  assert.deepEqual([...new Set(keys)].sort(), Object.keys(bundle).sort());
  Object.entries(bundle).forEach(([key, text]) => assert.ok(text.trim() !== '' && !text.includes('%'), key));
});

test('the palette finds every command by "sforg" and by "Salesforce Org"', () => {
  const { contributes } = read('package.json') as { contributes: { commands: { command: string; category?: string }[] } };
  const category = (read('package.nls.json') as Record<string, string>)['category'];
  assert.equal(category, 'Salesforce Org (sforg)');
  contributes.commands.forEach((one) => assert.equal(one.category, '%category%', one.command));
});
