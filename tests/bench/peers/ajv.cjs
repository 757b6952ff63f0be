// node ajv.cjs SCHEMA FOLDER: ajv, compiled once, over all files of a folder. Ends with 1 when one is wrong.
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const Ajv = require('ajv');

const [schema, folder] = process.argv.slice(2);
const ajv = new Ajv({ strict: false, allErrors: true });
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));
let wrong = 0;
for (const name of readdirSync(folder)) {
  try {
    if (!validate(JSON.parse(readFileSync(join(folder, name), 'utf8')))) wrong += 1;
  } catch {
    wrong += 1;
  }
}
console.log(`${wrong} files are wrong`);
process.exit(wrong ? 1 : 0);
