// The view *Orgs*: the tree, its badge, its message, and the selection that follows the editor.

import * as vscode from 'vscode';
import { plainLine } from '../foreign-text';
import { SHOW_FAILED } from '../ids';
import { createTree } from '../window';
import { uriOf, type OrgList } from './list';
import { contextOf, descriptionOf, iconOf, isFailed, spokenOf, tooltipOf, type Icon } from './row';
import { buildTree, orgsOf, type GroupNode, type OrgNode, type OrgTreeNode, type TreeOptions } from './tree';

export const ORGS_VIEW = 'salesforceOrg.orgs';

const GROUP_ICONS = { project: 'project', noProject: 'folder', folder: 'folder', state: undefined } as const;

export class OrgsView implements vscode.TreeDataProvider<OrgTreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private options: TreeOptions = { failedOnly: false, groupBy: 'folder' };
  private nodes: readonly OrgTreeNode[] = [];
  private drawn = '';
  private readonly tree: vscode.TreeView<OrgTreeNode>;
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly list: OrgList) {
    this.tree = createTree(ORGS_VIEW, this);
    this.disposables = [
      this.changed,
      this.tree,
      list.onDidChange(() => this.draw()),
      vscode.window.onDidChangeActiveTextEditor(() => this.followEditor()),
      this.tree.onDidChangeVisibility(() => this.followEditor()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.draw()),
      vscode.commands.registerCommand(SHOW_FAILED, () => this.showFailed()),
      vscode.commands.registerCommand('salesforceOrg.showAllOrgs', () => this.choose({ failedOnly: false })),
      vscode.commands.registerCommand('salesforceOrg.groupByState', () => this.choose({ groupBy: 'state' })),
      vscode.commands.registerCommand('salesforceOrg.groupByFolder', () => this.choose({ groupBy: 'folder' })),
    ];
    this.choose({});
  }

  /** What is selected, for keys: they name nothing. */
  get selection(): readonly OrgTreeNode[] {
    return this.tree.selection;
  }

  getChildren(node?: OrgTreeNode): OrgTreeNode[] {
    return [...(node === undefined ? this.nodes : node.kind === 'org' ? [] : node.children)];
  }

  getParent(node: OrgTreeNode): OrgTreeNode | undefined {
    return node.parent;
  }

  getTreeItem(node: OrgTreeNode): vscode.TreeItem {
    return node.kind === 'org' ? orgItem(node) : groupItem(node);
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  /** The failed ones alone, the first of them selected. */
  private async showFailed(): Promise<void> {
    this.choose({ failedOnly: true });
    await vscode.commands.executeCommand(`${ORGS_VIEW}.focus`);
    const orgs = orgsOf(this.nodes);
    const first = orgs.find(({ row }) => isFailed(row)) ?? orgs[0];
    if (first !== undefined) {
      await this.tree.reveal(first, { select: true, focus: true });
    }
  }

  private choose(options: Partial<TreeOptions>): void {
    this.options = { ...this.options, ...options };
    void vscode.commands.executeCommand('setContext', 'sforg.failedOnly', this.options.failedOnly);
    void vscode.commands.executeCommand('setContext', 'sforg.groupBy', this.options.groupBy);
    this.draw();
  }

  private draw(): void {
    const { rows, testing } = this.list;
    this.tree.description = this.options.failedOnly ? vscode.l10n.t('failed only') : '';
    this.tree.message = messageOf(testing, rows.length > 0);
    const failed = rows.filter(isFailed).length;
    this.tree.badge = failed === 0 ? undefined : { value: failed, tooltip: failed === 1 ? vscode.l10n.t('1 login failed') : vscode.l10n.t('{0} logins failed', failed) };
    const drawn = JSON.stringify([rows, this.options]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.nodes = buildTree(rows, this.options);
      this.changed.fire();
      this.followEditor();
    }
  }

  /** As the Explorer does, and where it may. */
  private followEditor(): void {
    const file = vscode.window.activeTextEditor?.document.uri;
    const mayReveal = vscode.workspace.getConfiguration('explorer').get('autoReveal') !== false;
    if (file === undefined || !this.tree.visible || !mayReveal || this.tree.selection.length > 1) {
      return;
    }
    const node = orgsOf(this.nodes).find(({ id }) => uriOf(id).toString() === file.toString());
    if (node !== undefined && this.tree.selection[0]?.id !== node.id) {
      // It may be gone before it is shown.
      void this.tree.reveal(node, { select: true, focus: false }).then(undefined, () => undefined);
    }
  }
}

function messageOf(testing: string | undefined, hasOrgs: boolean): string {
  if (testing !== undefined) {
    return plainLine(testing);
  }
  return hasOrgs && !vscode.workspace.isTrusted ? vscode.l10n.t('Restricted Mode: logins are not tested.') : '';
}

function orgItem({ id, row }: OrgNode): vscode.TreeItem {
  const item = new vscode.TreeItem(plainLine(row.name));
  item.id = id;
  item.description = descriptionOf(row);
  item.iconPath = themeIcon(iconOf(row));
  item.tooltip = tooltipOf(row);
  item.contextValue = contextOf(row);
  item.accessibilityInformation = { label: spokenOf(row) };
  item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uriOf(id)] };
  return item;
}

function groupItem({ kind, id, label, description, state }: GroupNode): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = id;
  item.description = description;
  item.contextValue = kind;
  item.accessibilityInformation = { label: `${label}, ${description}` };
  const icon = GROUP_ICONS[kind];
  if (state === undefined && icon !== undefined) {
    item.iconPath = new vscode.ThemeIcon(icon);
  }
  return item;
}

function themeIcon({ id, color }: Icon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}
