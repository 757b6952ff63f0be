import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupAsMarkdown } from '../src/board';

test('a date becomes a heading with its logins below', () => {
  const group = { label: '1 Jun 2027', description: "Summer '27 · 1 org", logins: [{ label: 'Acme Dev', description: 'orgs/acme.sforg.json:3 · basic auth' }] };
  assert.equal(groupAsMarkdown(group), "### 1 Jun 2027: Summer '27 · 1 org\n\n- Acme Dev: orgs/acme.sforg.json:3 · basic auth\n");
});

test('a name from outside is no markup and stays on its line', () => {
  const group = { label: 'Now', description: 'x', logins: [{ label: '[a](command:x)\n# b', description: '<img src=x>' }] };
  const lines = groupAsMarkdown(group).trim().split('\n');
  assert.equal(lines.length, 3);
  assert.ok(lines[2]?.startsWith('- \\[a\\](command:x)'), lines[2]);
  assert.ok(lines[2]?.endsWith('\\<img src=x\\>'), lines[2]);
});
