import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { CtsError } from '#protocol';

/** Whether this machine itself may be asked: only where the API that was configured is on it. */
export type Reach = 'public' | 'public-and-loopback';

const MOST_URL_CHARACTERS = 8192;

/** Networks that no public server is in, by the registries of special-purpose addresses (RFC 6890). */
const PRIVATE_V4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];
/** With those that hold an IPv4 address which is then asked: NAT64, Teredo, 6to4. */
const PRIVATE_V6 = [
  ...['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16'],
  ...['3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
];
const PRIVATE = createBlockList(PRIVATE_V4, PRIVATE_V6);
const LOOPBACK = createBlockList(['127.0.0.0/8'], ['::1/128']);

/**
 * Reads an address that somebody else told us, and refuses it where it could lead into a network that only this machine
 * can reach: anything but https, addresses that are not public, a user name in it.
 *
 * @throws {CtsError} DOWNLOAD_FAILED.
 */
export function readSafeUrl(text: string, base: URL | undefined, reach: Reach): URL {
  if (text.length > MOST_URL_CHARACTERS || !URL.canParse(text, base?.href))
    throw createRefusal('an address that is none');
  const url = new URL(text, base);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isLocal = reach === 'public-and-loopback' && (host === 'localhost' || isLoopback(host));
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal))
    throw createRefusal(`${url.protocol}//${url.host}, which is not https`);
  if (url.username !== '' || url.password !== '')
    throw createRefusal(`an address of ${url.host} with a user name in it`);
  if (isIP(host) !== 0 && !isReachable(host, reach))
    throw createRefusal(`${host}, which is not a public address`);
  return url;
}

/** Finds the addresses of a name, and refuses the name when any of them is not public. */
export function createSafeLookup(reach: Reach): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      // Where it failed there are no addresses, whatever the type says.
      const refused = error === null ? findRefused(addresses, reach) : undefined;
      const failure = refused === undefined ? error : createRefusal(`${hostname}, which is at ${refused}`);
      if (failure !== null) callback(failure, []);
      else if (options.all === true) callback(null, addresses);
      else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
    });
  };
}

/** Whether an address means this machine. */
export function isLoopback(address: string): boolean {
  return isListed(LOOPBACK, address);
}

function findRefused(addresses: readonly LookupAddress[], reach: Reach): string | undefined {
  return addresses.find(({ address }) => !isReachable(address, reach))?.address;
}

function isReachable(address: string, reach: Reach): boolean {
  return !isListed(PRIVATE, address) || (reach === 'public-and-loopback' && isLoopback(address));
}

/** An IPv4 address written as IPv6 counts as what it means. */
function isListed(list: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

function createBlockList(v4: readonly string[], v6: readonly string[]): BlockList {
  const list = new BlockList();
  for (const [family, subnets] of [
    ['ipv4', v4],
    ['ipv6', v6],
  ] as const) {
    for (const subnet of subnets) {
      const [network = '', prefix] = subnet.split('/');
      list.addSubnet(network, Number(prefix), family);
    }
  }
  return list;
}

function createRefusal(what: string): CtsError {
  return new CtsError(
    'DOWNLOAD_FAILED',
    `Refused to ask ${what}: files of comma connect are on public servers`,
  );
}
