// What a menu or a key is about: files of the Explorer, nodes of the tree, the file in the editor.

import * as vscode from 'vscode';
import { uriOf } from './list';
import type { OrgNode, OrgTreeNode } from './tree';

/** The org nodes that a menu of the tree was opened on; the selected ones for a key. */
export function chosenOrgs(first: unknown, all: unknown, selection: readonly OrgTreeNode[]): OrgNode[] {
  const nodes = Array.isArray(all) && all.length > 0 ? (all as unknown[]) : first === undefined ? selection : [first];
  return nodes.filter(isOrg);
}

/** The org files that a menu was opened on, in the tree or the Explorer; without one that of the editor. */
export function chosenFiles(first: unknown, all: unknown): { readonly files: vscode.Uri[]; readonly inTree: boolean } {
  const chosen = Array.isArray(all) && all.length > 0 ? (all as unknown[]) : [first];
  const inTree = chosen.some(isOrg);
  const named = chosen.flatMap((one) => (one instanceof vscode.Uri ? [one] : isOrg(one) ? [uriOf(one.id)] : []));
  const inEditor = vscode.window.activeTextEditor?.document.uri;
  const files = named.length > 0 || inEditor === undefined ? named : [inEditor];
  return { files: files.filter(isOrgFile), inTree };
}

/** The one file or folder that a menu was opened on. */
export function chosenPlace(first: unknown): vscode.Uri | undefined {
  if (first instanceof vscode.Uri) {
    return first;
  }
  const text = isNode(first) ? (first.kind === 'org' ? first.id : first.uri) : undefined;
  return text === undefined ? undefined : uriOf(text);
}

/** The folder that a menu was opened on; that of a file, as a project is named by its own. */
export function chosenFolder(first: unknown): vscode.Uri | undefined {
  const place = chosenPlace(first);
  return place?.path.endsWith('.json') ? vscode.Uri.joinPath(place, '..') : place;
}

/** Also one that was never saved. */
function isOrgFile(file: vscode.Uri): boolean {
  const isUntitledOrg = () => vscode.workspace.textDocuments.some(({ uri, languageId }) => languageId === 'salesforce-org' && uri.toString() === file.toString());
  return file.path.endsWith('.sforg.json') || (file.scheme === 'untitled' && isUntitledOrg());
}

function isOrg(value: unknown): value is OrgNode {
  return isNode(value) && value.kind === 'org';
}

function isNode(value: unknown): value is OrgTreeNode {
  return typeof value === 'object' && value !== null && 'kind' in value && 'id' in value;
}
