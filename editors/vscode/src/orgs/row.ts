// How an org looks in a list: from the server's row to words, an icon of its own shape, and what may be done to it.
// Of `vscode` the words alone are in here, so that plain Node.js can test it.

import { l10n } from 'vscode';
import { plainLine } from '../foreign-text';

/** The first that fits; the server says which. */
export type OrgState = 'testing' | 'fileError' | 'failed' | 'noSecret' | 'warning' | 'deadline' | 'changed' | 'ok' | 'untested';

/** A place in a file as LSP has it. */
export interface TextRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** The project of an org. */
export interface OrgProject {
  readonly uri: string;
  readonly name: string;
  readonly apiVersion: string | null;
}

/** A row of the server's answer to `sforg/orgs`. */
export interface OrgRow {
  readonly uri: string;
  readonly name: string;
  /** The value of `name`, with its quotes. */
  readonly nameRange: TextRange | null;
  readonly project: OrgProject | null;
  /** Below the project; empty when the file lies in its folder. */
  readonly folder: string;
  readonly kind: 'production' | 'sandbox' | null;
  readonly auth: string | null;
  readonly apiVersion: string | null;
  readonly host: string | null;
  readonly problems: number;
  readonly state: OrgState;
  /** The state in at most 20 characters. */
  readonly short: string;
  /** The state in a sentence. */
  readonly summary: string;
  readonly at: number | null;
  readonly action: string;
  readonly deadline: { readonly date: string | null; readonly days: number; readonly what: string } | null;
}

/** An icon of VS Code, and the theme's colour for it. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

const RED = 'problemsErrorIcon.foreground';
const YELLOW = 'problemsWarningIcon.foreground';
const GREEN = 'testing.iconPassed';

/** Each state has a shape of its own, for those who see no colours; states are named in the order of a list by state. */
const STATES: Readonly<Record<OrgState, { readonly icon: Icon; readonly title: string }>> = {
  testing: { icon: { id: 'loading~spin' }, title: l10n.t('Testing') },
  failed: { icon: { id: 'error', color: RED }, title: l10n.t('Failed') },
  fileError: { icon: { id: 'bracket-error', color: RED }, title: l10n.t('File Has Errors') },
  noSecret: { icon: { id: 'circle-slash', color: YELLOW }, title: l10n.t('No Secret') },
  warning: { icon: { id: 'warning', color: YELLOW }, title: l10n.t('Needs Attention') },
  deadline: { icon: { id: 'warning', color: YELLOW }, title: l10n.t('Will Break') },
  changed: { icon: { id: 'history' }, title: l10n.t('Changed Since the Test') },
  untested: { icon: { id: 'circle-outline' }, title: l10n.t('Not Tested') },
  ok: { icon: { id: 'pass-filled', color: GREEN }, title: l10n.t('Logged In') },
};

/** The states in the order of a list by state. */
export const STATE_ORDER = Object.keys(STATES) as readonly OrgState[];

export function stateTitle(state: OrgState): string {
  return STATES[state].title;
}

/** A state that this client does not know is one that it cannot judge. */
export function iconOf({ state }: OrgRow): Icon {
  return (STATES[state] ?? STATES.untested).icon;
}

/** `PROD · no secret`; with that before it, `wrong client secret` has no room in a side bar of 300 pixels. */
export function descriptionOf({ kind, short }: OrgRow): string {
  if (kind !== 'production') {
    return plainLine(short);
  }
  return ['PROD', ...(short === '' ? [] : [plainLine(short).replace('client ', '')])].join(' · ');
}

/** The state first, then what the org is. */
export function tooltipOf(row: OrgRow): string {
  const about = [kindOf(row), ...(row.apiVersion === null ? [] : [`API ${row.apiVersion}`]), ...(row.host === null ? [] : [row.host])];
  const deadline = row.deadline === null || row.state === 'deadline' ? [] : [sentence(row.deadline.what)];
  return [sentence(row.summary), ...deadline, about.filter((part) => part !== '').join(' · '), fileOf(row)].map((line) => plainLine(line).replaceAll('`', '"')).join('\n');
}

/** What a screen reader says. */
export function spokenOf(row: OrgRow): string {
  return [row.name, kindOf(row), row.summary].filter((part) => part !== '').map((part) => plainLine(part)).join(', ');
}

/** Words that the menus look for: `org basic secret`. */
export function contextOf(row: OrgRow): string {
  return ['org', ...(row.auth === 'basic' ? ['basic'] : []), ...(needsSecret(row) ? ['secret'] : []), ...(row.host === null ? [] : ['host'])].join(' ');
}

/** The login failed. */
export function isFailed({ state }: OrgRow): boolean {
  return state === 'failed';
}

/** What *Show Failed Only* shows: the login failed, or could not even be tried. */
export function isTrouble({ state }: OrgRow): boolean {
  return state === 'failed' || state === 'fileError' || state === 'noSecret';
}

/** *Enter Secret…* is what helps. */
export function needsSecret({ action }: OrgRow): boolean {
  return action === 'enterSecret';
}

/** Where its file is, for messages: the folder below the project, and the file. */
export function fileOf({ uri, folder }: OrgRow): string {
  const name = decoded(uri.slice(uri.lastIndexOf('/') + 1));
  return plainLine(folder === '' ? name : `${folder}/${name}`);
}

/** "2 orgs" */
export function countOfOrgs(count: number): string {
  return count === 1 ? l10n.t('1 org') : l10n.t('{0} orgs', count);
}

/** "2 failed" */
export function countOfFailed(count: number): string {
  return l10n.t('{0} failed', count);
}

function kindOf({ kind }: OrgRow): string {
  return kind ?? '';
}

function sentence(text: string): string {
  const line = plainLine(text);
  return line.charAt(0).toUpperCase() + line.slice(1);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
