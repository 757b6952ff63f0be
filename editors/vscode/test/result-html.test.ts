import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enteredOf } from '../src/result-form';
import { resultHtml, type ResultPage } from '../src/result-html';

const page: ResultPage = {
  uri: 'file:///a.sforg.json',
  name: 'Acme',
  title: 'Acme: login failed',
  outcome: 'failed',
  headline: 'Wrong secret.',
  facts: [],
  steps: ['Copy it to `clientSecret`.'],
  warnings: [],
  actions: [{ title: 'Test Login', command: 'sforg.testLogin' }],
};

test('steps are numbered and code is code', () => {
  const html = resultHtml(page, 'n');
  assert.match(html, /<ol><li>Copy it to <code>clientSecret<\/code>\.<\/li><\/ol>/);
  assert.match(html, /<button type="button" data-run="0">Test Login<\/button>/);
});

test('nothing that others wrote acts', () => {
  const odd = `<img src=x onerror=alert(1)>"'&\u202e`;
  const html = resultHtml({ ...page, name: odd, headline: odd, title: odd, steps: [odd], warnings: [odd], facts: [{ label: odd, value: odd }], host: odd, age: odd, setupUrl: 'javascript:alert(1)', salesforce: { message: odd }, actions: [{ title: odd, command: 'x' }] }, 'n');
  assert.doesNotMatch(html, /<img|onerror=alert\(1\)>|\u202e|javascript:/);
  assert.match(html, /default-src 'none'/);
});

const place = { id: 'env', label: '.env file', detail: 'ACME_SECRET in .env' };
const inputs = [
  { member: 'clientId', label: 'Client ID', placeholder: '3MVG9…' },
  { member: 'clientSecret', label: 'Client secret', placeholder: '', places: [place, { ...place, id: 'keyring' }] },
];

test('empty values have boxes, the secret one that shows nothing', () => {
  const html = resultHtml({ ...page, inputs }, 'n');
  assert.match(html, /<label class="of" for="box-clientId">Client ID<\/label><input id="box-clientId" data-input="clientId" type="text"/);
  assert.match(html, /data-input="clientSecret" type="password"[^>]* autocomplete="off"/);
  assert.match(html, /value="env" data-place="env" checked>/);
  assert.match(html, /<button type="submit">Test Login<\/button>/);
  assert.match(html, /form-action 'none'/);
  assert.doesNotMatch(resultHtml(page, 'n'), /<form>/);
  assert.match(resultHtml({ ...page, inputs: [{ member: '"><b>', label: '<b>', placeholder: '<b>' }] }, 'n'), /data-input="&#34;&#62;&#60;b&#62;"/);
});

test('the script keeps no value', () => {
  const html = resultHtml({ ...page, inputs }, 'n');
  const kept = [...html.matchAll(/setState\(([^\n]*)\)/g)].map(([, state]) => state);
  assert.deepEqual(kept, ['{ focused: (focused = keyOf(document.activeElement)), isOpen: said?.open }']);
});

test('of what a page sends, what it was asked for is taken', () => {
  const secret = { place: 'env', value: 'not-a-real-secret' };
  assert.deepEqual(enteredOf({ clientId: '3MVG9x', clientSecret: secret, uri: 'file:///etc', password: 'x' }, inputs), { clientId: '3MVG9x', clientSecret: secret });
  for (const odd of [undefined, null, 'x', [], {}, { clientId: 1 }, { clientId: { place: 'env', value: 'x' } }, { clientSecret: 'x' }, { clientSecret: { ...secret, place: 'file' } }, { clientSecret: null }]) {
    assert.equal(enteredOf(odd, inputs), undefined, JSON.stringify(odd));
  }
});

test('paths in steps lead to pages of Setup alone', () => {
  const setup = 'https://acme.my.salesforce-setup.com/lightning/setup';
  const setupPaths = [
    { words: 'Setup', url: `${setup}/SetupOneHome/home` },
    { words: 'Setup > Users', url: `${setup}/ManageUsers/home` },
    { words: 'Setup > Profiles', url: 'https://evil.example/lightning/setup/EnhancedProfiles/home' },
    { words: 'Setup > Odd', url: 'command:x' },
  ];
  const html = resultHtml({ ...page, setupPaths, steps: ['See Setup > Users, Setup > Usersets and Setup > <b>.'] }, 'n');
  assert.match(html, new RegExp(`See <a href="${setup}/ManageUsers/home">Setup &#62; Users</a>, <a href="${setup}/SetupOneHome/home">Setup</a> &#62; Usersets and <a href="[^"]*SetupOneHome/home">Setup</a> &#62; &#60;b&#62;`));
  assert.doesNotMatch(resultHtml({ ...page, setupPaths, steps: ['Setup > Profiles, Setup > Odd'] }, 'n'), /evil|command:/);
});
