import type { SessionDatabases } from '#protocol';
import type { BannerMessage } from '../../shared/banners.ts';
import type { PageHost } from '../../shared/host/page-host.ts';
import { describeFailure } from '../../shared/host/request-failure.ts';
import type { LogDocument } from '../log-document.ts';
import { openDatabaseDialog } from './database-dialog.ts';
import { makeDatabaseNotice } from './database-notice.ts';

/** The databases of the buses: which are in use, what is said of those that lack one, and how others are chosen. */
export class CanDatabases {
  readonly #document: LogDocument;
  readonly #host: PageHost;
  readonly #onChange: () => void;
  #databases: SessionDatabases | null = null;
  #failure: string | null = null;

  constructor(document: LogDocument, host: PageHost, onChange: () => void) {
    this.#document = document;
    this.#host = host;
    this.#onChange = onChange;
  }

  /** Asks which are in use. Without an answer nothing is said of databases. */
  async read(): Promise<void> {
    this.#databases = await this.#document.ask('sessions/databases', {}).catch(() => null);
    this.#onChange();
  }

  /** What is to be said, where one bus is shown, or all. */
  listNotices(bus: number | null): readonly BannerMessage[] {
    if (this.#failure !== null)
      return [{ id: 'dbc', tone: 'error', title: 'The DBC is not used.', text: this.#failure }];
    if (this.#databases === null) return [];
    const notice = makeDatabaseNotice(this.#databases, bus, {
      use: (chosenBus, path) => void this.#use(chosenBus, path),
      choose: (chosenBus) => void this.#choose(chosenBus),
    });
    return notice === null ? [] : [notice];
  }

  /** Opens the list of buses and databases. */
  open(): void {
    if (this.#databases === null) return;
    openDatabaseDialog({
      databases: this.#databases,
      onUse: (bus, path) => void this.#use(bus, path),
      onChoose: (bus) => void this.#choose(bus),
    });
  }

  async #choose(bus: number): Promise<void> {
    try {
      const { path } = await this.#host.act({ action: 'chooseDatabase', bus });
      if (path !== null) await this.#use(bus, path);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #use(bus: number, path: string): Promise<void> {
    const others = (this.#databases?.buses ?? []).flatMap((other) =>
      other.database === null || other.bus === bus ? [] : [{ bus: other.bus, path: other.database.path }],
    );
    try {
      const databases = [...others, { bus, path }];
      this.#databases = await this.#document.ask('sessions/useDatabases', { databases });
      this.#failure = null;
      this.#document.tellRevision();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#failure = describeFailure(error).message;
    this.#onChange();
  }
}
