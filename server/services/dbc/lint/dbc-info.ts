import type { DbcInfo } from '#protocol';
import { findBrand } from '../../../core/dbc/checksums/checksum-brand.ts';
import { findProtection, type Protection } from '../../../core/dbc/checksums/protection.ts';
import { findDiagnostics } from '../../../core/dbc/lint/find-diagnostics.ts';
import type { DatabaseMessage } from '../../../core/dbc/model/database.ts';
import { describeDatabase, type DescribeOptions } from '../../../core/dbc/model/described-message.ts';
import type { OpenedDatabase } from '../bus-databases.ts';

/** Describes what a DBC file says, and how much is wrong in it as opendbc reads it. */
export function describeDbc(opened: OpenedDatabase): DbcInfo {
  const { path, encoding, madeFrom, name, tree, database } = opened;
  const diagnostics = findDiagnostics(tree, database, { profile: 'opendbc', fileName: name, encoding });
  const count = (wanted: string): number => diagnostics.filter(({ severity }) => severity === wanted).length;
  return {
    path,
    encoding,
    madeFrom: [...madeFrom],
    checksums: findBrand(name) ?? null,
    findings: { errors: count('error'), warnings: count('warning') },
    ...describeDatabase(database, { findRole: createRoleFinder(name) }),
  };
}

/** Finds the role of a signal; a message is looked at once for all its signals. */
function createRoleFinder(name: string): NonNullable<DescribeOptions['findRole']> {
  let message: DatabaseMessage | undefined;
  let protection: Protection | undefined;
  return (signal, its) => {
    if (its !== message) protection = findProtection(its, name);
    message = its;
    if (signal === protection?.checksum?.signal) return 'checksum';
    return signal === protection?.counter?.signal ? 'counter' : undefined;
  };
}
