import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The compiled peer, or why this machine cannot have one. */
export type PeerBuild =
  | { readonly kind: 'built'; readonly executable: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

const SOURCE_DIR = import.meta.dirname;
const SOURCES = ['event.capnp', 'rlog-peer.cc'];
const INSTALL_HINT = 'on Debian: apt-get install g++ capnproto libcapnp-dev libzstd-dev';

/** Compiles the C++ peer into `outDir` unless an executable newer than its sources is there. */
export function buildPeer(outDir: string): PeerBuild {
  const executable = join(outDir, 'rlog-peer');
  if (isUpToDate(executable)) return { kind: 'built', executable };

  const compiler = findCompiler();
  if (compiler === undefined) return unavailable('no C++ compiler found');
  if (!runs('capnp', ['--version'])) return unavailable('no capnp schema compiler found');

  mkdirSync(outDir, { recursive: true });
  const failure = compileSchema(outDir) ?? compileProgram(compiler, outDir, executable);
  return failure === undefined ? { kind: 'built', executable } : unavailable(failure);
}

function unavailable(reason: string): PeerBuild {
  return { kind: 'unavailable', reason: `${reason} (${INSTALL_HINT})` };
}

function isUpToDate(executable: string): boolean {
  const built = modifiedAt(executable);
  return (
    built !== undefined && SOURCES.every((source) => (modifiedAt(join(SOURCE_DIR, source)) ?? 0) < built)
  );
}

function modifiedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

function findCompiler(): string | undefined {
  const candidates = [process.env['CXX'] ?? '', 'c++', 'g++', 'clang++'];
  return candidates.find((candidate) => candidate !== '' && runs(candidate, ['--version']));
}

function runs(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function compileSchema(outDir: string): string | undefined {
  const args = ['compile', `-oc++:${outDir}`, `--src-prefix=${SOURCE_DIR}`, join(SOURCE_DIR, 'event.capnp')];
  return failureOf('capnp', args);
}

function compileProgram(compiler: string, outDir: string, executable: string): string | undefined {
  const sources = [join(SOURCE_DIR, 'rlog-peer.cc'), join(outDir, 'event.capnp.c++')];
  const libraries = ['-lcapnp', '-lkj', '-lzstd'];
  return failureOf(compiler, [
    '-std=c++17',
    '-O2',
    `-I${outDir}`,
    ...sources,
    ...libraries,
    '-o',
    executable,
  ]);
}

/** The first line of what a failed command complained about, `undefined` when it succeeded. */
function failureOf(command: string, args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return undefined;
  const complaint = error?.message ?? stderr.split('\n').find((line) => line.includes('error')) ?? stderr;
  return `${command} failed: ${complaint.trim()}`;
}
