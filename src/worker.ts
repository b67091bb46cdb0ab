import { runProcess } from './process.js';

/** A process that does jobs and answers nobody: any number of them on one database. */
await runProcess({ ...process.env, ROLE: 'worker' });
