import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const START_WITHIN_MS = 30_000;

/** A program of ours, started as a process of its own. */
export class Program {
  private constructor(
    readonly name: string,
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  /** Starts `dist/<file>` and waits until it says where it listens. @throws Error with what it said instead */
  static start(name: string, file: string, env: Readonly<Record<string, string>>): Promise<Program> {
    const child = spawn(process.execPath, [fileURLToPath(new URL(`../../${file}`, import.meta.url))], {
      env: { PATH: process.env['PATH'] ?? '', NODE_ENV: process.env['NODE_ENV'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Promise((resolve, reject) => {
      let said = '';
      const fail = (): void => reject(new Error(`The ${name} did not start:\n${said}`));
      const timer = setTimeout(fail, START_WITHIN_MS);
      child.once('exit', fail);
      const listen = (chunk: Buffer): void => {
        said = (said + chunk.toString()).slice(-10_000);
        const url = /(http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
        if (url === undefined) return;
        clearTimeout(timer);
        child.removeListener('exit', fail);
        child.stdout.removeListener('data', listen);
        child.stdout.resume();
        resolve(new Program(name, url, child));
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-10_000);
      });
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** SIGTERM lets it finish what is under way; SIGKILL is a power cut. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.hasEnded) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await ended;
  }
}
