import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asOrgFile, fileOfCopy, nameOfCopy } from '../src/orgs/names';
import { contextOf, descriptionOf, fileOf, iconOf, spokenOf, STATE_ORDER, tooltipOf, type OrgRow, type OrgState } from '../src/orgs/row';
import { statusOf, statusOfProject } from '../src/orgs/status';
import { buildTree, orgsOf, type OrgTreeNode } from '../src/orgs/tree';

const ACME = { uri: 'file:///w/erp/sforg-project.json', name: 'Acme ERP', apiVersion: '64.0' };

function org(name: string, more: Partial<OrgRow> = {}): OrgRow {
  return {
    uri: `file:///w/erp/${encodeURIComponent(name)}.sforg.json`,
    name,
    nameRange: null,
    project: ACME,
    folder: '',
    kind: 'sandbox',
    auth: 'oauth2-client-credentials',
    apiVersion: '64.0',
    host: 'acme.my.salesforce.com',
    problems: 0,
    state: 'untested',
    short: '',
    summary: 'Not tested yet',
    at: null,
    action: 'test',
    deadline: null,
    ...more,
  };
}

const BOTH = { failedOnly: false, groupBy: 'folder' } as const;

/** The tree as one reads it: a node a line, indented. */
function drawn(nodes: readonly OrgTreeNode[], indent = ''): string[] {
  return nodes.flatMap((node) =>
    node.kind === 'org'
      ? [`${indent}${node.row.name}`]
      : [`${indent}${node.label} | ${node.description}`, ...drawn(node.children, `${indent}  `)],
  );
}

test('each state has an icon of its own shape, but for the two that warn', () => {
  const icons = STATE_ORDER.map((state) => iconOf(org('A', { state })).id);
  assert.equal(STATE_ORDER.length, 9);
  assert.equal(new Set(icons).size, 8, icons.join());
  assert.equal(iconOf(org('A', { state: 'new' as OrgState })).id, 'circle-outline');
});

test('production stands first in the description', () => {
  assert.equal(descriptionOf(org('A', { kind: 'production', short: 'no secret' })), 'PROD · no secret');
  assert.equal(descriptionOf(org('A', { kind: 'production', short: 'wrong client secret' })), 'PROD · wrong secret');
  assert.equal(descriptionOf(org('A', { kind: 'sandbox', short: 'wrong client secret' })), 'wrong client secret');
  assert.equal(descriptionOf(org('A', { kind: 'production' })), 'PROD');
  assert.equal(descriptionOf(org('A', { short: 'ends Jun 2027' })), 'ends Jun 2027');
  assert.equal(descriptionOf(org('A')), '');
});

test('the tooltip begins with the state, and says what a person needs without opening the file', () => {
  const row = org('A', { folder: 'orgs/eu', summary: 'Add the closing `}`.\u202e', deadline: { date: '2027-06-01', days: 189, what: 'basic authentication ends' } });
  assert.equal(tooltipOf(row), 'Add the closing "}".\nBasic authentication ends\nsandbox · API 64.0 · acme.my.salesforce.com\norgs/eu/A.sforg.json');
  assert.equal(spokenOf(org('A')), 'A, sandbox, Not tested yet');
});

test('menus see what an org is', () => {
  assert.equal(contextOf(org('A', { auth: 'basic', action: 'enterSecret' })), 'org basic secret host');
  assert.equal(contextOf(org('A', { auth: null, host: null })), 'org');
});

test('a file is named as people read it', () => {
  assert.equal(fileOf(org('Ä b')), 'Ä b.sforg.json');
  assert.equal(fileOf(org('A', { uri: 'file:///w/%E0.sforg.json', folder: 'x' })), 'x/%E0.sforg.json');
});

test('orgs of one project are the roots, by name and not by case or digit', () => {
  assert.deepEqual(drawn(buildTree([org('b'), org('Org 10'), org('A'), org('Org 9')], BOTH)), ['A', 'b', 'Org 9', 'Org 10']);
});

test('several projects, with their versions and what failed; orgs without one are last', () => {
  const other = { uri: 'file:///w/zeta/sforg-project.json', name: 'A first', apiVersion: null };
  const rows = [org('x', { state: 'failed' }), org('y'), org('alone', { project: null }), org('z', { project: other })];
  const tree = buildTree(rows, BOTH);
  assert.deepEqual(drawn(tree), ['A first | no API version', '  z', 'Acme ERP | 64.0 · 1 failed', '  x', '  y', 'No project | no API version', '  alone']);
  assert.ok(orgsOf(tree).every((node) => node.parent !== undefined));
});

test('folders in a project of more than twenty orgs, and only those that hold orgs', () => {
  const rows = Array.from({ length: 21 }, (_, index) => org(`Org ${index}`, { folder: index === 0 ? '' : index < 20 ? 'orgs/eu' : 'orgs/us' }));
  const lines = drawn(buildTree(rows, BOTH));
  assert.deepEqual([lines[0], lines.at(-3), lines.at(-2), lines.at(-1)], ['orgs/eu | 19 orgs', 'orgs/us | 1 org', '  Org 20', 'Org 0']);
  assert.equal(drawn(buildTree(rows.slice(1), BOTH)).length, 20);
  const failed = rows.map((row, index) => (index === 20 ? { ...row, state: 'failed' as const } : row));
  assert.ok(drawn(buildTree(failed, BOTH)).includes('orgs/us | 1 failed'));
});

test('what failed or could not be tried, alone', () => {
  const rows = STATE_ORDER.map((state) => org(state, { state }));
  assert.deepEqual(drawn(buildTree(rows, { ...BOTH, failedOnly: true })), ['failed', 'fileError', 'noSecret']);
});

test('by state, the worst first', () => {
  const rows = [org('a', { state: 'ok' }), org('b', { state: 'failed' }), org('c', { state: 'ok' })];
  assert.deepEqual(drawn(buildTree(rows, { ...BOTH, groupBy: 'state' })), ['Failed | 1 org', '  b', 'Logged In | 2 orgs', '  a', '  c']);
});

test('a copy has a name that nothing else has', () => {
  assert.equal(nameOfCopy('Acme UAT', []), 'Acme UAT copy');
  assert.equal(nameOfCopy('Acme UAT', ['acme uat COPY', 'Acme UAT copy 2']), 'Acme UAT copy 3');
  assert.equal(nameOfCopy('Acme UAT copy 2', ['Acme UAT copy', 'Acme UAT copy 2']), 'Acme UAT copy 3');
  assert.equal(fileOfCopy('acme.sforg.json', ['acme-copy.sforg.json']), 'acme-copy-2.sforg.json');
  assert.equal(asOrgFile('acme.json', []), 'acme.sforg.json');
  assert.equal(asOrgFile('acme.json', ['Acme.sforg.json']), 'acme-2.sforg.json');
});

const PLAIN = { isTrusted: true, highlightProduction: false };

test('the status bar says what the org is, or what is wrong with it', () => {
  const said = (more: Partial<OrgRow>, options = PLAIN) => {
    const { icon, text, background, click } = statusOf(org('Acme', more), options);
    return `${icon} ${text} ${background ?? '-'} ${click}`;
  };
  assert.equal(said({ state: 'ok' }), 'pass Acme · sandbox · API 64.0 - menu');
  assert.equal(said({ state: 'untested', kind: 'production' }), 'circle-outline Acme · PRODUCTION · API 64.0 - menu');
  assert.equal(said({ state: 'ok', kind: 'production' }, { ...PLAIN, highlightProduction: true }), 'pass Acme · PRODUCTION · API 64.0 warning menu');
  assert.equal(said({ state: 'changed', apiVersion: null, kind: null }), 'history Acme - menu');
  assert.equal(said({ state: 'testing', summary: 'Testing since 3 s' }), 'loading~spin Acme · testing… 3 s - cancel');
  assert.equal(said({ state: 'failed', short: 'wrong client secret' }), 'error Acme · wrong client secret error menu');
  assert.equal(said({ state: 'fileError', short: '8 problems' }), 'circle-slash Acme · 8 problems warning menu');
  assert.equal(said({ state: 'warning', short: 'is production!' }), 'warning Acme · is production! warning menu');
  assert.equal(said({ state: 'failed' }, { ...PLAIN, isTrusted: false }), 'shield Acme · not trusted - menu');
  const ends = (days: number) => ({ state: 'deadline' as const, short: 'ends Jun 2027', deadline: { date: '2027-06-01', days, what: 'it ends' } });
  assert.equal(said(ends(179)), 'warning Acme · ends Jun 2027 warning menu');
  assert.equal(said(ends(180)), 'circle-outline Acme · sandbox · API 64.0 - menu');
  assert.equal(said({ ...ends(180), at: 1 }), 'pass Acme · sandbox · API 64.0 - menu');
});

test('the status bar sums a project up', () => {
  assert.equal(statusOfProject(ACME, [org('a'), org('b', { state: 'failed' })]).text, 'Acme ERP · 2 orgs · API 64.0 · 1 failed');
  assert.equal(statusOfProject(ACME, []).text, 'Acme ERP · no orgs yet · API 64.0');
  assert.equal(statusOfProject({ ...ACME, apiVersion: null }, []).text, 'Acme ERP · no orgs yet');
});
