/** What a program needs to run and to speak the user's language. Secrets are called otherwise. */
const ALLOWED = /^(?:PATH|HOME|LANG|LANGUAGE|LC_\w+|TZ|SYSTEMROOT|WINDIR|USERPROFILE|TEMP|TMP|TMPDIR)$/i;

/** A set of environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The part of an environment that a worker may see. */
export function selectEnvironment(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => ALLOWED.test(name)));
}
