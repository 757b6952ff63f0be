// What a wizard keeps of what was entered.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Entered } from '../src/newOrg-answers';

test('a secret is apart from the answers, and an empty one is for later', () => {
  const entered = new Entered(undefined);
  entered.setSecret('secret', '  ');
  assert.deepEqual(entered.answers, { secret: 'later' });
  entered.setSecret('secret', 'not-a-real-secret');
  assert.deepEqual([entered.answers, entered.secrets], [{ secret: 'entered' }, { secret: 'not-a-real-secret' }]);
  entered.setSecret('secret', ''); // whoever comes by again keeps it
  assert.deepEqual([entered.answers, entered.secrets], [{ secret: 'entered' }, { secret: 'not-a-real-secret' }]);
});

test('what is kept for the next wizard has no secret, which is asked for again', () => {
  const entered = new Entered('file:///w/orgs');
  entered.answers['name'] = 'Acme UAT';
  entered.setSecret('password', 'not-a-real-secret');
  entered.setSecret('securityToken', '');
  const kept = entered.withoutSecrets();
  assert.deepEqual([kept.folder, kept.answers, kept.secrets], ['file:///w/orgs', { name: 'Acme UAT', securityToken: 'later' }, {}]);
});

test('an answer that is given again leads to what is open', () => {
  const entered = new Entered(undefined);
  assert.equal(entered.isMending(), false);
  entered.mend();
  assert.equal(entered.isMending(), true);
  assert.equal(entered.isMending(), false);
});
