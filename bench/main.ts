/** Measures CTS: what it is made of, or, with `service` as the first argument, the service. */
import { runEngineBench } from './engine-bench.ts';
import { runServiceBench } from './service/service-bench.ts';

const args = process.argv.slice(2);
if (args[0] === 'service') await runServiceBench(args.slice(1));
else await runEngineBench(args);
