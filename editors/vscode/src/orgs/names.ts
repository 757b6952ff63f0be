// Names for new files and orgs beside others.
// No `vscode` in here, so that plain Node.js can test it.

const ENDING = '.sforg.json';

/** A copy's name that no other org has: `Acme UAT copy`, `Acme UAT copy 2`. */
export function nameOfCopy(name: string, taken: readonly string[]): string {
  const base = name.replace(/ copy( \d+)?$/, '');
  return firstFree((number) => `${base} copy${number === 1 ? '' : ` ${number}`}`, taken);
}

/** The copy's file name: `acme-uat-copy.sforg.json`. */
export function fileOfCopy(file: string, taken: readonly string[]): string {
  const base = withoutEnding(file).replace(/-copy(-\d+)?$/, '');
  return firstFree((number) => `${base}-copy${number === 1 ? '' : `-${number}`}${ENDING}`, taken);
}

/** What a file that holds an org has to be called: `acme.json` becomes `acme.sforg.json`. */
export function asOrgFile(file: string, taken: readonly string[]): string {
  const base = withoutEnding(file);
  return firstFree((number) => `${base}${number === 1 ? '' : `-${number}`}${ENDING}`, taken);
}

function withoutEnding(file: string): string {
  return file.replace(/(\.sforg)?(\.json)?$/i, '');
}

/** Names that differ in upper and lower case alone are one file on many computers. */
function firstFree(name: (number: number) => string, taken: readonly string[]): string {
  const known = new Set(taken.map((other) => other.toLowerCase()));
  for (let number = 1; ; number++) {
    if (!known.has(name(number).toLowerCase())) {
      return name(number);
    }
  }
}
