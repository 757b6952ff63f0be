// Finds the `sforg` program and asks it who it is before anything relies on it.
// Of `vscode` the words alone are in here, so that plain Node.js can test it.

import { l10n } from 'vscode';
import { execFile, type ExecFileException } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { constants } from 'node:fs';
import * as path from 'node:path';

/** The setting that names another server than the bundled one. */
export const SERVER_PATH_SETTING = 'sforg.server.path';

/** How long `sforg --version` may take before it counts as hanging, in milliseconds. */
const VERSION_TIMEOUT_MS = 15_000;

/** A program that may be used as server, and who chose it. */
export interface ServerProgram {
  /** Absolute path. */
  readonly command: string;
  readonly chosenBy: 'setting' | 'bundle';
}

/** A program that said it is `sforg`. */
export interface CheckedServer extends ServerProgram {
  /** As it said itself, e.g. `0.1.0`. */
  readonly version: string;
}

/** Why there is no usable server; `message` is for the user and says what to do. */
export class ServerProblem extends Error {
  override readonly name = 'ServerProblem';
}

/** What the search depends on, as parameters so that tests can choose it. */
export interface Surroundings {
  readonly extensionPath: string;
  readonly homeFolder: string;
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
  /** The value of the environment variable `PATH`. */
  readonly searchPath: string;
}

/**
 * The program to start: the one that `setting` names, or the bundled one where it is empty.
 * @throws ServerProblem when there is no such file
 */
export async function findServer(setting: string, around: Surroundings): Promise<ServerProgram> {
  const wanted = setting.trim();
  if (wanted === '') {
    return bundledServer(around);
  }
  if (!/[/\\]/.test(wanted)) {
    return { command: await findInPath(wanted, around), chosenBy: 'setting' };
  }
  const command = /^~[/\\]/.test(wanted) ? path.join(around.homeFolder, wanted.slice(2)) : wanted;
  if (!path.isAbsolute(command)) {
    throw new ServerProblem(l10n.t('The setting {0} is a relative path. Write an absolute one.', SERVER_PATH_SETTING));
  }
  const kind = await fileKind(command);
  if (kind !== 'file') {
    const what = kind === 'folder' ? l10n.t('The setting {0} names a folder.', SERVER_PATH_SETTING) : l10n.t('The setting {0} names a file that does not exist.', SERVER_PATH_SETTING);
    throw new ServerProblem(`${what} ${correctSetting()}`);
  }
  return { command, chosenBy: 'setting' };
}

/**
 * Runs `program --version` and reads the answer.
 * @throws ServerProblem when it cannot be run, takes too long or is no `sforg`
 */
export async function checkServer(program: ServerProgram, timeoutMs = VERSION_TIMEOUT_MS): Promise<CheckedServer> {
  const output = await askVersion(program, timeoutMs);
  const version = /^sforg (\d+\.\d+\.\d+\S*)/.exec(output)?.[1];
  if (version === undefined) {
    throw problemOf(program, l10n.t('is not sforg: it answers --version with "{0}".', firstLine(output)));
  }
  return { ...program, version };
}

async function bundledServer(around: Surroundings): Promise<ServerProgram> {
  const command = path.join(around.extensionPath, 'server', around.platform === 'win32' ? 'sforg.exe' : 'sforg');
  if ((await fileKind(command)) !== 'file') {
    throw new ServerProblem(
      l10n.t('This extension was installed without a language server for {0}. Install the package for this platform, or name an sforg program in the setting {1}.', `${around.platform}-${around.architecture}`, SERVER_PATH_SETTING),
    );
  }
  return { command, chosenBy: 'bundle' };
}

/** Looks the name up here rather than leaving it to the system, which on Windows would also look into the workspace. */
async function findInPath(name: string, around: Surroundings): Promise<string> {
  const windows = around.platform === 'win32';
  const fileName = windows && path.extname(name) === '' ? `${name}.exe` : name;
  for (const folder of around.searchPath.split(windows ? ';' : ':')) {
    const candidate = path.join(folder, fileName);
    if (path.isAbsolute(folder) && (await fileKind(candidate)) === 'file' && (await isExecutable(candidate))) {
      return candidate;
    }
  }
  throw new ServerProblem(`${l10n.t('The setting {0} is a name, and no folder of PATH has a program of that name.', SERVER_PATH_SETTING)} ${correctSetting()}`);
}

function askVersion(program: ServerProgram, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: timeoutMs, killSignal: 'SIGKILL', windowsHide: true, maxBuffer: 64 * 1024 } as const;
    const child = execFile(program.command, ['--version'], options, (error, stdout, stderr) => {
      if (error === null) {
        resolve(stdout);
      } else {
        reject(problemOf(program, reasonItDidNotRun(error, stderr, timeoutMs)));
      }
    });
    child.stdin?.on('error', () => undefined).end();
  });
}

function reasonItDidNotRun(error: ExecFileException, stderr: string, timeoutMs: number): string {
  if (error.code === 'EACCES') {
    return l10n.t('may not be executed (permission denied).');
  }
  if (typeof error.code === 'string') {
    return error.code === 'ENOENT' ? l10n.t('does not run: it, or the interpreter it asks for, was not found.') : l10n.t('does not run: {0}.', error.code);
  }
  if (error.killed === true) {
    return l10n.t('did not answer --version within {0} seconds.', timeoutMs / 1000);
  }
  const ending = error.signal ? l10n.t('was ended by {0}', error.signal) : l10n.t('ended with exit code {0}', error.code ?? '');
  const said = firstLine(stderr);
  return said === '' ? l10n.t('does not run: asked for --version, it {0}.', ending) : l10n.t('does not run: asked for --version, it {0} and said "{1}".', ending, said);
}

/** Which program it is, what is wrong with it, and what to do. */
function problemOf(program: ServerProgram, what: string): ServerProblem {
  const subject =
    program.chosenBy === 'setting'
      ? l10n.t('The program that the setting {0} names', SERVER_PATH_SETTING)
      : l10n.t('The language server that came with this extension, {0},', program.command);
  return new ServerProblem(`${subject} ${what} ${remedy(program)}`);
}

function remedy(program: ServerProgram): string {
  return program.chosenBy === 'setting'
    ? correctSetting()
    : l10n.t('Install the extension again, or name another sforg program in the setting {0}.', SERVER_PATH_SETTING);
}

function correctSetting(): string {
  return l10n.t('Correct the setting, or clear it to use the bundled server.');
}

async function fileKind(file: string): Promise<'file' | 'folder' | 'none'> {
  try {
    return (await fs.stat(file)).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'none';
  }
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await fs.access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first line that says something, short enough for a message. */
export function firstLine(text: string): string {
  const line = text.split(/\r?\n/).find((candidate) => candidate.trim() !== '')?.trim() ?? '';
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
