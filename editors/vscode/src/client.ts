// The language client: one at a time, started, stopped and started again in turn.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as os from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  ErrorCodes,
  LanguageClient,
  ResponseError,
  RevealOutputChannelOn,
  ShowMessageNotification,
  ShowMessageRequest,
  WorkDoneProgressCancelNotification,
  type CloseHandlerResult,
  type LanguageClientOptions,
} from 'vscode-languageclient/node';
import { joinEditAndCommand } from './code-actions';
import { CrashLimit } from './crashes';
import { DESIGN_STUDIO_FILES, serveDesignStudioAloneWithReading, type FollowUp } from './design-studio';
import { cleanIncoming } from './incoming';
import { proxyEnvironment, serverArguments } from './launch';
import { reportCrash, reportGivingUp, reportMalformedSettings, reportStartFailure } from './messages';
import { logServerErrors } from './server-log';
import { checkServer, findServer, firstLine, ServerProblem, type CheckedServer } from './server';
import type { ServerMessages } from './server-messages';
import { CountingProgress } from './progress';
import { malformedSettings, readStartSettings, type StartSettings } from './settings';
import { OwnFeatures, takeOwnMessages, type OrgsChanged } from './own';
import type { ResultPages } from './result-page';
import { shownContent } from './shown-content';
import { traceWithoutContent } from './trace';
import type { Pretended } from './pretend';
import { ask } from './window';

/** Settings below this name are the server's. */
const CLIENT_ID = 'sforg';

/** How many characters of the server's standard error are kept for a message about a failed start. */
const EARLY_ERRORS_LIMIT = 4000;

/** Notification: the user trusts the workspace now. */
const TRUST_CHANGED = 'sforg/trustChanged';

/** Reports failures to the log alone: the user gets one message about one failure, from `messages.ts`. */
class QuietLanguageClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** Whether there is a server to ask. */
export type ServerState = 'starting' | 'running' | 'stopped';

/** Runs the server. Every method waits for the one called before it, so that no two servers ever run. */
export class Server {
  private client: LanguageClient | undefined;
  private process: ChildProcess | undefined;
  private readonly crashes = new CrashLimit();
  private turn: Promise<void> = Promise.resolve();
  private startedWith: StartSettings | undefined;
  /** The beginning of what the process wrote to its standard error. */
  private earlyErrors = '';
  private readonly stateChanged = new vscode.EventEmitter<ServerState>();
  private readonly orgsChanged = new vscode.EventEmitter<OrgsChanged>();
  /** There is a server now, or there is none any more. */
  readonly onDidChangeState = this.stateChanged.event;
  /** The list of orgs says something else now. */
  readonly onDidChangeOrgs = this.orgsChanged.event;
  private readonly progress = new CountingProgress((token) => void this.client?.sendNotification(WorkDoneProgressCancelNotification.type, { token }));
  /** Of the server that runs, or ran last. */
  version: string | undefined;

  constructor(
    private readonly extensionPath: string,
    private readonly log: vscode.LogOutputChannel,
    private readonly messages: ServerMessages,
    private readonly followUp: FollowUp,
    private readonly pages: ResultPages,
    private readonly pretended: Pretended,
  ) {
    this.onDidChangeState((state) => state === 'running' || this.progress.endAll());
  }

  /** Starts the server, after stopping one that runs. A failure is shown to the user, not thrown. */
  restart(): Promise<void> {
    this.crashes.forget();
    return this.inTurn(async () => {
      await this.end();
      await this.begin();
    });
  }

  /** Starts the server anew if a setting that decides about the start has another value now. */
  async followSettings(): Promise<void> {
    await this.turn;
    if (!isDeepStrictEqual(readStartSettings(), this.startedWith)) {
      await this.restart();
    }
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.end());
  }

  /** Tells a running server that the workspace is trusted now. A later start says so by itself. */
  announceTrust(): Promise<void> {
    return this.inTurn(async () => {
      if (this.client?.isRunning() === true) {
        await this.client.sendNotification(TRUST_CHANGED, { workspaceTrusted: true });
      }
    });
  }

  /**
   * Runs a command of the server on a file.
   * @throws when no server is running, or with the server's own error
   */
  async execute(command: string, file?: vscode.Uri): Promise<void> {
    const argument = file === undefined ? {} : { uri: (await this.running()).code2ProtocolConverter.asUri(file) };
    await this.request('workspace/executeCommand', { command, arguments: [argument] });
  }

  /**
   * Asks the server.
   * @returns undefined when it ended meanwhile, about which the user has a message
   * @throws when no server is running, or with the server's own error
   */
  async request<Result>(method: string, params: object, token?: vscode.CancellationToken): Promise<Result | undefined> {
    const client = await this.running();
    try {
      // Without a token there is no second argument: two of them would be sent as a list.
      return await (token === undefined ? client.sendRequest<Result>(method, params) : client.sendRequest<Result>(method, params, token));
    } catch (error) {
      if (error instanceof ResponseError && error.code === ErrorCodes.PendingResponseRejected) {
        return undefined;
      }
      throw error;
    }
  }

  private async running(): Promise<LanguageClient> {
    await this.turn;
    if (this.client?.isRunning() !== true) {
      throw new Error(vscode.l10n.t('The language server is not running.'));
    }
    return this.client;
  }

  /** An address as the server knows it. */
  uriText(uri: vscode.Uri): string {
    return this.client?.code2ProtocolConverter.asUri(uri) ?? uri.toString();
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(step).catch((error: unknown) => this.log.error(`Internal error: ${String(error)}`));
    return this.turn;
  }

  private async begin(): Promise<void> {
    this.stateChanged.fire('starting');
    const settings = (this.startedWith = readStartSettings());
    reportMalformedSettings(malformedSettings());
    try {
      const program = await checkServer(await findServer(settings.serverPath, surroundings(this.extensionPath)));
      this.version = program.version;
      this.log.info(`Starting sforg ${program.version}: ${program.command}`);
      const pretended = await this.pretended.environment();
      this.client = new QuietLanguageClient(CLIENT_ID, 'Salesforce Org', () => this.launch(program, settings, pretended), this.clientOptions());
      serveDesignStudioAloneWithReading(this.client);
      this.client.onNotification(ShowMessageNotification.type, (params) => this.messages.show(params));
      this.client.onRequest(ShowMessageRequest.type, ask);
      this.client.registerFeature(new OwnFeatures());
      takeOwnMessages(this.client, this.pages, (what) => this.orgsChanged.fire(what));
      await this.client.start();
      if (!this.client.isRunning()) {
        throw new Error(vscode.l10n.t('the connection was closed.')); // so soon that the language client has forgotten to say so
      }
      this.stateChanged.fire('running');
    } catch (error) {
      const reason = await this.startFailure(error);
      this.log.error(reason.message);
      this.client = undefined;
      this.endProcess();
      this.stateChanged.fire('stopped');
      reportStartFailure(reason);
    }
  }

  /** What to tell: a server that ended says more by its exit code than the language client by "connection got disposed". */
  private async startFailure(error: unknown): Promise<Error> {
    if (this.process !== undefined && !(error instanceof ServerProblem)) {
      const ending = await endingOf(this.process);
      if (ending !== undefined) {
        const said = firstLine(this.earlyErrors);
        return new Error(said === '' ? vscode.l10n.t('it ended while starting ({0}).', ending) : vscode.l10n.t('it ended while starting ({0}) and said "{1}".', ending, said));
      }
    }
    return error instanceof Error ? error : new Error(String(error));
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client?.isRunning() !== true) {
      this.endProcess();
      return;
    }
    try {
      await client.stop();
      this.process = undefined; // it ends by itself, and the language client looks after two seconds whether it has
    } catch (error) {
      this.log.warn(`The server did not stop in order: ${String(error)}`);
      this.endProcess();
    }
  }

  /** Makes sure that no process is left behind; one that has ended already does not mind. */
  private endProcess(): void {
    this.process?.kill();
    this.process = undefined;
  }

  /** `pretended` is the environment where a Salesforce is played: the user's proxy and hosts lead to real ones. */
  private async launch(program: CheckedServer, settings: StartSettings, pretended: NodeJS.ProcessEnv | undefined): Promise<ChildProcess> {
    const child = spawn(program.command, serverArguments(pretended === undefined ? settings.allowedLoginHosts : []), {
      cwd: os.homedir(), // not the workspace: nothing in it takes part in starting the server
      env: pretended ?? { ...process.env, ...proxyEnvironment(settings.proxy, process.env) },
      stdio: 'pipe',
      windowsHide: true,
    });
    await once(child, 'spawn');
    this.process = child;
    this.earlyErrors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      if (this.earlyErrors.length < EARLY_ERRORS_LIMIT) {
        this.earlyErrors += chunk.toString();
      }
    });
    return child;
  }

  private clientOptions(): LanguageClientOptions {
    return {
      documentSelector: [
        { language: 'salesforce-org', scheme: 'file' },
        { language: 'salesforce-org', scheme: 'untitled' },
        ...DESIGN_STUDIO_FILES,
      ],
      initializationOptions: () => ({ workspaceTrusted: vscode.workspace.isTrusted }),
      initializationFailedHandler: () => false,
      outputChannel: this.log,
      traceOutputChannel: traceWithoutContent(this.log),
      stdioOptions: { stdout: () => undefined, stderr: logServerErrors }, // standard output belongs to the protocol
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      markdown: { isTrusted: false, supportHtml: false },
      connectionOptions: {
        messageStrategy: {
          handleMessage: (message, next) => {
            cleanIncoming(message);
            next(message);
          },
        },
      },
      middleware: {
        ...shownContent,
        handleWorkDoneProgress: (token, step, next) => this.progress.handle(token, step, () => next(token, step)),
        executeCommand: async (command, args, next) => this.followUp(command, await next(command, args)),
        provideCodeActions: async (document, range, context, token, next) =>
          joinEditAndCommand(document, await next(document, range, context, token)),
      },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => this.afterCrash(),
      },
    };
  }

  /** The connection closed without our doing. The next start is ours, so that it is checked and reported like the first. */
  private afterCrash(): CloseHandlerResult {
    if (this.client?.isRunning() === true) {
      if (this.crashes.mayRestart(Date.now())) {
        reportCrash();
        void this.inTurn(async () => {
          this.endProcess();
          await this.begin();
        });
      } else {
        this.stateChanged.fire('stopped');
        reportGivingUp();
      }
    }
    return { action: CloseAction.DoNotRestart, message: vscode.l10n.t('The server ended unexpectedly.'), handled: true };
  }
}

/** How the process ended; undefined if it still runs a moment from now. */
async function endingOf(child: ChildProcess): Promise<string | undefined> {
  if (child.exitCode === null && child.signalCode === null) {
    await once(child, 'exit', { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
  }
  return child.exitCode === null ? (child.signalCode ?? undefined) : vscode.l10n.t('exit code {0}', child.exitCode);
}

function surroundings(extensionPath: string) {
  return {
    extensionPath,
    homeFolder: os.homedir(),
    platform: process.platform,
    architecture: process.arch,
    searchPath: process.env['PATH'] ?? '',
  };
}
