import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { repository } from '../repository.ts';

const LOOKED_AT = 'out/e2e/pictures';

/** Where documents look for their pictures; `UPDATE_PICTURES=1` writes them there. */
const OF_DOCUMENTS = process.env['UPDATE_PICTURES'] === '1' ? 'docs/images/editor' : LOOKED_AT;

/** Keeps how the window looks now. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await shoot(page, join(repository, LOOKED_AT, `${name}.png`));
}

/** Keeps how the window looks now for documents: nothing of real drives may be in it. */
export async function takeDocumentPicture(page: Page, name: string): Promise<void> {
  await shoot(page, join(repository, OF_DOCUMENTS, `${name}.png`));
}

async function shoot(page: Page, path: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.screenshot({ path, animations: 'disabled' });
}
