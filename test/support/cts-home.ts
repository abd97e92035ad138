import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isProcessAlive, waitUntil } from './processes.ts';

/** A home of its own for `cts`: no configuration, and data of a service that is started when it is needed. */
export class CtsHome {
  readonly path = mkdtempSync(join(tmpdir(), 'cts-home-'));
  readonly dataFolder = join(this.path, 'data');
  readonly env: Readonly<Record<string, string>> = { HOME: this.path, CTS_DATA_DIR: this.dataFolder };

  /** The service that was started here, as it says itself; undefined when none was. */
  get service(): { readonly url: string; readonly pid: number } | undefined {
    try {
      return JSON.parse(readFileSync(join(this.dataFolder, 'service.json'), 'utf8')) as {
        url: string;
        pid: number;
      };
    } catch {
      return undefined;
    }
  }

  /** Has the service stop, if one runs, and waits until it has. */
  async stopService(): Promise<void> {
    const pid = this.service?.pid;
    if (pid === undefined || !isProcessAlive(pid)) return;
    process.kill(pid, 'SIGTERM');
    await waitUntil(() => !isProcessAlive(pid));
  }

  async remove(): Promise<void> {
    await this.stopService();
    rmSync(this.path, { recursive: true, force: true, maxRetries: 20 });
  }
}
