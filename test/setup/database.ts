import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** PostgreSQL copies a template only while nobody else looks at it, so clones of one template queue here. */
const OBJECT_IN_USE = '55006';
const CLONES_TRIED = 100;

/** A database of its own for one test file, with all migrations run, cloned from the template of this test run. */
export async function aDatabase(): Promise<TestDatabase> {
  const template = required('TEST_TEMPLATE_DATABASE');
  const name = `${template}_${randomBytes(4).toString('hex')}`;
  await clone(template, name);
  const url = new URL(required('TEST_POSTGRES_URL'));
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => onServer((server) => server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

async function clone(template: string, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await onServer((server) => server.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
    } catch (error) {
      if (attempt >= CLONES_TRIED || !(error instanceof pg.DatabaseError) || error.code !== OBJECT_IN_USE) throw error;
      await pause(20 + Math.random() * 80);
    }
  }
}

async function onServer(work: (server: pg.Client) => Promise<unknown>): Promise<void> {
  const server = new pg.Client({ connectionString: required('TEST_POSTGRES_URL') });
  await server.connect();
  try {
    await work(server);
  } finally {
    await server.end();
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run this test in the Jest project "flow".`);
  return value;
}
