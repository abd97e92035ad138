import { posix } from 'node:path';
import process from 'node:process';

/**
 * @typedef {object} Target A platform that a VSIX is made for.
 * @property {string | undefined} prebuild What better-sqlite3 calls the platform; undefined where it has no binary.
 *
 * @typedef {object} StagedFile
 * @property {string} from Relative to the repository.
 * @property {string} to Relative to the staging folder.
 */

/** The platforms of VS Code that CTS is packaged for, and one package for all others. @type {Readonly<Record<string, Target>>} */
export const TARGETS = {
  'linux-x64': { prebuild: 'linux-x64' },
  'linux-arm64': { prebuild: 'linux-arm64' },
  'alpine-x64': { prebuild: 'linuxmusl-x64' },
  'alpine-arm64': { prebuild: 'linuxmusl-arm64' },
  'darwin-x64': { prebuild: 'darwin-x64' },
  'darwin-arm64': { prebuild: 'darwin-arm64' },
  'win32-x64': { prebuild: 'win32-x64' },
  'win32-arm64': { prebuild: 'win32-arm64' },
  universal: { prebuild: undefined },
};

/** Files at the root of the repository that users of the extension read. */
const READ_BY_USERS = ['README.md', 'CHANGELOG.md', 'LICENSE'];
/** Folders that are shipped whole. */
const SHIPPED_FOLDERS = ['dist', 'media', 'l10n'];
/** What bundling leaves beside the bundles, for whoever looks into them. */
const NOT_SHIPPED = [/\.map$/, /\.meta\.json$/, /^dist\/node_modules\//];

const SQLITE = 'node_modules/better-sqlite3';
const ZSTD = 'node_modules/zstd-napi';
const ZSTD_BINARY = 'build/Release/binding.node';

/** Where native packages and their binaries lie. */
export const NATIVE_FOLDERS = [
  `${SQLITE}/lib`,
  `${SQLITE}/prebuilds`,
  SQLITE,
  `${ZSTD}/build/Release`,
  'out/native',
];

/** What of package.json concerns development only. */
const OF_DEVELOPMENT = [
  ...['private', 'type', 'scripts', 'imports', 'bin', 'files', 'exports', 'allowScripts', 'overrides'],
  ...['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'],
];

/**
 * Yields the package.json of the extension. Without `type` the bundles' own endings say what they are.
 *
 * @param {Readonly<Record<string, unknown>>} manifest The one of the repository.
 * @returns {Record<string, unknown>}
 */
export function stripManifest(manifest) {
  const { engines, ...others } = manifest;
  const { vscode } = /** @type {{ vscode: string }} */ (engines);
  const kept = Object.entries(others).filter(([name]) => !OF_DEVELOPMENT.includes(name));
  return { ...Object.fromEntries(kept), engines: { vscode } };
}

/**
 * Lists what a package holds besides its package.json, without native files.
 *
 * @param {readonly string[]} files Those of the repository and of `dist`, with `/`.
 * @param {(path: string) => string} read Yields the text of one of them.
 * @returns {StagedFile[]}
 */
export function listContents(files, read) {
  const isTranslation = /^package\.nls(\.[\w-]+)?\.json$/;
  const documents = findDocuments(files, read);
  return files
    .filter(
      (path) =>
        READ_BY_USERS.includes(path) ||
        isTranslation.test(path) ||
        documents.has(path) ||
        SHIPPED_FOLDERS.some((folder) => path.startsWith(`${folder}/`)),
    )
    .filter((path) => !NOT_SHIPPED.some((pattern) => pattern.test(path)))
    .map((path) => ({ from: path, to: path }));
}

/**
 * Follows the links of README.md and of the pages it leads to, so that none leads out of the package.
 *
 * @param {readonly string[]} files
 * @param {(path: string) => string} read
 * @returns {ReadonlySet<string>} Paths below `docs`.
 */
function findDocuments(files, read) {
  const documents = new Set();
  const waiting = ['README.md'];
  for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
    const linked = findLinks(page, read(page));
    const found = files.filter((path) => path.startsWith('docs/') && isLinked(path, linked));
    for (const path of found.filter((each) => !documents.has(each))) {
      documents.add(path);
      if (path.endsWith('.md')) waiting.push(path);
    }
  }
  return documents;
}

/**
 * @param {string} page
 * @param {string} markdown
 * @returns {string[]} Targets of its links and pictures within the repository, without what follows `#`.
 */
function findLinks(page, markdown) {
  const targets = [...markdown.matchAll(/\]\(([^)\s]+)[^)]*\)|\b(?:src|href)="([^"]+)"/g)];
  return targets
    .map(([, ofMarkdown, ofHtml]) => ofMarkdown ?? ofHtml ?? '')
    .filter((target) => !/^([a-z]+:|#)/.test(target))
    .map((target) => posix.join(posix.dirname(page), target.replace(/#.*$/, '')));
}

/**
 * @param {string} path
 * @param {readonly string[]} linked
 */
function isLinked(path, linked) {
  return linked.some((target) => path === target || path.startsWith(`${target.replace(/\/$/, '')}/`));
}

/**
 * Lists the native packages of a target, in the form in which they are loaded, and nothing of what they are made from.
 *
 * @param {string} targetName One of `TARGETS`.
 * @param {readonly string[]} files Those of `NATIVE_FOLDERS` that there are.
 * @returns {StagedFile[]} Empty for the universal package.
 */
export function listNativeFiles(targetName, files) {
  const { prebuild } = TARGETS[targetName] ?? {};
  if (prebuild === undefined) return [];
  return [...listSqliteFiles(prebuild, files), ...listZstdFiles(targetName, files)];
}

/**
 * better-sqlite3 brings the binaries of all platforms, and chooses by what it finds beside itself.
 *
 * @param {string} prebuild
 * @param {readonly string[]} files
 * @returns {StagedFile[]}
 */
function listSqliteFiles(prebuild, files) {
  // Scripts named after platforms are for bundlers.
  const others = Object.values(TARGETS).map((target) => `lib/${target.prebuild}.js`);
  return files
    .filter((path) => path.startsWith(`${SQLITE}/`))
    .map((path) => path.slice(SQLITE.length + 1))
    .filter(
      (path) => /^(package\.json|LICENSE|lib\/.*\.js)$/.test(path) || path === `prebuilds/${prebuild}.node`,
    )
    .filter((path) => !others.includes(path))
    .map((path) => unbundled(`${SQLITE}/${path}`));
}

/**
 * zstd-napi is built where it runs; binaries of other platforms are put into `out/native` by whoever built them.
 *
 * @param {string} targetName
 * @param {readonly string[]} files
 * @returns {StagedFile[]} Empty where there is no binary: the product reads with Node's own zstd.
 */
function listZstdFiles(targetName, files) {
  const ours = `${ZSTD}/${ZSTD_BINARY}`;
  const fetched = `out/native/${targetName}/zstd-napi.node`;
  const candidates = targetName === `${process.platform}-${process.arch}` ? [fetched, ours] : [fetched];
  const binary = candidates.find((path) => files.includes(path));
  if (binary === undefined) return [];
  return [
    ...['package.json', 'binding.js', 'LICENSE', 'NOTICE'].map((path) => unbundled(`${ZSTD}/${path}`)),
    { from: binary, to: unbundled(ours).to },
  ];
}

/**
 * @param {string} path Within `node_modules`.
 * @returns {StagedFile} The same beside the bundles, where they look for it.
 */
function unbundled(path) {
  return { from: path, to: `dist/${path}` };
}
