const STORED_AS = 'cts.token';

/**
 * The service's token: from the fragment of the address (`#token=…`), which no server ever sees, and from then on from
 * the tab's own memory. It leaves the address at once.
 */
export function takeToken(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given === null) return readKept();
  history.replaceState(null, '', location.pathname + location.search);
  try {
    sessionStorage.setItem(STORED_AS, given);
  } catch {
    return given;
  }
  return given;
}

function readKept(): string | null {
  try {
    return sessionStorage.getItem(STORED_AS);
  } catch {
    return null;
  }
}
