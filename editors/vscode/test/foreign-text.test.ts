import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buttonTitle, inertMarkdown, logText, messageLines, messageText, plainLine } from '../src/foreign-text';

/** How VS Code finds links in a notification: two characters side by side are what they all have. */
const RUNS = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const COMMAND = '[Open](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%0A%22%7D)';

test('no link of a message is one that VS Code would run', () => {
  const written = [
    COMMAND,
    '[x](https://evil.example "title")',
    `]\u200b(command:a) [x]\u200b(command:a)`,
    '[x]\u202e(command:a)',
    '[x]\n(command:a)',
    '[x]\u00ad(command:a) [x]\u{e0041}(command:a) [x]\u0000(command:a)',
    '[[x]](command:a)](command:b)',
    `${'a'.repeat(790)}[x](command:a)`,
  ];
  for (const text of written) {
    for (const shown of [messageText(text), messageLines(text), buttonTitle(text)]) {
      assert.doesNotMatch(shown, RUNS, text);
      assert.ok(!shown.includes(']('), shown);
    }
  }
  assert.equal(messageText('Acme (UAT) [test] is fine'), 'Acme (UAT) [test] is fine');
});

test('nothing is left of what nobody sees', () => {
  assert.equal(plainLine('a\u202eb\u200bc\u2066d\ufeffe\u001b[31mf\u0007\u009bg\u00adh\u{e0061}i\u3164j'), 'abcde[31mfghij');
  assert.equal(plainLine(' one\r\n\ttwo\u2028three\u0085 '), 'one two three');
  assert.equal(plainLine(`e${'\u0301'.repeat(500)}`), `e${'\u0301'.repeat(3)}`);
  assert.equal(plainLine('Ünïcödé 株式会社 ✓'), 'Ünïcödé 株式会社 ✓');
  assert.equal(plainLine('\ud800x'), 'x');
});

test('lengths are bounded, and no character is cut in two', () => {
  assert.equal([...messageText('x'.repeat(100_000))].length, 800);
  assert.equal([...plainLine('😀'.repeat(300), 200)].length, 200);
  assert.ok(plainLine('😀'.repeat(300), 200).endsWith('😀…'));
  assert.ok(buttonTitle('y'.repeat(500)).length <= 60);
  const lines = messageLines('a\n'.repeat(10_000)).split('\n');
  assert.deepEqual([lines.length, lines[58], lines[59]], [60, 'a', '(9942 more lines are not shown.)']);
});

test('the lines of steps and of the log stay lines', () => {
  assert.equal(messageLines('No.\r\n1. Open [Setup](command:x).\n   Then go.'), 'No.\n1. Open [Setup] (command:x).\n   Then go.');
  assert.equal(logText('a\u001b]52;c;aWQ=\u0007\nb'), 'a]52;c;aWQ=\nb');
});

test('Markdown loads nothing and leads to https alone', () => {
  const cases: [string, string][] = [
    ['![x](https://evil.example/p.png)', 'x'],
    ['![x](https://evil.example/(p).png)', '! [x](https://evil.example/(p).png)'],
    ['![x][1] ![1]\n\n[1]: http://evil.example/p.png', 'x ! [1]\n\n[1]: \\ http://evil.example/p.png'],
    ['[x](command:a)', '[x] (command:a)'],
    ['[x](<command:a>)', '[x] (< command:a>)'],
    ['[x](&#99;ommand:a)', '[x] (&#99;ommand:a)'],
    ['<command:a>', '< command:a>'],
    ['<https://help.example>', '<https://help.example>'],
    ['[docs](https://help.example)', '[docs](https://help.example)'],
    ['!\u200b[x](data:a)', 'x'],
    ['!\u200b[[x]](data:a)', '! [[x]] (data:a)'],
    ['`code` and **bold**\n\n- item', '`code` and **bold**\n\n- item'],
  ];
  for (const [written, shown] of cases) {
    const got = inertMarkdown(written);
    assert.equal(got, shown);
    assert.doesNotMatch(got, /!\[|\]\((?!https:)|<(command|data|file|javascript):/i);
  }
});
