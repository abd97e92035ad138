/**
 * Who may import whom: the table of docs/ARCHITECTURE.md. A room's rule lists what the room may import, and
 * anything else is an error, type-only imports included. `test/tidy/import-rules.test.ts` breaks every one.
 */

/** Types and what every program needs; the schemas; the bodies of HTTP. */
const PROTOCOL = '^server/protocol/(index|contract|http-bodies|pages)\\.ts$';
/** Files directly in `server/tools` are the interface; analyzers and monitors stand in folders of their own. */
const TOOL_INTERFACE = '^server/tools/[^/]+\\.ts$';
const ANY_PACKAGE = '(^|/)node_modules/';
const SCHEMA_LIBRARY = onePackage('zod');
/** Given by the editor; what is installed are its types. */
const EDITOR = ['^vscode$', onePackage('@types/vscode')];
const MAINS = '^server/main-[^/]+\\.ts$';
const NOT_THE_PRODUCT = '^(test|bench|tools)/';

/**
 * @typedef {object} Room
 * @property {string} name Also the name of its rule.
 * @property {string} from Its files.
 * @property {readonly string[]} mayImport Patterns of paths, besides its own files.
 * @property {boolean} [mayImportNode] Whether Node's own modules are open to it.
 * @property {string} why
 */

/** @type {readonly Room[]} */
const ROOMS = [
  {
    name: 'server/protocol',
    from: '^server/protocol/',
    mayImport: [SCHEMA_LIBRARY],
    why: 'The contract of all faces knows none of them.',
  },
  {
    name: 'server/core',
    from: '^server/core/',
    mayImport: [PROTOCOL],
    why: 'Bytes in, columns out: the same code serves files, live buses and any host.',
  },
  {
    name: 'server/tools',
    from: '^server/tools/',
    // The schema library describes a tool's parameters.
    mayImport: ['^server/core/', PROTOCOL, SCHEMA_LIBRARY],
    why: 'A tool is logic without a world: log, artifacts and progress are handed to it.',
  },
  {
    name: 'server/services',
    from: '^server/services/',
    mayImport: ['^server/core/', PROTOCOL, TOOL_INTERFACE],
    why: 'Services state the ports they need; the mains hand in adapters and tools.',
  },
  {
    name: 'server/adapters',
    from: '^server/adapters/',
    mayImport: ['^server/core/', PROTOCOL, '^server/services/', ANY_PACKAGE],
    mayImportNode: true,
    why: 'Adapters touch the world for whoever holds the port.',
  },
  {
    name: 'server/transports',
    from: '^server/transports/',
    mayImport: [PROTOCOL, '^server/services/', ANY_PACKAGE],
    mayImportNode: true,
    why: 'Transports hand out what services do; adapters are handed in.',
  },
  {
    name: 'server/main',
    from: MAINS,
    mayImport: ['^server/', '^cli/', ANY_PACKAGE],
    mayImportNode: true,
    why: 'The composition roots join the rooms of the server and, for `cts`, the terminal.',
  },
  {
    name: 'cli',
    from: '^cli/',
    mayImport: [PROTOCOL, onePackage('(commander|smol-toml|eventsource-parser)')],
    mayImportNode: true,
    why: 'The terminal speaks the contract, like every face.',
  },
  {
    name: 'client',
    from: '^client/',
    mayImport: [PROTOCOL, ...EDITOR, onePackage('vscode-languageclient')],
    why: 'The editor speaks the contract, like every face.',
  },
  {
    name: 'webviews',
    from: '^webviews/([^/]+)/',
    mayImport: [
      PROTOCOL,
      '^webviews/(shared|$1)/',
      onePackage('chart\\.js'),
      onePackage('@vscode/webview-ui-toolkit'),
    ],
    why: 'A page runs in a browser too, and stands beside the other pages.',
  },
];

/** @param {string} name */
function onePackage(name) {
  return `(^|/)node_modules/${name}/`;
}

/** @param {Room} room */
function ruleOf({ name, from, mayImport, mayImportNode, why }) {
  const ownFiles = from === MAINS || name === 'webviews' ? [] : [from];
  return {
    name,
    severity: 'error',
    comment: why,
    from: { path: from },
    to: {
      pathNot: [...ownFiles, ...mayImport],
      ...(mayImportNode === true ? { dependencyTypesNot: ['core'] } : {}),
    },
  };
}

/** Rules that speak of more than one room. */
const RULES_ACROSS_ROOMS = [
  {
    name: 'no-cycles',
    severity: 'error',
    comment: 'Two files that need each other are one file, or lack a third.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'only-mains-import-adapters',
    severity: 'error',
    comment: 'Adapters are joined to services in one place only.',
    from: { pathNot: [MAINS, '^server/adapters/', NOT_THE_PRODUCT] },
    to: { path: '^server/adapters/' },
  },
  {
    name: 'adapters-see-ports-only',
    severity: 'error',
    comment: 'Of the services, adapters see the interfaces they fill: type-only imports.',
    from: { path: '^server/adapters/' },
    to: { path: '^server/services/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'only-client-imports-vscode',
    severity: 'error',
    comment: 'Everything else runs without an editor; the suites of test/host run in it.',
    from: { pathNot: '^(client|test/host/suite)/' },
    to: { path: [...EDITOR, onePackage('vscode-languageclient')] },
  },
  {
    name: 'toolkit-in-one-file',
    severity: 'error',
    comment: 'The toolkit is archived; one file holds it so that it can be exchanged.',
    from: { pathNot: '^webviews/shared/toolkit\\.ts$' },
    to: { path: onePackage('@vscode/webview-ui-toolkit') },
  },
  {
    name: 'nobody-imports-a-main',
    severity: 'error',
    comment: 'A main is where a program starts; one may build on another, and tests may start one.',
    from: { pathNot: [MAINS, NOT_THE_PRODUCT] },
    to: { path: MAINS },
  },
  {
    name: 'product-without-tests',
    severity: 'error',
    comment: 'Tests, benches and tools use the product, never the other way round.',
    from: { path: '^(server|cli|client|webviews)/' },
    to: { path: NOT_THE_PRODUCT },
  },
  {
    name: 'imports-resolve',
    severity: 'error',
    comment: 'What is imported must be there.',
    from: {},
    to: { couldNotResolve: true, pathNot: '^vscode$' },
  },
];

export default {
  forbidden: [...ROOMS.map(ruleOf), ...RULES_ACROSS_ROOMS],
  options: {
    // Type-only imports count.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)tools/node/node_modules/|^test/fixtures/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'require', 'default'],
    },
  },
};
