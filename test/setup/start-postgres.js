import { register } from 'node:module';

/** Jest's `globalSetup` of the flow tests. */
export default async function startPostgres() {
  register('./typescript-loader.js', import.meta.url);
  const { startTestRun } = await import('./test-run.ts');
  await startTestRun();
}
