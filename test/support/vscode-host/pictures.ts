import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { repository } from '../repository.ts';

/** Pictures for documents; `UPDATE_PICTURES=1` writes them where documents show them. */
const FOLDER = join(
  repository,
  process.env['UPDATE_PICTURES'] === '1' ? 'docs/images/editor' : 'out/e2e/pictures',
);

/** Keeps how the window looks now. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}
