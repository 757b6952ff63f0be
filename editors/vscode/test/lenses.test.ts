import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lensTitle } from '../src/lenses';

test('a mark becomes an icon', () => {
  assert.equal(lensTitle('✓ Logged in as u@example.com · just now'), '$(pass) Logged in as u@example.com · just now');
  assert.equal(lensTitle('✗ Wrong client secret · 5 min ago'), '$(error) Wrong client secret · 5 min ago');
  assert.equal(lensTitle('– Not tested: no secret · just now'), '$(circle-slash) Not tested: no secret · just now');
  assert.equal(lensTitle('Testing… 3 s'), '$(loading~spin) Testing… 3 s');
});

test('a name is no icon', () => {
  assert.equal(lensTitle('✓ Logged in as $(trash)'), '$(pass) Logged in as $ (trash)');
  assert.equal(lensTitle('Test Salesforce Login'), 'Test Salesforce Login');
});
