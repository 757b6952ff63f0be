// The settings this extension reads.

import * as vscode from 'vscode';
import { SERVER_PATH_SETTING } from './server';
import type { ProxySettings } from './launch';

const ALLOWED_LOGIN_HOSTS_SETTING = 'sforg.allowedLoginHosts';

/** What decides how the server is started. All of it is the user's alone: a workspace has no say in where credentials go. */
export interface StartSettings {
  /** `sforg.server.path`; empty: the bundled server. */
  readonly serverPath: string;
  readonly allowedLoginHosts: readonly string[];
  readonly proxy: ProxySettings;
}

export function readStartSettings(): StartSettings {
  const proxyOff = userValue('http.proxySupport') === 'off';
  return {
    serverPath: text(SERVER_PATH_SETTING),
    allowedLoginHosts: texts(ALLOWED_LOGIN_HOSTS_SETTING),
    proxy: proxyOff ? { proxy: '', noProxy: [] } : { proxy: text('http.proxy'), noProxy: texts('http.noProxy') },
  };
}

/** A setting whose value has the wrong type; it counts as not set. */
export interface MalformedSetting {
  readonly name: string;
  /** What it has to be, as it ends a sentence. */
  readonly expected: string;
}

export function malformedSettings(): MalformedSetting[] {
  const path = userValue(SERVER_PATH_SETTING);
  const hosts = userValue(ALLOWED_LOGIN_HOSTS_SETTING);
  return [
    ...(path === undefined || typeof path === 'string' ? [] : [{ name: SERVER_PATH_SETTING, expected: vscode.l10n.t('a string') }]),
    ...(hosts === undefined || isTexts(hosts) ? [] : [{ name: ALLOWED_LOGIN_HOSTS_SETTING, expected: vscode.l10n.t('a list of strings') }]),
  ];
}

/** The value in the user's settings, never a workspace's. */
function userValue(name: string): unknown {
  return vscode.workspace.getConfiguration().inspect(name)?.globalValue;
}

function text(name: string): string {
  const value = userValue(name);
  return typeof value === 'string' ? value.trim() : '';
}

function texts(name: string): string[] {
  const value = userValue(name);
  return isTexts(value) ? value.map((entry) => entry.trim()).filter((entry) => entry !== '') : [];
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
