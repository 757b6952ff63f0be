// Starts a real VS Code (code-server: VS Code's workbench and extension host) and shows it in a headless browser.
// Everything it writes stays in one folder, everything it opens is on loopback, and no request leaves the machine.

import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
export const ROOT = path.resolve(HERE, '../../..');
export const TARGET = path.resolve(process.env.CARGO_TARGET_DIR ?? path.join(ROOT, 'target'));

/** What setup.sh made. */
const INSTALLED = path.resolve(process.env.SFORG_VSCODE_RIG ?? path.join(TARGET, 'rig/vscode'));
const NODE = path.join(INSTALLED, 'node/bin/node');
const CODE_SERVER = path.join(INSTALLED, 'node_modules/code-server/out/node/entry.js');

/** A quiet VS Code: nothing that asks, updates, suggests or differs from run to run. */
const QUIET_SETTINGS = {
  'breadcrumbs.enabled': false,
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.accessibilitySupport': 'off',
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.editor.useModal': 'off',
  'workbench.enableExperiments': false,
  'workbench.layoutControl.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** The folder for one test's files: `target/rig/NAME`, emptied. Pictures of a first try that failed go to `NAME-first-try/shots`. */
export function emptyFolder(name) {
  const folder = path.join(TARGET, 'rig', name);
  const shots = path.join(folder, 'shots');
  const firstTry = `${folder}-first-try`;
  if (process.env.TRY !== '2') {
    fs.rmSync(firstTry, { recursive: true, force: true });
  } else if (fs.existsSync(shots)) {
    fs.mkdirSync(firstTry, { recursive: true });
    fs.renameSync(shots, path.join(firstTry, 'shots'));
  }
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Installs the extension (`vsix`, or several) into a fresh profile and starts VS Code's server on a free port.
 * `settings` are the user's (`Machine` holds those of machine scope, as on any remote VS Code),
 * `env` is added to the environment that the extension host and the language server inherit.
 */
export async function startVSCode({ folder, vsix, settings = {}, env = {}, trust = false }) {
  if (!fs.existsSync(NODE)) {
    throw new Error(`no VS Code in ${INSTALLED}: run ${path.join(HERE, 'setup.sh')} first`);
  }
  const profile = path.join(folder, 'profile');
  const home = path.join(folder, 'home');
  for (const part of ['User', 'Machine']) {
    fs.mkdirSync(path.join(profile, part), { recursive: true });
    writeSettings(profile, part, { ...QUIET_SETTINGS, ...(trust ? { 'security.workspace.trust.enabled': true } : {}), ...settings });
  }
  fs.mkdirSync(home, { recursive: true });
  fs.writeFileSync(path.join(folder, 'code-server.yaml'), 'auth: none\n'); // else it writes one below the home folder
  const common = ['--config', path.join(folder, 'code-server.yaml'), '--user-data-dir', profile, '--extensions-dir', path.join(folder, 'extensions')];
  const environment = isolatedEnvironment(home, env);

  if (vsix !== undefined) {
    const packages = [vsix].flat().flatMap((file) => ['--install-extension', file]);
    execFileSync(NODE, [CODE_SERVER, ...common, ...packages, '--force'], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const port = await freePort();
  const log = path.join(folder, 'code-server.log');
  const output = fs.openSync(log, 'w');
  const trustFlags = trust ? [] : ['--disable-workspace-trust'];
  const child = spawn(
    NODE,
    [CODE_SERVER, ...common, ...trustFlags, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check',
      '--disable-getting-started-override', '--ignore-last-opened'],
    { env: environment, stdio: ['ignore', output, output], detached: true }, // a group of its own: code-server is more than one process
  );
  const stop = () => endGroup(child);
  process.once('exit', stop);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => process.exit(1));
  }
  await poll('code-server answers', async () => {
    if (child.exitCode !== null) {
      throw new Error(`code-server ended with exit code ${child.exitCode}; its log is ${log}`);
    }
    return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok;
  });
  return { folder, profile, port, stop };
}

/** Changes the user's settings while VS Code runs. */
export function changeSettings(vscode, change) {
  for (const part of ['User', 'Machine']) {
    const current = JSON.parse(fs.readFileSync(path.join(vscode.profile, part, 'settings.json'), 'utf8'));
    writeSettings(vscode.profile, part, { ...current, ...change });
  }
}

/** The address that shows `workspace`, with `file` open if given. */
export function address(vscode, workspace, file) {
  const payload = [
    ...(file === undefined ? [] : [['openFile', `vscode-remote://127.0.0.1:${vscode.port}${file.split('/').map(encodeURIComponent).join('/')}`]]),
    ...(vscode.traced ? [['logLevel', 'sforg.salesforce-org=trace']] : []),
  ];
  return `http://127.0.0.1:${vscode.port}/?folder=${encodeURI(workspace)}${payload.length === 0 ? '' : `&payload=${encodeURIComponent(JSON.stringify(payload))}`}`;
}

/** How long something may take on a busy machine, in milliseconds. */
const PATIENCE = 120_000;

/** A browser window. Requests to other hosts are refused and remembered in `refused`. */
export async function openBrowser(vscode, { width = 1280, height = 800, scale = 1 } = {}) {
  const { chromium } = createRequire(path.join(INSTALLED, 'package.json'))('playwright-core');
  const context = await chromium.launchPersistentContext(path.join(vscode.folder, 'browser'), {
    executablePath: process.env.CHROME ?? fs.readFileSync(path.join(INSTALLED, 'browser'), 'utf8').trim(),
    headless: true,
    viewport: { width, height },
    deviceScaleFactor: scale,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  context.setDefaultTimeout(PATIENCE); // for loading pages, too
  const refused = new Set();
  const isOutside = (url) => /^https?:$/.test(url.protocol) && url.hostname !== '127.0.0.1' && !url.hostname.endsWith('localhost');
  await context.route(isOutside, (route) => {
    refused.add(new URL(route.request().url()).hostname);
    return route.abort();
  });
  return { context, page: context.pages()[0] ?? (await context.newPage()), refused };
}

/** Every file that VS Code logged so far, as one text. */
export function vscodeLogs(vscode) {
  const folder = path.join(vscode.profile, 'logs');
  return fs.existsSync(folder)
    ? fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.log')).map((name) => fs.readFileSync(path.join(folder, name), 'utf8')).join('\n')
    : '';
}

/** Asks `condition` until it gives something true; its errors count as "not yet" until the time is over. */
export async function poll(what, condition, { timeoutMs = PATIENCE, everyMs = 100 } = {}) {
  let last;
  for (const end = Date.now() + timeoutMs; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, everyMs))) {
    try {
      const value = await condition();
      if (value) {
        return value;
      }
      last = value;
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`waited ${timeoutMs / 1000} s in vain: ${what} (last: ${last instanceof Error ? last.message : JSON.stringify(last)})`);
}

/** Whether `condition` comes true in a while; for checks of what is drawn a moment after the gesture. */
export async function eventually(condition) {
  return poll('', condition, { timeoutMs: 45_000 }).then(() => true, () => false);
}

function writeSettings(profile, part, settings) {
  fs.writeFileSync(path.join(profile, part, 'settings.json'), JSON.stringify(settings, null, 2));
}

/** The environment without what would lead out of the folder: home, configuration, and the marketplace's address. */
function isolatedEnvironment(home, extra) {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE_.*|PORT|PASSWORD)$/.test(name)));
  return {
    ...inherited,
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_DATA_HOME: path.join(home, '.local/share'),
    XDG_STATE_HOME: path.join(home, '.local/state'),
    XDG_CACHE_HOME: path.join(home, '.cache'),
    EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '', itemUrl: '', resourceUrlTemplate: '' }),
    ...extra,
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function endGroup(child) {
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}
