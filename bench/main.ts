/** Measures CTS: what it is made of, or, with `service` or `analyzers` as the first argument, those. */
import { runAnalyzerBench } from './analyzers/analyzer-bench.ts';
import { runEngineBench } from './engine-bench.ts';
import { runServiceBench } from './service/service-bench.ts';

const args = process.argv.slice(2);
if (args[0] === 'service') await runServiceBench(args.slice(1));
else if (args[0] === 'analyzers') await runAnalyzerBench(args.slice(1));
else await runEngineBench(args);
