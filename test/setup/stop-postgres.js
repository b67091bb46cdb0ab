/** Jest's `globalTeardown` of the flow tests, in the process of `start-postgres.js`. */
export default async function stopPostgres() {
  const { endTestRun } = await import('./test-run.ts');
  await endTestRun();
}
