import { describe, expect, it } from '@jest/globals';
import { createLogger, nestLogger, type LogLevel } from './logger.js';

function aLogger(level: LogLevel = 'info') {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  return { logger: createLogger({ name: 'adapter', level, destination }), lines };
}

describe('the logger', () => {
  it('writes one JSON line with level, time, program, fields and sentence', () => {
    const { logger, lines } = aLogger();
    logger.info({ exchange: 'link-token', ms: 12 }, 'callback');
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        name: 'adapter',
        pid: process.pid,
        exchange: 'link-token',
        ms: 12,
        message: 'callback',
      },
    ]);
  });

  it('takes what is personal out of fields, errors and sentences', () => {
    const { logger, lines } = aLogger();
    logger.error({ mobile: '9999900001', error: new Error('asha@sbx is unknown') }, 'no answer from 9999900001');
    expect(JSON.stringify(lines)).not.toMatch(/99999|asha/);
    expect(lines[0]).toMatchObject({
      error: { message: '[redacted] is unknown' },
      message: 'no answer from [redacted]',
    });
  });

  it('leaves out what is below its level', () => {
    const { logger, lines } = aLogger('warn');
    logger.debug({}, 'one');
    logger.info({}, 'two');
    logger.warn({}, 'three');
    logger.error({}, 'four');
    expect(lines.map(({ message }) => message)).toEqual(['three', 'four']);
  });

  it('takes Nest’s lines: what it says of its start quietly, its errors with their stack', () => {
    const { logger, lines } = aLogger('debug');
    const nest = nestLogger(logger);
    nest.log('Nest application successfully started', 'NestApplication');
    nest.error('asha@sbx broke it', 'Error: asha@sbx broke it\n    at here', 'ExceptionsHandler');
    nest.error(new Error('broken'), undefined, 'ExceptionsHandler');
    nest.warn({ reason: 'odd' }, 'Router');
    expect(lines).toMatchObject([
      { level: 'debug', context: 'NestApplication', message: 'Nest application successfully started' },
      { level: 'error', context: 'ExceptionsHandler', details: ['Error: [redacted] broke it\n    at here'] },
      { level: 'error', context: 'ExceptionsHandler', error: { message: 'broken' } },
      { level: 'warn', context: 'Router', said: { reason: 'odd' } },
    ]);
  });
});
