// The tree of orgs: projects where there are several, folders in large projects, orgs by name.
// Of `vscode` the words alone are in here, so that plain Node.js can test it.

import { l10n } from 'vscode';
import { plainLine } from '../foreign-text';
import { countOfFailed, countOfOrgs, isFailed, isTrouble, STATE_ORDER, stateTitle, type OrgProject, type OrgRow, type OrgState } from './row';

/** A project with more orgs than that is shown with its folders. */
const FOLDERS_FROM = 20;

export interface OrgNode {
  readonly kind: 'org';
  readonly id: string;
  readonly row: OrgRow;
  readonly parent: GroupNode | undefined;
}

/** A project, a folder of one, or the orgs of one state. */
export interface GroupNode {
  readonly kind: 'project' | 'noProject' | 'folder' | 'state';
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** The project file, or the folder. */
  readonly uri: string | undefined;
  readonly state: OrgState | undefined;
  readonly parent: GroupNode | undefined;
  children: readonly OrgTreeNode[];
}

export type OrgTreeNode = OrgNode | GroupNode;

/** What a person has chosen to see. */
export interface TreeOptions {
  readonly failedOnly: boolean;
  readonly groupBy: 'folder' | 'state';
}

export function buildTree(rows: readonly OrgRow[], { failedOnly, groupBy }: TreeOptions): readonly OrgTreeNode[] {
  const shown = failedOnly ? rows.filter(isTrouble) : rows;
  return groupBy === 'state' ? byState(shown) : byProject(shown);
}

/** Every org of a tree. */
export function orgsOf(nodes: readonly OrgTreeNode[]): readonly OrgNode[] {
  return nodes.flatMap((node) => (node.kind === 'org' ? [node] : orgsOf(node.children)));
}

function byState(rows: readonly OrgRow[]): readonly OrgTreeNode[] {
  return STATE_ORDER.flatMap((state) => {
    const own = rows.filter((row) => row.state === state);
    if (own.length === 0) {
      return [];
    }
    const group = newGroup('state', `state:${state}`, { label: stateTitle(state), description: countOfOrgs(own.length), state });
    group.children = orgNodes(own, group);
    return [group];
  });
}

function byProject(rows: readonly OrgRow[]): readonly OrgTreeNode[] {
  const projects = grouped(rows, ({ project }) => project?.uri ?? '');
  if (projects.size <= 1) {
    return byFolder(rows, undefined);
  }
  const groups = [...projects.values()].map((own) => projectNode(own[0]?.project ?? undefined, own));
  return groups.sort((a, b) => Number(a.kind === 'noProject') - Number(b.kind === 'noProject') || compare(a.label, b.label));
}

function projectNode(project: OrgProject | undefined, rows: readonly OrgRow[]): GroupNode {
  const failed = rows.filter(isFailed).length;
  const version = project === undefined ? l10n.t('no API version') : (project.apiVersion ?? l10n.t('no API version'));
  const description = [version, ...(failed === 0 ? [] : [countOfFailed(failed)])].join(' · ');
  const group =
    project === undefined
      ? newGroup('noProject', 'project:', { label: l10n.t('No project'), description })
      : newGroup('project', `project:${project.uri}`, { label: plainLine(project.name), description, uri: project.uri });
  group.children = byFolder(rows, group);
  return group;
}

function byFolder(rows: readonly OrgRow[], parent: GroupNode | undefined): readonly OrgTreeNode[] {
  if (rows.length <= FOLDERS_FROM) {
    return orgNodes(rows, parent);
  }
  const folders = [...grouped(rows, ({ folder }) => folder)].filter(([folder]) => folder !== '').sort(([a], [b]) => compare(a, b));
  const nodes = folders.map(([folder, own]) => folderNode(folder, own, parent));
  return [...nodes, ...orgNodes(rows.filter(({ folder }) => folder === ''), parent)];
}

function folderNode(folder: string, rows: readonly OrgRow[], parent: GroupNode | undefined): GroupNode {
  const failed = rows.filter(isFailed).length;
  const uri = rows[0]?.uri;
  const group = newGroup(
    'folder',
    `folder:${parent?.id ?? ''}:${folder}`,
    {
      label: plainLine(folder),
      description: failed === 0 ? countOfOrgs(rows.length) : countOfFailed(failed),
      uri: uri?.slice(0, uri.lastIndexOf('/')),
    },
    parent,
  );
  group.children = orgNodes(rows, group);
  return group;
}

function orgNodes(rows: readonly OrgRow[], parent: GroupNode | undefined): readonly OrgNode[] {
  const nodes = rows.map((row): OrgNode => ({ kind: 'org', id: row.uri, row, parent }));
  return nodes.sort((a, b) => compare(a.row.name, b.row.name) || compare(a.id, b.id));
}

interface GroupFacts {
  readonly label: string;
  readonly description: string;
  readonly uri?: string | undefined;
  readonly state?: OrgState;
}

function newGroup(kind: GroupNode['kind'], id: string, { label, description, uri, state }: GroupFacts, parent?: GroupNode): GroupNode {
  return { kind, id, label, description, uri, state, parent, children: [] };
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) {
      groups.set(key(item), [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function compare(a: string, b: string): number {
  return collator.compare(a, b) || Number(a > b) - Number(a < b);
}
