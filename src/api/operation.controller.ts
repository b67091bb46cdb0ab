import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { registry } from '../support/counters.js';
import { Problem } from './problem.js';

/** For whoever runs the adapter, and for what watches it. Nothing here is about a person. */
@ApiTags('operation')
@Controller()
export class OperationController {
  constructor(private readonly db: DataSource) {}

  @Get('health/live')
  @ApiOperation({ summary: 'The process runs' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @ApiOperation({ summary: 'The process can work: the database answers' })
  async ready(): Promise<{ status: 'ok'; database: 'ok' }> {
    try {
      await this.db.query('SELECT 1');
    } catch {
      throw new Problem(503, 'database-away', 'The database does not answer; jobs and callbacks wait until it does');
    }
    return { status: 'ok', database: 'ok' };
  }

  @Get('metrics')
  @ApiExcludeEndpoint()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  async metrics(): Promise<string> {
    const jobs: { task: string; waiting: string; given_up: string }[] = await this.db.query(
      `SELECT t.identifier AS task, count(*) FILTER (WHERE j.attempts < j.max_attempts) AS waiting,
         count(*) FILTER (WHERE j.attempts >= j.max_attempts AND j.locked_at IS NULL) AS given_up
       FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id GROUP BY 1`,
    );
    const gauge = (name: string, help: string, value: (job: (typeof jobs)[number]) => string): string =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} gauge`,
        ...jobs.map((job) => `${name}{job="${job.task}"} ${value(job)}`).sort(),
      ].join('\n');
    return [
      await registry.metrics(),
      gauge('adapter_jobs_waiting', 'Jobs in the database, due or later', (job) => job.waiting),
      gauge('adapter_jobs_given_up', 'Jobs whose last attempt failed', (job) => job.given_up),
      '',
    ].join('\n');
  }
}
