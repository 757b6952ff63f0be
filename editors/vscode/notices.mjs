// The notices for what is bundled into the extension: node notices.mjs dist/bundle.json (esbuild's metafile)
// A package without a licence text is an error: then it may not be shipped.

import fs from 'node:fs';
import path from 'node:path';

const { inputs } = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const folders = new Set(Object.keys(inputs).flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
if (folders.size === 0) {
  throw new Error('the bundle has no package in it: is that its metafile?');
}
console.log('The VS Code extension has the following software bundled, under these licences.\n');
for (const folder of [...folders].sort()) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = fs.readdirSync(folder).find((candidate) => /^licen[cs]e(\.(txt|md))?$/i.test(candidate));
  if (file === undefined) {
    throw new Error(`${name} ${version} has no licence text in ${folder}`);
  }
  console.log(`${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${fs.readFileSync(path.join(folder, file), 'utf8').trim()}\n`);
}
