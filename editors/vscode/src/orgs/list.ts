// The server's list of orgs, asked for again whenever it has changed, and what the menus ask about it.

import * as vscode from 'vscode';
import type { Server, ServerState } from '../client';
import type { OrgProject, OrgRow } from './row';

/** While logins are tested the list says for how long: so often it is asked for, in milliseconds. */
const WHILE_TESTING_MS = 1000;

export class OrgList implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Rows, state or progress are others now. */
  readonly onDidChange = this.changed.event;
  rows: readonly OrgRow[] = [];
  state: ServerState = 'starting';
  /** How far *Test All Logins* is, while it runs. */
  testing: string | undefined;
  private projects = new Map<string, OrgProject | undefined>();
  private isAsking = false;
  private isStale = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly listeners: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.listeners = [
      server.onDidChangeState((state) => {
        this.state = state;
        if (state === 'running') {
          void this.refresh();
        } else {
          this.take([]);
        }
      }),
      server.onDidChangeOrgs(({ testing }) => {
        this.testing = testing;
        this.changed.fire();
        void this.refresh();
      }),
    ];
    this.tellMenus();
  }

  /** The row of a file. */
  of(file: vscode.Uri): OrgRow | undefined {
    return this.rows.find(({ uri }) => uriOf(uri).toString() === file.toString());
  }

  /** The rows of a project, by its file. */
  ofProject(file: vscode.Uri): readonly OrgRow[] {
    return this.rows.filter(({ project }) => project !== null && uriOf(project.uri).toString() === file.toString());
  }

  /** What a project file says of its project, also where no org belongs to it; asked for until the list changes. */
  project(file: vscode.Uri): OrgProject | undefined {
    const key = file.toString();
    if (!this.projects.has(key) && this.state === 'running') {
      this.projects.set(key, undefined);
      void this.askProject(key);
    }
    return this.projects.get(key);
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.listeners, this.changed).dispose();
  }

  /** Asks the server; changes that come meanwhile are one more question, not many. */
  private async refresh(): Promise<void> {
    if (this.isAsking) {
      this.isStale = true;
      return;
    }
    this.isAsking = true;
    do {
      this.isStale = false;
      const rows = await this.server.request<OrgRow[]>('sforg/orgs', {}).catch(() => undefined);
      if (Array.isArray(rows) && this.state === 'running') {
        this.take(rows);
      }
    } while (this.isStale);
    this.isAsking = false;
  }

  private async askProject(uri: string): Promise<void> {
    const { projects } = this;
    const project = await this.server.request<OrgProject | null>('sforg/project', { uri }).catch(() => null);
    if (project !== null && projects === this.projects) {
      projects.set(uri, project);
      this.changed.fire();
    }
  }

  private take(rows: readonly OrgRow[]): void {
    this.rows = rows;
    this.projects = new Map();
    this.tellMenus();
    this.changed.fire();
    clearTimeout(this.timer);
    if (rows.some(({ state }) => state === 'testing')) {
      this.timer = setTimeout(() => void this.refresh(), WHILE_TESTING_MS);
    }
  }

  private tellMenus(): void {
    const set = (key: string, value: unknown) => void vscode.commands.executeCommand('setContext', `sforg.${key}`, value);
    set('server', this.state);
    set('hasOrgs', this.rows.length > 0);
    set('anyTesting', this.rows.some(({ state }) => state === 'testing'));
    set('anyLoginOk', this.rows.some(isIn));
    set('anyUntested', this.rows.some(({ at }) => at === null));
    set('basicOrgs', this.rows.filter(({ auth }) => auth === 'basic').flatMap(({ uri }) => pathsOf(uriOf(uri))));
  }
}

/** An address as the server writes it. */
export function uriOf(text: string): vscode.Uri {
  return vscode.Uri.parse(text, true);
}

function isIn({ state, at }: OrgRow): boolean {
  return state === 'ok' || (state === 'deadline' && at !== null);
}

/** As the menus' `resourcePath` may spell it, also in a window on another system than the files'. */
function pathsOf(uri: vscode.Uri): string[] {
  return [...new Set([uri.fsPath, uri.path, uri.path.replaceAll('/', '\\')])];
}
