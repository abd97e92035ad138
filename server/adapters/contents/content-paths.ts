import { join } from 'node:path';

const SHA256 = /^[0-9a-f]{64}$/;

/** Whether a text can be the name of a content. */
export function isContentName(name: string): boolean {
  return SHA256.test(name);
}

/** Where contents lie: spread over 256 folders by their first two digits. */
export class ContentPaths {
  readonly folder: string;
  /** Where files wait while they are taken over, under their name, size and something that no other has. */
  readonly adoptionFolder: string;

  constructor(folder: string) {
    this.folder = folder;
    this.adoptionFolder = join(folder, 'adopting');
  }

  folderOf(sha256: string): string {
    // Names come from us; one that is none could lead anywhere.
    if (!isContentName(sha256)) throw new Error(`${JSON.stringify(sha256)} is no SHA-256`);
    return join(this.folder, sha256.slice(0, 2));
  }

  pathOf(sha256: string): string {
    return join(this.folderOf(sha256), sha256);
  }
}
