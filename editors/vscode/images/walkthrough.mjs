// Draws the walkthrough's pictures: `node images/walkthrough.mjs`. They have the theme's own colours, so that one picture
// is right in light, dark and high contrast.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = path.join(path.dirname(fileURLToPath(import.meta.url)), 'walkthrough');
const WIDTH = 520;
const HEIGHT = 340;

const color = (name, otherwise = 'currentColor') => `var(--vscode-${name}, ${otherwise})`;
const TEXT = color('foreground');
const QUIET = color('descriptionForeground');
const LINE = color('contrastBorder', color('widget-border', '#8888'));
const GOOD = color('testing-iconPassed', '#388a34');
const BAD = color('problemsErrorIcon-foreground', '#e51400');
const DOUBTFUL = color('problemsWarningIcon-foreground', '#bf8803');
const ACCENT = color('button-background', '#0069cc');
const ON_ACCENT = color('button-foreground', '#ffffff');

const escaped = (words) => words.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const words = (x, y, what, { fill = TEXT, size = 14, weight = 400, family = 'sans-serif' } = {}) =>
  `<text x="${x}" y="${y}" fill="${fill}" font-size="${size}" font-weight="${weight}" font-family="${family}">${escaped(what)}</text>`;
const code = (x, y, what, fill = TEXT) => words(x, y, what, { fill, size: 13, family: 'monospace' });
const box = (x, y, width, height, { fill = color('editorWidget-background', 'none'), stroke = LINE, radius = 6 } = {}) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" stroke="${stroke}"/>`;
const line = (path, stroke, width = 1.6) => `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

/** Icons of 16 pixels, each of its own shape. */
const ICONS = {
  pass: (x, y) => `<circle cx="${x + 8}" cy="${y + 8}" r="7" fill="${GOOD}"/>${line(`M${x + 4.5} ${y + 8.5}l2.4 2.4 4.6-5`, color('editor-background', '#ffffff'))}`,
  error: (x, y) => `<circle cx="${x + 8}" cy="${y + 8}" r="6.5" fill="none" stroke="${BAD}" stroke-width="1.4"/>${line(`M${x + 5.5} ${y + 5.5}l5 5m0-5l-5 5`, BAD, 1.4)}`,
  warning: (x, y) => `${line(`M${x + 8} ${y + 2}l6.5 12h-13z`, DOUBTFUL, 1.4)}${line(`M${x + 8} ${y + 6.5}v3.5m0 2v.2`, DOUBTFUL, 1.4)}`,
  open: (x, y) => `<circle cx="${x + 8}" cy="${y + 8}" r="5" fill="none" stroke="${TEXT}" stroke-width="1.4"/>`,
};

function row(x, y, icon, name, about) {
  return ICONS[icon](x, y - 13) + words(x + 24, y, name) + words(x + 40 + 8 * name.length, y, about, { fill: QUIET, size: 13 });
}

function question(y, asked, answer) {
  return words(48, y, asked, { fill: QUIET, size: 13 }) + box(48, y + 10, WIDTH - 96, 32, { fill: color('input-background', 'none'), radius: 3 }) + words(60, y + 31, answer);
}

const PICTURES = {
  'add-org': [
    box(28, 20, WIDTH - 56, 300),
    words(200, 48, 'New Salesforce Org', { weight: 600 }),
    question(78, 'Name of the org', 'Acme UAT'),
    question(146, "The org's My Domain URL", 'https://acme--uat.sandbox.my.salesforce.com'),
    question(214, 'Client secret, stored in the keyring', '••••••••••••••••••••••••'),
    words(48, 302, 'Will be saved as orgs/acme-uat.sforg.json', { fill: QUIET, size: 13 }),
  ],
  'set-up-app': [
    box(28, 20, WIDTH - 56, 300),
    words(48, 52, 'Salesforce Setup', { weight: 600 }),
    ...['External Client App Manager: new app, OAuth enabled', 'Scope: manage user data via APIs', 'Settings: Enable Client Credentials Flow', 'Policies: Enable Client Credentials Flow, Run As', 'Copy Consumer Key and Consumer Secret'].map(
      (step, index) =>
        `<circle cx="62" cy="${92 + 46 * index}" r="13" fill="${ACCENT}" stroke="${LINE}"/>` + words(58, 97 + 46 * index, String(index + 1), { fill: ON_ACCENT, weight: 600 }) + words(88, 97 + 46 * index, step),
    ),
  ],
  'test-login': [
    box(28, 20, WIDTH - 56, 180),
    ICONS.error(48, 36) + words(70, 49, 'Wrong client secret · just now', { fill: QUIET, size: 13 }),
    code(48, 80, '"auth": {'),
    code(64, 104, '"clientId": "3MVG9…",'),
    code(64, 128, '"clientSecret": "${keyring:acme-uat}"'),
    line(`M${64 + 7.85 * 16} 133${'q3 -4 6 0q3 4 6 0'.repeat(14)}`, BAD, 1.3),
    code(48, 152, '}'),
    words(48, 182, '1. Copy the Consumer Secret again …', { size: 13 }),
    box(28, 220, WIDTH - 56, 100),
    row(48, 258, 'pass', 'Acme UAT', 'Logged in as integration@acme.com.uat'),
    row(48, 294, 'pass', 'Acme production', 'PROD'),
  ],
  'what-breaks-when': [
    box(28, 20, WIDTH - 56, 300),
    words(48, 52, 'What Breaks When', { weight: 600 }),
    row(48, 88, 'error', 'Now', 'API version retired · 1 login'),
    words(96, 116, 'Acme archive', {}),
    row(48, 152, 'warning', '1 Jun 2027', 'basic auth ends · 2 logins'),
    words(96, 180, 'Acme Dev', {}),
    words(96, 208, 'load.py', {}) + words(160, 208, 'Python', { fill: QUIET, size: 13 }),
    row(48, 244, 'warning', '1 Jun 2028', 'API version ends · 1 login'),
    row(48, 284, 'pass', 'No deadline', '37 logins'),
  ],
  'check-in-ci': [
    box(28, 20, WIDTH - 56, 120),
    code(48, 54, 'steps:', QUIET),
    code(64, 82, '- run: sforg check --deny warning'),
    code(80, 110, '--format github'),
    box(28, 164, WIDTH - 56, 156),
    ICONS.error(48, 184) + words(74, 197, 'acme-uat.sforg.json:8', { weight: 600 }),
    words(74, 224, "Basic authentication ends with Summer '27.", { fill: QUIET, size: 13 }),
    ICONS.pass(48, 252) + words(74, 265, 'acme-production.sforg.json', { weight: 600 }),
  ],
};

fs.mkdirSync(FOLDER, { recursive: true });
for (const [name, parts] of Object.entries(PICTURES)) {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">\n${parts.join('\n')}\n</svg>\n`;
  fs.writeFileSync(path.join(FOLDER, `${name}.svg`), picture);
}
