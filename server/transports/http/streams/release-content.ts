import type { OpenContent } from '../../../services/artifacts/content-store.ts';

/** Closes content that was only read: nothing is lost when that fails, and the answer is on its way. */
export async function releaseContent(content: OpenContent): Promise<void> {
  await content.close().catch(() => undefined);
}
