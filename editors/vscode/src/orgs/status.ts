// What the status bar says of the org or the project in the editor.
// Of `vscode` the words alone are in here, so that plain Node.js can test it.

import { l10n } from 'vscode';
import { plainLine } from '../foreign-text';
import { countOfFailed, countOfOrgs, iconOf, isFailed, spokenOf, tooltipOf, type OrgProject, type OrgRow } from './row';

/** A deadline that is nearer warns, in days. */
const SOON = 180;

export interface Status {
  readonly icon: string;
  readonly text: string;
  readonly tooltip: string;
  readonly spoken: string;
  readonly background?: 'warning' | 'error' | undefined;
  /** A click stops the test, else it shows what can be done. */
  readonly click: 'cancel' | 'menu';
}

export interface StatusOptions {
  readonly isTrusted: boolean;
  /** `sforg.statusBar.highlightProduction` */
  readonly highlightProduction: boolean;
}

/** What is said of an org. */
export function statusOf(row: OrgRow, options: StatusOptions): Status {
  const { icon, words, background } = partsOf(row, options);
  return {
    icon,
    text: [row.name, ...words].map((word) => plainLine(word)).join(' · '),
    tooltip: tooltipOf(row),
    spoken: spokenOf(row),
    background,
    click: row.state === 'testing' ? 'cancel' : 'menu',
  };
}

/** What is said of a project file: its project and the orgs of that. */
export function statusOfProject(project: OrgProject, rows: readonly OrgRow[]): Status {
  const failed = rows.filter(isFailed).length;
  const words = [rows.length === 0 ? l10n.t('no orgs yet') : countOfOrgs(rows.length), ...(project.apiVersion === null ? [] : [`API ${project.apiVersion}`]), ...(failed === 0 ? [] : [countOfFailed(failed)])];
  const text = [project.name, ...words].map((word) => plainLine(word)).join(' · ');
  return { icon: 'project', text, tooltip: text, spoken: text, click: 'menu' };
}

interface Parts {
  readonly icon: string;
  readonly words: readonly string[];
  readonly background?: 'warning' | 'error' | undefined;
}

function partsOf(row: OrgRow, { isTrusted, highlightProduction }: StatusOptions): Parts {
  const icon = iconOf(row).id;
  if (!isTrusted) {
    return { icon: 'shield', words: [l10n.t('not trusted')] };
  }
  const isSoon = row.deadline !== null && row.deadline.days < SOON;
  switch (row.state) {
    case 'testing':
      return { icon, words: [`${l10n.t('testing…')} ${/\d+ s/.exec(row.summary)?.[0] ?? ''}`] };
    case 'failed':
      return { icon, words: [row.short], background: 'error' };
    case 'fileError':
    case 'noSecret':
      return { icon: 'circle-slash', words: [row.short], background: 'warning' };
    case 'warning':
      return { icon, words: [row.short], background: 'warning' };
    case 'deadline':
      if (isSoon) {
        return { icon, words: [row.short], background: 'warning' };
      }
      return { icon: row.at === null ? 'circle-outline' : 'pass', words: facts(row), background: production(row, highlightProduction) };
    default:
      return { icon: row.state === 'ok' ? 'pass' : icon, words: facts(row), background: production(row, highlightProduction) };
  }
}

function facts({ kind, apiVersion }: OrgRow): string[] {
  const what = kind === 'production' ? [l10n.t('PRODUCTION')] : kind === null ? [] : [kind];
  return [...what, ...(apiVersion === null ? [] : [`API ${apiVersion}`])];
}

function production({ kind }: OrgRow, highlight: boolean): 'warning' | undefined {
  return kind === 'production' && highlight ? 'warning' : undefined;
}
