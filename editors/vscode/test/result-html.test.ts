import assert from 'node:assert/strict';
import { test } from 'node:test';
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
  assert.match(html, /<button data-run="0">Test Login<\/button>/);
});

test('nothing that others wrote acts', () => {
  const odd = `<img src=x onerror=alert(1)>"'&\u202e`;
  const html = resultHtml({ ...page, name: odd, headline: odd, title: odd, steps: [odd], warnings: [odd], facts: [{ label: odd, value: odd }], host: odd, age: odd, setupUrl: 'javascript:alert(1)', salesforce: { message: odd }, actions: [{ title: odd, command: 'x' }] }, 'n');
  assert.doesNotMatch(html, /<img|onerror=alert\(1\)>|\u202e|javascript:/);
  assert.match(html, /default-src 'none'/);
});
