// The Salesforce that this computer plays: its program and its project in the package, the one folder that it is for, and
// what the server is started with there. Of `vscode` the words alone are in here, so that plain Node.js can test it.

import { l10n } from 'vscode';
import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { ServerProblem } from './server';

/** How long it may take to say where it is, in milliseconds. */
const START_TIMEOUT_MS = 15_000;

/** The hosts that it plays: those that an org file may name without being allowed by the user. */
const HOSTS = ['login.salesforce.com', 'test.salesforce.com', '*.my.salesforce.com', '*.sandbox.my.salesforce.com'];

/** The variables that say how a server reaches Salesforce, whom it believes and what it remembers. */
const OF_THE_NETWORK = new Set(['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY', 'SFORG_CA_FILE', 'SFORG_STATE_DIR']);

/** Where it is, as it says itself. */
export interface Addresses {
  /** Leads every host to it, and never to another computer. */
  readonly proxyUrl: string;
  /** The authority that its certificates are from. */
  readonly caFile: string;
}

/** Why it did not start. There is no server then either. */
export class PretendedProblem extends ServerProblem {}

/** The program in the extension's folder, which packages for some platforms may lack. */
export function programIn(extensionPath: string, platform: NodeJS.Platform): string {
  return path.join(extensionPath, 'server', platform === 'win32' ? 'sforg-simulator.exe' : 'sforg-simulator');
}

/** Where the copy of the example project is, in the folder that VS Code gives this extension. Its name is the window's title. */
export function copyIn(storage: string): string {
  return path.join(storage, 'pretend', 'pretend-salesforce');
}

/**
 * Whether `folders` are the copy and nothing else. Its real path alone says so: no file, setting or name of a workspace
 * makes another folder of it.
 */
export async function isTheCopy(folders: readonly string[], storage: string): Promise<boolean> {
  const [folder] = folders;
  if (folder === undefined || folders.length !== 1) {
    return false;
  }
  try {
    return (await fs.realpath(folder)) === copyIn(await fs.realpath(storage));
  } catch {
    return false; // one of them does not exist
  }
}

/** Copies the project of the package, whole or not at all. `env` becomes `.env`, a name that no package may have. */
export async function copyProject(extensionPath: string, storage: string): Promise<void> {
  const target = copyIn(storage);
  await fs.mkdir(path.dirname(target), { recursive: true });
  const begun = await fs.mkdtemp(path.join(path.dirname(target), 'new-'));
  try {
    await copyFolder(path.join(extensionPath, 'pretend'), begun);
    await fs.rename(path.join(begun, 'env'), path.join(begun, '.env'));
    await fs.rename(begun, target);
  } catch (error) {
    await fs.rm(begun, { recursive: true, force: true });
    throw error;
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  for (const entry of await fs.readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) {
      await fs.mkdir(target);
      await copyFolder(source, target);
    } else {
      await fs.writeFile(target, await fs.readFile(source)); // not its mode: an extension's files may be read-only
    }
  }
}

/** The environment of a server all of whose logins go there. The user's proxy, authorities and memory have no part in it. */
export function environmentThere(environment: NodeJS.ProcessEnv, { proxyUrl, caFile }: Addresses, storage: string): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !OF_THE_NETWORK.has(name.toUpperCase()));
  return {
    ...Object.fromEntries(kept),
    HTTPS_PROXY: proxyUrl,
    NO_PROXY: 'localhost', // else the system's exceptions, which may be Salesforce's hosts, would count
    SFORG_CA_FILE: caFile,
    SFORG_STATE_DIR: path.join(storage, 'pretend', 'state'),
  };
}

/** It runs, until its standard input ends: with this process at the latest. */
export interface Running {
  readonly process: ChildProcess;
  readonly addresses: Addresses;
}

/**
 * Starts it on free ports of this computer.
 * @throws PretendedProblem when it does not start
 */
export async function startProgram(program: string, timeoutMs = START_TIMEOUT_MS): Promise<Running> {
  const names = HOSTS.flatMap((host) => ['--https-name', host]);
  const child = spawn(program, ['--json', '--until-stdin-closes', '--proxy-port', '0', ...names], {
    cwd: path.dirname(program), // not the workspace
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  child.stdin.on('error', () => undefined);
  try {
    return { process: child, addresses: addressesIn(await firstLineOf(child, timeoutMs)) };
  } catch (error) {
    child.kill();
    const reason = error instanceof Error ? error.message : String(error);
    throw new PretendedProblem(l10n.t('The pretend Salesforce did not start: {0}. Install the extension again, or close this window.', reason));
  }
}

function firstLineOf(child: ChildProcess, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(l10n.t('it did not answer within {0} seconds', timeoutMs / 1000))), timeoutMs);
    const ended = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    child.once('error', (error) => ended(new Error(reasonItDidNotRun(error))));
    child.once('exit', () => ended(new Error(l10n.t('it ended at once'))));
    if (child.stdout !== null) {
      createInterface({ input: child.stdout }).once('line', (line) => {
        clearTimeout(timer);
        resolve(line);
      });
    }
  });
}

function reasonItDidNotRun(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ENOENT':
      return l10n.t('its program is missing');
    case 'EACCES':
      return l10n.t('its program may not be executed');
    default:
      return error.code ?? error.message;
  }
}

function addressesIn(line: string): Addresses {
  const said = parsed(line);
  if (typeof said?.proxyUrl !== 'string' || typeof said.caFile !== 'string') {
    throw new Error(l10n.t('it did not say where it is'));
  }
  return { proxyUrl: said.proxyUrl, caFile: said.caFile };
}

function parsed(line: string): Partial<Addresses> | null {
  try {
    return JSON.parse(line) as Partial<Addresses> | null;
  } catch {
    return null;
  }
}
