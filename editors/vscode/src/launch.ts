// What the server process is started with: its arguments and what is added to its environment.
// No `vscode` in here, so that plain Node.js can test it.

/** VS Code's own proxy settings, as far as a child process can be told of them. */
export interface ProxySettings {
  /** `http.proxy`; empty: none. */
  readonly proxy: string;
  /** `http.noProxy`. */
  readonly noProxy: readonly string[];
}

/** `sforg lsp`, with a word for every host that the user allows beside Salesforce's own. */
export function serverArguments(allowedLoginHosts: readonly string[]): string[] {
  return ['lsp', ...allowedLoginHosts.flatMap((host) => ['--allow-login-host', host])];
}

/**
 * The variables that hand VS Code's proxy settings on.
 * A variable that `environment` has already, in either case, is the user's and stays.
 */
export function proxyEnvironment(settings: ProxySettings, environment: NodeJS.ProcessEnv): Record<string, string> {
  const values: Record<string, string> = {
    HTTPS_PROXY: settings.proxy,
    HTTP_PROXY: settings.proxy,
    NO_PROXY: settings.noProxy.join(','),
  };
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== '' && !environment[name] && !environment[name.toLowerCase()]),
  );
}
