import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headlineAndSteps, stepsAsMarkdown } from '../src/steps';

test('the first line is the headline', () => {
  assert.deepEqual(headlineAndSteps('Logged in.'), { headline: 'Logged in.', steps: '' });
  assert.deepEqual(headlineAndSteps('It failed.\r\n1. Open Setup.\r\n2. Look.\n'), { headline: 'It failed.', steps: '1. Open Setup.\n2. Look.' });
});

test('hints are not the headline', () => {
  assert.deepEqual(headlineAndSteps('Not known.\n- Give more.\n- Look.'), { headline: 'Not known.', steps: '- Give more.\n- Look.' });
  assert.equal(stepsAsMarkdown('Not known.', '- Give more.\n- Look.'), '### Not known.\n\n\n\\- Give more.\n\n\\- Look.\n');
});

test('lines that are no steps are told with the headline', () => {
  const message = 'Logged in.\nSent P (environment) to h.example as u.\nWarning: soon.';
  assert.deepEqual(headlineAndSteps(message), { headline: 'Logged in. Sent P (environment) to h.example as u. Warning: soon.', steps: '' });
});

test('numbered lines become a list, others paragraphs', () => {
  assert.equal(stepsAsMarkdown('It failed.', '1. Open `client_secret`.\n2. Look.\nWarning: soon.'), '### It failed.\n\n1. Open `client_secret`.\n2. Look.\n\nWarning: soon.\n');
});

test('a text from outside is no markup', () => {
  assert.equal(
    stepsAsMarkdown('<img src=x> [a](b)', '1. *Run As* & my_app ` <b>\n- 3) no'),
    '### \\<img src=x\\> \\[a\\](b)\n\n1. \\*Run As\\* & my\\_app \\` \\<b\\>\n\n\\- 3) no\n',
  );
});

test('backticks that match nothing let nothing act', () => {
  for (const name of ['```<img src=https://evil.example/p.png>`', '``![x][1]``', '`a``<img src=x>`', '`<img src=x>']) {
    const markdown = stepsAsMarkdown(name, `1. ${name}`);
    assert.doesNotMatch(markdown, /``/, markdown);
    const outside = markdown.replace(/`[^`\n]*`/g, '');
    assert.doesNotMatch(outside, /(?<!\\)[<!]/, markdown);
  }
});
