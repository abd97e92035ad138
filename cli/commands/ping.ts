import type { CommandContext } from '../context.ts';
import { EXIT_DONE } from '../exit-codes.ts';

/** `cts ping`: whether the service answers, and how it is. */
export async function pingService(context: CommandContext): Promise<number> {
  const { output } = context;
  const { http } = await context.openService();
  const health = await http.ask('GET /v1/health');
  if (output.options.json === true) await output.printJson(health);
  else {
    const { status, version, uptime } = health;
    const title = `CTS-Lite API is ${output.style(status === 'healthy' ? 'green' : 'yellow', status)}`;
    await output.print([title, `Status: ${status}`, `Version: ${version}`, `Uptime: ${uptime}`].join('\n'));
  }
  return EXIT_DONE;
}
