import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lensTitle } from '../src/lenses';

test('a mark becomes an icon', () => {
  assert.equal(lensTitle('✓ Logged in as u@example.com · just now'), '$(pass)\u00a0Logged in as u@example.com · just now');
  assert.equal(lensTitle('✗ Wrong client secret · 5 min ago'), '$(error)\u00a0Wrong client secret · 5 min ago');
  assert.equal(lensTitle('– Not tested: no secret · just now'), '$(circle-slash)\u00a0Not tested: no secret · just now');
  assert.equal(lensTitle('Testing… 3 s'), '$(loading~spin)\u00a0Testing… 3 s');
});

test('a name is no icon', () => {
  assert.equal(lensTitle('✓ Logged in as $(trash)'), '$(pass)\u00a0Logged in as $ (trash)');
  assert.equal(lensTitle('Test Salesforce Login'), 'Test Salesforce Login');
});
