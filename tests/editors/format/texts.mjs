// Where the texts come from: files of this repository, and generated ones with odd white space.

import fs from 'node:fs';
import path from 'node:path';

/** Numbers from 0 up to 1, the same ones for the same seed. */
export function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** All JSON files below the folders, as `{ name, text }`. */
export function files(root, folders) {
  return folders.flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true })
      .filter((name) => name.endsWith('.json') && !name.includes('node_modules'))
      .sort()
      .map((name) => ({ name: path.join(folder, name), text: fs.readFileSync(path.join(root, folder, name), 'utf8') }))
      .filter(({ text }) => text.length < 100_000),
  );
}

/** The same value in the layouts that programs write. */
export function layouts({ name, text }) {
  const value = JSON.parse(text);
  return [
    { name: `${name}, on one line`, text: JSON.stringify(value) },
    { name: `${name}, by tabs`, text: JSON.stringify(value, null, '\t') + '\n' },
    { name: `${name}, with \\r\\n`, text: JSON.stringify(value, null, 3).replaceAll('\n', '\r\n') + '\r\n\r\n' },
  ];
}

const STRINGS = ['a', '', 'na me', 'Größe 🏢', '{,}', '// no', '/* no */', 'x\\y', 'q"q', '${env:A}', 'https://a.example', '\u2028', '\t'];
const SCALARS = ['true', 'false', 'null', '0', '-1.5e+10', '12'];
const COMMENTS = ['// c\n', '//x  \n', '/* b */', '/* m\n  n */', '/**/', '//\n'];

/** A text by chance: strict JSON, or JSON with comments and trailing commas. */
export function generated(seed, { comments }) {
  const next = numbers(seed);
  const one = (list) => list[Math.floor(next() * list.length)];
  const lineBreak = ['\n', '\r\n', '\r'][seed % 3];
  const space = () => one(['', '', '', '', ' ', '  ', '\t', '\n', '\n\n', '\n    ', ' \n\t', '\t ']);
  const gap = () => {
    let text = space();
    while (comments && next() < 0.15) text += one(COMMENTS) + space();
    return text;
  };
  const string = () => JSON.stringify(one(STRINGS));
  const list = (item) => {
    const count = Math.floor(next() * 4);
    const items = Array.from({ length: count }, () => gap() + item() + gap());
    const trailing = comments && count > 0 && next() < 0.2 ? ',' : '';
    return items.join(',') + trailing + gap();
  };
  const value = (depth) => {
    const kind = next();
    if (depth > 0 && kind < 0.35) return object(depth - 1);
    if (depth > 0 && kind < 0.5) return `[${list(() => value(depth - 1))}]`;
    return kind < 0.75 ? string() : one(SCALARS);
  };
  const object = (depth) => `{${list(() => string() + gap() + ':' + gap() + value(depth))}}`;
  const text = gap() + (next() < 0.9 ? object(4) : value(2)) + gap();
  return { name: `generated ${seed}${comments ? ' with comments' : ''}`, text: text.replaceAll('\n', lineBreak) };
}

/** The text with a piece taken out or put in, so that it is broken in most cases. */
export function damaged({ name, text }, seed) {
  const next = numbers(seed);
  const at = Math.floor(next() * text.length);
  const put = ['', '', ',', ':', '"', '{', '}', ']', "'", 'word', '/*', ' = ', '\\', '\n'][Math.floor(next() * 14)];
  const taken = put === '' ? 1 + Math.floor(next() * 3) : 0;
  return { name: `${name}, damaged at ${at}`, text: (text.slice(0, at) + put + text.slice(at + taken)).toWellFormed() };
}
