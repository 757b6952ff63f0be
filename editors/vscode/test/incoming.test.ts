import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanIncoming } from '../src/incoming';
import { answersOf } from '../src/questions';

const LINK = '[a](command:b)';

function cleaned(method: string, params: unknown): unknown {
  const message = { jsonrpc: '2.0', method, params };
  cleanIncoming(message);
  return message.params;
}

test('whatever the server has shown is cleaned before any handler sees it', () => {
  for (const method of ['window/showMessage', 'window/showMessageRequest']) {
    assert.deepEqual(cleaned(method, { type: 1, message: `${LINK}\n1. \u001b[1mx` }), { type: 1, message: '[a] (command:b)\n1. [1mx' });
  }
  assert.deepEqual(cleaned('window/showMessageRequest', { type: 1, message: '', actions: [{ title: LINK }, null, { title: 'No', id: 7 }] }), {
    type: 1,
    message: '',
    actions: [{ title: '[a] (command:b)' }, null, { title: 'No', id: 7 }],
  });
  assert.deepEqual(cleaned('window/logMessage', { type: 4, message: '\u001b]52;c;x\u0007' }), { type: 4, message: ']52;c;x' });
  assert.deepEqual(cleaned('$/progress', { token: 1, value: { kind: 'begin', title: LINK, message: LINK } }), {
    token: 1,
    value: { kind: 'begin', title: '[a] (command:b)', message: '[a] (command:b)' },
  });
});

test('other messages, and broken ones, stay as they are', () => {
  assert.deepEqual(cleaned('textDocument/publishDiagnostics', { message: LINK }), { message: LINK });
  for (const params of [undefined, null, 7, [], { message: 7 }, { value: null }]) {
    assert.doesNotThrow(() => cleaned('window/showMessage', params));
    assert.doesNotThrow(() => cleaned('$/progress', params));
  }
  assert.doesNotThrow(() => cleanIncoming({ jsonrpc: '2.0' }));
  assert.doesNotThrow(() => cleaned('constructor', {}));
});

test('the order of the server is kept, and a button gives the answer that it knows', () => {
  const actions = [{ title: "Don't send" }, { title: 'Send' }];
  const { unasked, buttons } = answersOf(2, actions);
  assert.deepEqual([unasked, buttons.map((button) => button.title)], [false, ["Don't send", 'Send']]);
  assert.deepEqual(buttons[0]?.answer, { title: "Don't send" });
  assert.deepEqual(answersOf(2, []).buttons, []);
});

test('buttons of a message are told from a question', () => {
  const { unasked, buttons } = answersOf(2, [{ title: 'Upgrade', unasked: true }, { title: 'Not Now', unasked: true }]);
  assert.deepEqual([unasked, buttons.map((button) => button.title)], [true, ['Upgrade', 'Not Now']]);
  assert.equal(answersOf(3, [{ title: 'Upgrade' }, { title: 'Not Now' }]).unasked, true);
});
