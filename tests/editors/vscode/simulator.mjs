// The simulator, and a copy of the example project that speaks to it instead of to Salesforce.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** Starts `sforg-simulator`; it ends with this process. Gives what its first line says: `httpUrl`, `accounts` and so on. */
export async function startSimulator(program, ...options) {
  const child = spawn(program, ['--json', '--until-stdin-closes', ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  const firstLine = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve).once('close', () => reject(new Error(`${program} ended without a word`)));
    child.once('error', (error) => reject(new Error(`${program} does not start: ${error.message}`)));
  });
  process.once('exit', () => child.kill());
  child.unref();
  child.stdout.unref();
  return { ...JSON.parse(firstLine), stop: () => child.stdin.end() };
}

/** Copies a project; every Salesforce address in it becomes the simulator's. */
export function copyProject(source, target, simulatorUrl) {
  for (const name of fs.readdirSync(source, { recursive: true })) {
    const from = path.join(source, name);
    const to = path.join(target, name);
    if (fs.statSync(from).isDirectory()) {
      fs.mkdirSync(to, { recursive: true });
      continue;
    }
    fs.mkdirSync(path.dirname(to), { recursive: true });
    if (/\.json$/.test(name)) {
      fs.writeFileSync(to, towards(fs.readFileSync(from, 'utf8'), simulatorUrl));
    } else {
      fs.copyFileSync(from, to);
    }
  }
}

function towards(text, simulatorUrl) {
  return text.replaceAll(/https:\/\/[\w.-]+\.salesforce\.com/g, simulatorUrl).replaceAll(/[\w-]+[\w.-]*\.salesforce\.com/g, new URL(simulatorUrl).host);
}

/** The sandbox on basic authentication, with its project's API version, that the story is about: its file, its text, its project file and the simulator's account for it. */
export function findSandbox(project, simulator) {
  for (const name of fs.readdirSync(project, { recursive: true }).filter((candidate) => candidate.endsWith('.sforg.json')).sort()) {
    const file = path.join(project, name);
    const org = parsed(file);
    const account = simulator.accounts.find((candidate) => candidate.organizationName === org?.name);
    if (org?.sandbox === true && org.auth?.type === 'basic' && org.apiVersion === undefined && account !== undefined) {
      return { file, org, account, projectFile: projectFileOf(path.dirname(file), project) };
    }
  }
  throw new Error(`${project} has no sandbox on basic authentication that the simulator knows`);
}

function parsed(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined; // the example project has a broken file on purpose
  }
}

function projectFileOf(folder, top) {
  const file = path.join(folder, 'sforg-project.json');
  if (fs.existsSync(file)) {
    return file;
  }
  if (folder === top) {
    throw new Error(`${top} has no sforg-project.json`);
  }
  return projectFileOf(path.dirname(folder), top);
}
