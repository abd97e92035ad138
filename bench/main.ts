/** Measures CTS: what it is made of, or, with `service`, `analyzers`, `dbc` or `sessions` as the first argument, those. */
import { runAnalyzerBench } from './analyzers/analyzer-bench.ts';
import { runDbcBench } from './dbc/dbc-bench.ts';
import { runEngineBench } from './engine-bench.ts';
import { runServiceBench } from './service/service-bench.ts';
import { runSessionBench } from './sessions/session-bench.ts';

const args = process.argv.slice(2);
if (args[0] === 'service') await runServiceBench(args.slice(1));
else if (args[0] === 'analyzers') await runAnalyzerBench(args.slice(1));
else if (args[0] === 'dbc') await runDbcBench(args.slice(1));
else if (args[0] === 'sessions') await runSessionBench();
else await runEngineBench(args);
