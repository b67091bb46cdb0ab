import { DataSource } from 'typeorm';
import { ENTITIES } from './entities/index.js';
import { MIGRATIONS } from './migrations/index.js';
import { SnakeNaming } from './naming.js';
import { PreparingClient, SESSION_OPTIONS } from './preparing-client.js';

/** `synchronize` is off here and everywhere: the schema is what the migrations say. */
export function makeDataSource(url: string, poolSize = 20): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    applicationName: 'ehospital-abdm-adapter',
    poolSize,
    extra: {
      Client: PreparingClient,
      options: SESSION_OPTIONS,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 10_000,
    },
  });
}
