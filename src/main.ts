import { runProcess } from './process.js';

/** The adapter, in the role its settings name. */
await runProcess(process.env);
