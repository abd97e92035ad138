import type { SessionDatabases } from '#protocol';
import type { BannerMessage } from '../../shared/banners.ts';
import { formatAmount } from '../../shared/number-text.ts';

/** What can be done about a bus without a database. */
export interface DatabaseActions {
  readonly use: (bus: number, path: string) => void;
  readonly choose: (bus: number) => void;
}

/** Says that a bus has no database, and which would fit: of the bus that is shown, else where no bus has any. */
export function makeDatabaseNotice(
  { buses, candidates, fingerprint }: SessionDatabases,
  bus: number | null,
  { use, choose }: DatabaseActions,
): BannerMessage | null {
  const received = buses.filter((other) => other.bus < 128 && other.coverage.frames > 0);
  const hasAny = received.some(({ database }) => database !== null);
  const lacking = received.find(
    (other) => other.database === null && (bus === null ? !hasAny : other.bus === bus),
  );
  if (lacking === undefined) return null;
  const [fitting] = candidates.filter((candidate) => candidate.bus === lacking.bus);
  const car = fingerprint === null ? '' : ` This car is a ${fingerprint.replaceAll('_', ' ')}`;
  const fits =
    fitting === undefined
      ? ''
      : `${car === '' ? ' ' : '; '}${fitting.name}.dbc fits bus ${String(lacking.bus)}`;
  const end = car === '' && fits === '' ? '' : `${car}${fits}.`;
  const messages = formatAmount(lacking.coverage.messages, 'message');
  return {
    id: `no-dbc-${String(lacking.bus)}`,
    tone: 'note',
    title: `No DBC for bus ${String(lacking.bus)}.`,
    text: `${messages} show raw bytes only.${end}`,
    actions: [
      ...(fitting === undefined
        ? []
        : [{ label: `Use ${fitting.name}`, act: () => use(lacking.bus, fitting.path) }]),
      { label: 'Choose DBC…', act: () => choose(lacking.bus) },
    ],
  };
}
