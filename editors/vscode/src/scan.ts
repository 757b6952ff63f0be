// Scan Workspace for Salesforce Logins: the server looks, the view *What Breaks When* shows what it found by date, and
// the findings come into the list of problems when the person asks for them.

import * as vscode from 'vscode';
import type { Diagnostic, Range } from 'vscode-languageclient';
import { groupAsMarkdown } from './board';
import type { Server } from './client';
import { plainLine } from './foreign-text';
import { notify } from './window';

const VIEW = 'salesforceOrg.whatBreaksWhen';
/** The view is there once somebody has scanned. */
const SCANNED = 'salesforceOrg.scanned';
const SHOW_FINDINGS = vscode.l10n.t('Show in Problems');

interface LoginPlace {
  readonly label: string;
  readonly description: string;
  readonly uri: string;
  readonly range: Range;
}

interface Group {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly logins: readonly LoginPlace[];
  /** The org files among them that a conversion to OAuth 2.0 helps. */
  readonly convertible: readonly string[];
}

/** What the server answers. */
interface Scan {
  readonly message: string;
  readonly groups: readonly Group[];
  readonly findings: readonly { readonly uri: string; readonly diagnostics: readonly Diagnostic[] }[];
}

type Row = Group | LoginPlace;

/** The view, and the findings of the last scan. */
export class WhatBreaksWhen implements vscode.TreeDataProvider<Row> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly problems = vscode.languages.createDiagnosticCollection('sforg-scan');
  private scan: Scan = { message: '', groups: [], findings: [] };
  private isConverting = false;
  /** Somebody has asked for the findings. */
  private showsFindings = false;

  constructor(private readonly server: Server) {}

  register(): vscode.Disposable[] {
    return [this.changed, this.problems, vscode.window.registerTreeDataProvider(VIEW, this), this.server.onDidChangeOrgs(() => this.orgsChanged())];
  }

  getChildren(row?: Row): readonly Row[] & Row[] {
    const rows = row === undefined ? this.scan.groups : 'logins' in row ? row.logins : [];
    return [...rows];
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const item = new vscode.TreeItem(plainLine(row.label));
    item.description = plainLine(row.description);
    if ('logins' in row) {
      const isQuiet = row.label === 'No deadline';
      item.collapsibleState = isQuiet ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded;
      item.iconPath = new vscode.ThemeIcon(isQuiet ? 'pass' : row.label === 'Now' ? 'error' : 'warning');
      item.tooltip = row.tooltip;
      item.contextValue = row.convertible.length > 0 ? 'date.convertible' : 'date';
      return item;
    }
    item.tooltip = `${plainLine(row.label)}: ${plainLine(row.description)}`;
    item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [vscode.Uri.parse(row.uri), { selection: rangeOf(row.range) }] };
    return item;
  }

  /**
   * Looks through the workspace and shows what is there. The findings of the scan before go; new ones come only where the person
   * has asked for them.
   * @returns undefined when the server ended meanwhile
   */
  async look(): Promise<Scan | undefined> {
    const scan = await this.server.request<Scan>('sforg/scan', {});
    if (scan !== undefined) {
      this.scan = scan;
      this.fillProblems();
      this.changed.fire();
    }
    return scan;
  }

  /** The org files of a date, to choose from and convert; what is converted leaves its date. */
  async convert(row: unknown): Promise<void> {
    const orgs = this.group(row)?.convertible ?? [];
    const [uri] = orgs;
    if (uri !== undefined) {
      this.isConverting = true;
      await this.server.request('workspace/executeCommand', { command: 'sforg.convertAll', arguments: [{ uri, orgs }] });
    }
  }

  private orgsChanged(): void {
    if (this.isConverting) {
      this.isConverting = false;
      void this.look().catch(() => undefined);
    }
  }

  private group(row: unknown): Group | undefined {
    return this.scan.groups.find((group) => group === row);
  }

  /** A date with its logins, to paste where they are planned. */
  async copy(row: unknown): Promise<void> {
    const group = this.group(row);
    if (group !== undefined) {
      await vscode.env.clipboard.writeText(groupAsMarkdown(group));
    }
  }

  /** The findings of the last scan, among the problems. */
  async showFindings(): Promise<void> {
    this.showsFindings = true;
    this.fillProblems();
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  }

  private fillProblems(): void {
    this.problems.clear();
    for (const { uri, diagnostics } of this.showsFindings ? this.scan.findings : []) {
      this.problems.set(vscode.Uri.parse(uri), diagnostics.map(problem));
    }
  }
}

export async function scanWorkspace(view: WhatBreaksWhen): Promise<void> {
  if (vscode.workspace.workspaceFolders === undefined) {
    void notify('information', vscode.l10n.t('Salesforce Org: open a folder first, then choose {0} again.', vscode.l10n.t('Scan Workspace for Salesforce Logins')));
    return;
  }
  const scan = await view.look();
  if (scan === undefined) {
    return;
  }
  await vscode.commands.executeCommand('setContext', SCANNED, true);
  await vscode.commands.executeCommand(`${VIEW}.focus`);
  const buttons = scan.findings.length === 0 ? [] : [SHOW_FINDINGS];
  void notify('information', `Salesforce Org: ${scan.message}`, ...buttons).then((pressed) => {
    if (pressed === SHOW_FINDINGS) {
      void view.showFindings();
    }
  });
}

function rangeOf({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function problem(found: Diagnostic): vscode.Diagnostic {
  const severity = (found.severity ?? 1) - 1; // LSP counts from 1
  const message = typeof found.message === 'string' ? found.message : found.message.value;
  const made = new vscode.Diagnostic(rangeOf(found.range), message, severity);
  made.source = found.source ?? 'sforg';
  const href = found.codeDescription?.href;
  if (found.code !== undefined) {
    made.code = href === undefined ? found.code : { value: found.code, target: vscode.Uri.parse(href) };
  }
  return made;
}
