import type { CommandContext } from '../context.ts';
import { EXIT_DONE } from '../exit-codes.ts';
import { formatBytes } from '../render/quantities.ts';
import { uploadFile } from '../transfer/upload.ts';

/** `cts upload FILE`: hands a file to the service, for runs to read. */
export async function uploadOne(context: CommandContext, path: string): Promise<number> {
  const { output } = context;
  const { http } = await context.openService();
  const upload = await uploadFile(context, http, path);
  if (output.options.json === true) await output.printJson(upload);
  else {
    await output.print(`Upload completed: ${upload.id}`);
    await output.print(`Filename: ${upload.filename}`);
    await output.print(`Size: ${formatBytes(upload.size ?? upload.received)}`);
    await output.print(`SHA256: ${upload.sha256 ?? ''}`);
  }
  return EXIT_DONE;
}
