import { runProcess } from './main.js';

/** A process that does jobs and answers nobody: any number of them on one database. */
runProcess({ ...process.env, ROLE: 'worker' }).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The worker could not start');
  process.exit(1);
});
