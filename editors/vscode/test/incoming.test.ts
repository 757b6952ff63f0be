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

const titles = (actions: Record<string, unknown>[]) => answersOf(2, actions as never).buttons.map((button) => button.title);

test('the first button of a question that follows from what someone did is the one that does nothing', () => {
  assert.deepEqual(titles([{ title: 'Send' }, { title: "Don't send" }]), ["Don't send", 'Send']);
  assert.deepEqual(titles([{ title: 'Send' }, { title: 'Show List' }, { title: 'Cancel' }]), ["Don't send", 'Send', 'Show List']);
  assert.deepEqual(titles([{ title: 'Log in' }, { title: 'Cancel' }]), ["Don't log in", 'Log in']);
  assert.deepEqual(titles([{ title: 'OK' }]), ['OK']);
  assert.deepEqual(titles([]), []);
});

test('a button gives the answer that the server knows', () => {
  const actions = [{ title: 'Log in' }, { title: 'Cancel' }];
  assert.deepEqual(answersOf(2, actions).buttons[0]?.answer, { title: 'Cancel' });
});

test('a question that nobody asked for keeps its order', () => {
  const { unasked, buttons } = answersOf(2, [{ title: 'Upgrade', unasked: true }, { title: 'Not now', unasked: true }]);
  assert.deepEqual([unasked, buttons.map((button) => button.title)], [true, ['Upgrade', 'Not now']]);
  assert.equal(answersOf(3, [{ title: 'Upgrade' }, { title: 'Not now' }]).unasked, true);
});
