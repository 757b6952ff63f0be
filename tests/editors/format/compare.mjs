// The server's formatting beside that of jsonc-parser, which VS Code's JSON support uses:
//
//   compare.mjs FOLDER      jsonc-parser is installed in FOLDER; SERVER names the program
//
// Valid texts, also with comments and trailing commas: the same bytes, for documents and ranges. Broken texts:
// the same tokens and comments as before, and nothing to do for a second run.

import { createRequire } from 'node:module';
import path from 'node:path';
import { Client, lineStarts } from './client.mjs';
import { damaged, files, generated, layouts, numbers } from './texts.mjs';

const jsonc = createRequire(path.join(process.argv[2], 'package.json'))('jsonc-parser');
const root = path.join(import.meta.dirname, '../../..');
const count = { passed: 0, failed: 0 };

const OPTIONS = [
  { tabSize: 2, insertSpaces: true },
  { tabSize: 4, insertSpaces: true, insertFinalNewline: true },
  { tabSize: 4, insertSpaces: false, insertFinalNewline: false },
  { tabSize: 3, insertSpaces: true, trimTrailingWhitespace: false },
  { tabSize: 8, insertSpaces: false, insertFinalNewline: true, trimFinalNewlines: true },
];
const BLOCK_COMMENT = 13;
const END = 17;

function check(name, details) {
  count[details === undefined ? 'passed' : 'failed'] += 1;
  if (details !== undefined) console.log(`FAIL ${name}\n${details}`);
}

/** What jsonc-parser makes of the text; `range` is a pair of offsets. */
function expected(text, options, range) {
  const formatting = { ...options, eol: '\n' };
  const stretch = range && { offset: range[0], length: range[1] - range[0] };
  return jsonc.applyEdits(text, jsonc.format(text, stretch, formatting));
}

/** Tokens and comments as they are written, with their offsets. */
function tokens(text) {
  const scanner = jsonc.createScanner(text, false);
  const found = [];
  for (let kind = scanner.scan(); kind !== END; kind = scanner.scan()) {
    const [start, end] = [scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength()];
    const written = text.slice(start, end);
    if (written.trim() !== '' || /[^ \t\r\n]/.test(written)) found.push({ kind, start, end, written });
  }
  return found;
}

function isValid(text) {
  const errors = [];
  jsonc.parse(text, errors, { allowTrailingComma: true });
  return errors.length === 0;
}

/** Three ranges by chance. None ends in a character or line break, and none whose lines cut a comment: jsonc-parser formats inside of those. */
function ranges(text, seed) {
  const next = numbers(seed);
  const lines = lineStarts(text);
  const comments = tokens(text).filter(({ kind }) => kind === BLOCK_COMMENT);
  const isCut = (offset) => comments.some(({ start, end }) => start < offset && offset < end);
  const place = () => {
    const offset = Math.floor(next() * (text.length + 1));
    const splits = /^(\r\n|[\ud800-\udbff][\udc00-\udfff])/.test(text.slice(offset - 1, offset + 1));
    return offset > 0 && splits ? offset - 1 : offset;
  };
  const found = Array.from({ length: 3 }, () => [place(), place()].sort((a, b) => a - b));
  return found.filter(([start, end]) => {
    const lineStart = lines.findLast((line) => line <= start);
    const rest = /[\r\n]|$/.exec(text.slice(end)).index;
    return !isCut(lineStart) && !isCut(end + rest);
  });
}

function difference(text, wanted, got) {
  return `  text   ${JSON.stringify(text)}\n  wanted ${JSON.stringify(wanted)}\n  got    ${JSON.stringify(got)}`;
}

async function compareValid(client, { name, text }, seed) {
  const wrong = [];
  for (const options of OPTIONS) {
    const [wanted, got] = [expected(text, options), await client.format(text, options)];
    if (wanted !== got) wrong.push(`  ${JSON.stringify(options)}\n${difference(text, wanted, got)}`);
  }
  const options = { ...OPTIONS[seed % OPTIONS.length], insertFinalNewline: false };
  for (const range of ranges(text, seed)) {
    const [wanted, got] = [expected(text, options, range), await client.format(text, options, range)];
    if (wanted !== got) wrong.push(`  ${JSON.stringify(options)}, range ${range}\n${difference(text, wanted, got)}`);
  }
  check(name, wrong.length === 0 ? undefined : wrong.join('\n'));
}

async function checkBroken(client, { name, text }, seed) {
  const options = OPTIONS[seed % OPTIONS.length];
  const once = await client.format(text, options);
  const twice = await client.format(once, options);
  const written = (text) => tokens(text).map(({ written }) => written);
  const isSame = JSON.stringify(written(text)) === JSON.stringify(written(once));
  const reason = !isSame ? '  the tokens differ' : once !== twice ? '  the second run differs' : undefined;
  check(name, reason && `${reason}\n${difference(text, once, twice)}`);
}

const sources = files(root, ['tests/fixtures', 'tests/example-project', 'editors/vscode']);
const strict = sources.filter(({ text }) => {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
});
const chance = Array.from({ length: 300 }, (_, seed) => generated(seed, { comments: seed % 2 === 1 }));
const allValid = [...strict, ...strict.flatMap(layouts), ...chance].filter(({ text }) => isValid(text));
const everyBroken = [...strict, ...chance].map((text, seed) => damaged(text, seed));
everyBroken.push(...sources.filter(({ text }) => !isValid(text)));
// Behind a backslash at the end of a line jsonc-parser's string goes on, and ours ends with its line.
const allBroken = everyBroken.filter(({ text }) => !/\\[\r\n]/.test(text));

const hasOtherPositions = ({ text }) => /[^\0-\x7f]/.test(text);
for (const encoding of ['utf-16', 'utf-8']) {
  const [valid, broken] = encoding === 'utf-16' ? [allValid, allBroken] : [allValid.filter(hasOtherPositions), allBroken.filter(hasOtherPositions)];
  const client = await Client.start(process.env.SERVER, encoding);
  const provided = ['documentFormattingProvider', 'documentRangeFormattingProvider'].every((name) => client.capabilities[name]);
  check(`${encoding}: formatting is advertised`, provided ? undefined : JSON.stringify(client.capabilities));
  for (const [seed, text] of valid.entries()) await compareValid(client, text, seed);
  for (const [seed, text] of broken.entries()) await checkBroken(client, text, seed);
  const code = await client.stop();
  check(`${encoding}: the server ends well`, code === 0 ? undefined : `  exit code ${code}`);
}
console.log(`${allValid.length} valid and ${allBroken.length} broken texts`);
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed === 0 && allValid.length >= 300 ? 0 : 1);
