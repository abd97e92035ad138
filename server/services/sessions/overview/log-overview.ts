import type { SessionOverview } from '#protocol';
import type { FrameClock } from '../../../core/can/frame-table.ts';
import { createLogClock } from '../../../core/can/log-clock.ts';
import type { StateTrack } from '../../../core/schema/state-track.ts';
import { LINE_LEVELS } from '../lines/line-columns.ts';
import type { OpenLog } from '../open-log.ts';
import type { TracksOfSchema } from './drive-tracks.ts';
import type { EncodeBlock } from './encode-block.ts';
import { listBands, sumSpans } from './log-bands.ts';
import { listFindings } from './log-findings.ts';

const USUAL_COLUMNS = 1000;
const MOST_THUMBNAILS = 1000;
const MOST_TEXT_ERRORS = 200;
/** Kinds of pictures that logs hold. */
const PICTURE_SERVICES = ['thumbnail', 'navThumbnail'];

/** Everything that the first page tells of a log, as far as it is read. */
export function describeOverview(
  log: OpenLog,
  columns = USUAL_COLUMNS,
  encode: EncodeBlock,
): SessionOverview {
  const clock = createLogClock(log.startMonoTime ?? 0n);
  const tracks = log.drive.found;
  const { revision } = log;
  const info = log.facts.describe({
    ...{ path: log.params.path, source: log.source, schema: log.params.schema, report: log.state.report },
  });
  const bands = listBands(log, tracks, clock);
  const driving = info.services.find(({ service }) => service === 'carState');
  return {
    revision,
    info,
    ecus: findLast(tracks?.firmware, clock) ?? null,
    safetyModel: nameSafetyModel(tracks, clock),
    engagedSeconds: sumSpans(bands.engaged),
    drivingSeconds: driving === undefined ? 0 : driving.lastSeconds - driving.firstSeconds,
    findings: listFindings(log, info, bands),
    bands,
    speed: tracks?.speed?.draw(clock, { columns, durationSeconds: info.durationSeconds, encode }) ?? null,
    thumbnails: listThumbnails(log),
    ...listTextErrors(log),
  };
}

function findLast(track: StateTrack | undefined, clock: FrameClock): number | undefined {
  return track?.listValues(clock).at(-1)?.value;
}

function nameSafetyModel(tracks: TracksOfSchema | undefined, clock: FrameClock): string | null {
  for (const track of tracks?.safetyModels ?? []) {
    const value = findLast(track, clock);
    if (value !== undefined) return track.path.labels?.[value] ?? String(value);
  }
  return null;
}

function listThumbnails(log: OpenLog): SessionOverview['thumbnails'] {
  const { seconds } = log.events;
  return PICTURE_SERVICES.flatMap((service) =>
    log.marked
      .listOf(service)
      .slice(0, MOST_THUMBNAILS)
      .map((index) => ({ index, seconds: seconds[index] ?? 0, service })),
  ).sort((a, b) => a.seconds - b.seconds);
}

/** errorLogMessage repeats what is an error in logMessage: only it is told. */
function listTextErrors(log: OpenLog): Pick<SessionOverview, 'textErrors' | 'textErrorCount'> {
  const { lines, events } = log;
  const rows = log.marked.listOf('errorLogMessage');
  const own = new Set(rows.slice(0, MOST_TEXT_ERRORS));
  const textErrors: { index: number; seconds: number; text: string }[] = [];
  for (let line = 0; line < lines.length && textErrors.length < own.size; line++) {
    const index = lines.event[line] ?? 0;
    if (lines.level[line] !== LINE_LEVELS.indexOf('error') || !own.has(index)) continue;
    textErrors.push({ index, seconds: events.seconds[index] ?? 0, text: lines.textOf(line) });
  }
  return { textErrors: textErrors.sort((a, b) => a.seconds - b.seconds), textErrorCount: rows.length };
}
