import type { PageHost } from '../../shared/host/page-host.ts';
import { describeFailure, isCancelled } from '../../shared/host/request-failure.ts';
import type { MenuItem } from '../../shared/menu.ts';
import { formatAmount, formatCount } from '../../shared/number-text.ts';
import type { LogDocument } from '../log-document.ts';
import type { ChartStack } from './chart-stack.ts';
import { readCsv } from './csv-export.ts';
import { writeExportCommand } from './export-command.ts';
import { drawPicture } from './png-export.ts';
import { encodeBytes, encodeText, nameFile } from './saved-file.ts';
import { describeValue } from './series-texts.ts';
import { listKeys } from './signals-plan.ts';
import type { SignalsToolbar } from './signals-toolbar.ts';
import type { SignalsView } from './signals-view.ts';
import { openValuesTable } from './values-table.ts';
import { formatTime } from '../../shared/time-text.ts';

/** What exports need of the tab. */
export interface ViewExportOptions {
  readonly log: LogDocument;
  readonly host: PageHost;
  readonly stack: ChartStack;
  readonly toolbar: SignalsToolbar;
  readonly view: () => SignalsView;
}

/** Everything on screen leaves the screen: CSV, PNG, table, values at the cursor, command. */
export class ViewExport {
  readonly #options: ViewExportOptions;
  /** Paths of the databases in use, by bus. */
  #databases: ReadonlyMap<number, string> = new Map();

  constructor(options: ViewExportOptions) {
    this.#options = options;
  }

  /** Asks which databases signals are read with, for the command. */
  async readDatabases(): Promise<void> {
    const answer = await this.#options.log.ask('sessions/databases', {}).catch(() => null);
    const named = (answer?.buses ?? []).flatMap(({ bus, database }) =>
      database === null ? [] : [[bus, database.path] as const],
    );
    this.#databases = new Map(named);
  }

  listItems(): readonly (MenuItem | null)[] {
    const isDisabled = this.#keys().length === 0;
    return [
      { label: 'Values of the range as CSV', icon: 'save', isDisabled, act: () => void this.#saveCsv() },
      { label: 'Charts as PNG', icon: 'plot', isDisabled, act: () => void this.#savePicture() },
      null,
      { label: 'Show as table', icon: 'table', key: 'T', isDisabled, act: () => this.openTable() },
      {
        label: 'Copy values at cursor',
        icon: 'copy',
        key: 'Ctrl+C',
        isDisabled,
        act: () => this.copyValues(),
      },
    ];
  }

  openTable(): void {
    const { log, view } = this.#options;
    const keys = this.#keys();
    if (keys.length > 0) openValuesTable(log, { keys, range: log.range.get(), nameOf: view().nameOf });
  }

  copyValues(): void {
    const { feed, nameOf, cursor } = this.#options.view();
    const lines = this.#keys().map((key) => {
      const info = feed.infoOf(key);
      return [nameOf(key), describeValue(info, feed.valueOf(key)), info?.unit ?? ''].join('\t').trimEnd();
    });
    this.#copy([`time\t${formatTime(cursor)}`, ...lines].join('\n'), 'Copied: values at the cursor');
  }

  copyCommand(): void {
    const text = this.command();
    this.#copy(text, `Copied: ${text}`);
  }

  /** The command that exports the same. */
  command(): string {
    const { log, view } = this.#options;
    const { feed } = view();
    const series = this.#keys().flatMap((key) => feed.infoOf(key) ?? []);
    const [range, whole] = [log.range.get(), log.whole.get()];
    const isWhole = range.from <= whole.from && range.to >= whole.to;
    const { path } = log.input;
    return writeExportCommand({ path, series, range: isWhole ? null : range, databases: this.#databases });
  }

  #keys(): readonly string[] {
    const { plan, feed } = this.#options.view();
    return listKeys(plan).filter((key) => !feed.isUnknown(key));
  }

  #copy(text: string, said: string): void {
    const { host, log } = this.#options;
    host.act({ action: 'copyText', text }).then(
      () => log.announce(said),
      (error: unknown) => log.announce(describeFailure(error).message),
    );
  }

  async #saveCsv(): Promise<void> {
    const { log, toolbar } = this.#options;
    const stopping = new AbortController();
    const tell = toolbar.tell({ label: 'Values as CSV', cancel: () => stopping.abort() });
    const question = {
      keys: this.#keys(),
      range: log.range.get(),
      signal: stopping.signal,
      onProgress: tell,
    };
    await this.#say(async () => {
      const { text, rows, total } = await readCsv(log, question);
      await this.#save('csv', encodeText(text));
      if (rows === total) return `Saved: ${formatAmount(rows, 'sample')}`;
      return `Saved: the first ${formatCount(rows)} of ${formatCount(total)} samples. The cts command writes all.`;
    }, stopping.signal);
    tell(null);
  }

  async #savePicture(): Promise<void> {
    const { log, stack, view } = this.#options;
    const { from, to } = log.range.get();
    const title = `${log.input.name} · ${formatTime(from)} – ${formatTime(to)}`;
    await this.#say(async () => {
      await this.#save('png', encodeBytes(await drawPicture(stack, view(), title)));
      return 'Saved: charts as PNG';
    }, null);
  }

  async #save(ending: string, base64: string): Promise<void> {
    const { host, log } = this.#options;
    await host.act({ action: 'saveFile', name: nameFile(log.input.name, ending), base64 });
  }

  async #say(run: () => Promise<string>, signal: AbortSignal | null): Promise<void> {
    const { log } = this.#options;
    try {
      log.announce(await run());
    } catch (error) {
      const isStopped = signal?.aborted === true || isCancelled(error);
      log.announce(isStopped ? 'Nothing was saved.' : describeFailure(error).message);
    }
  }
}
