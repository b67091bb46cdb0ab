import { Counter, Gauge, Registry } from 'prom-client';

/** What `/metrics` shows, in Prometheus' text format. Labels are names of our tables, never a person's data. */
export const registry = new Registry();

const counter = <T extends string>(name: string, help: string, labelNames: readonly T[]): Counter<T> =>
  new Counter({ name: `adapter_${name}`, help, labelNames, registers: [registry] });

export const counters = {
  jobs: counter('jobs_total', 'Jobs by kind and outcome (done, failed, given-up)', ['job', 'outcome']),
  sent: counter('messages_sent_total', 'Messages to ABDM and HIUs by exchange and outcome', ['exchange', 'outcome']),
  received: counter('callbacks_total', 'Callbacks by exchange and outcome (accepted, repeated, refused…)', [
    'exchange',
    'outcome',
  ]),
  visits: counter('visits_total', 'Visits from the hospital by outcome', ['outcome']),
  recordWarnings: counter('record_warnings_total', 'Warnings of the validator about records that are kept, by rule', [
    'rule',
  ]),
  pages: counter('pages_total', 'Pages of health information by outcome', ['outcome']),
  rss: new Gauge({
    name: 'adapter_rss_bytes',
    help: 'Resident memory of this process',
    registers: [registry],
    collect() {
      this.set(process.memoryUsage().rss);
    },
  }),
};
